#!/bin/sh
# One would expect: `round(x, 2)` compiled by numba is Python's, which is exact: it gives
# the double nearest to the decimal that is nearest to x, however x was written.
#
# What happens: numba multiplies by 100, rounds, and divides. The product is rounded too,
# and can land on a half from below: 2.675, which as a double is a little less than that,
# becomes 2.68, where Python says 2.67. Of the numbers with three decimals that end in a 5,
# between 0 and 10, a good many are rounded the other way: a loss that is printed by the
# script and by its compiled copy differs in the last digit shown, though the two agree in
# every bit. (NumPy's round goes by a product as well, but is documented to.)
#
# Source: https://docs.python.org/3/library/functions.html#round (its note on 2.675),
# https://numba.readthedocs.io/en/stable/reference/pysupported.html (round is listed
# without a word), https://numpy.org/doc/stable/reference/generated/numpy.around.html
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    numba==0.68.1 llvmlite==0.50.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numba


def rounded(x):
    return round(x, 2)


compiled = numba.njit(rounded)
halves = [thousandths / 1000 for thousandths in range(5, 10_000, 10)]
others = [x for x in halves if compiled(x) != rounded(x)]
print(f"numba {numba.__version__}: round(2.675, 2) is {compiled(2.675)}, Python's {rounded(2.675)}")
print(f"  of {len(halves):,} numbers that end in a 5, {len(others)} are rounded the other way")
sys.exit(not (compiled(2.675) == 2.68 and rounded(2.675) == 2.67 and len(others) > 100))
PYTHON
