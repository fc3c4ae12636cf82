#!/bin/sh
# One would expect: `random.seed(42)` and `random.random()` give the same numbers in a
# function compiled by numba as in Python. numba supports these functions by name, both
# use the Mersenne Twister, and what it compiles of NumPy's old generator
# (`np.random.seed(42)`) does give NumPy's own numbers.
#
# What happens: the compiled `random.seed` fills the generator in NumPy's way, not in
# Python's, so that `random.random()` then gives what `np.random.random()` gives after the
# same seed. `gauss` is not Python's either: given the same state it uses the polar method,
# Python a sine and a cosine. A script whose weights are drawn from a seeded
# `random.gauss`, as small GPTs in pure Python do, therefore starts from other weights once
# its first function is compiled, although no line was changed and no warning is given.
#
# Source: https://numba.readthedocs.io/en/stable/reference/pysupported.html#random (says
# that the state is apart from the interpreter's, not that a seed means another one) and
# https://docs.python.org/3/library/random.html#notes-on-reproducibility
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    numba==0.68.1 llvmlite==0.50.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import random
import sys

import numba
import numpy as np


def drawn():
    random.seed(42)
    return random.random(), random.gauss(0.0, 1.0)


python, compiled = drawn(), numba.njit(drawn)()
numpys = np.random.RandomState(42).random_sample()
print(f"numba {numba.__version__}, after random.seed(42): random(), gauss(0, 1)")
print("  Python:  ", *python)
print("  compiled:", *compiled)
print("  NumPy's first number after the same seed:", numpys)
is_as_seen = compiled[0] == numpys != python[0] and compiled[1] != python[1]
sys.exit(not is_as_seen)
PYTHON
