#!/bin/sh
# One would expect: a function of floats gives the same numbers compiled by numba as run by
# Python: fast-math is off unless it is asked for, and Python's x ** 0.5 is the C library's
# pow either way.
#
# What happens: where the exponent stands in the source as -1, 0.5 or 2, the optimiser
# replaces pow by 1 / x, a square root or a product. These are rounded once, pow may be off
# by a little more than half a unit, so that about one result in a thousand has another
# last bit than Python's. The very same power whose exponent arrives as an argument does
# call pow, and agrees with Python in every bit; so do constants that have no shorter way,
# like -0.5. Nothing in the compiled function says which of the two it is: to move an
# exponent into a named constant at the top of a file is enough to change numbers.
# (Counts are of glibc's pow on a processor with FMA; another C library has others.)
#
# Source: https://numba.readthedocs.io/en/stable/reference/fpsemantics.html (speaks of
# exceptions and fast-math alone); the replacement is LLVM's, in
# https://github.com/llvm/llvm-project/blob/main/llvm/lib/Transforms/Utils/SimplifyLibCalls.cpp
# (optimizePow); the counts are measured here.
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


@numba.njit
def inverse(x):
    return x**-1.0


@numba.njit
def root(x):
    return x**0.5


@numba.njit
def square(x):
    return x**2.0


@numba.njit
def inverse_root(x):
    return x**-0.5


@numba.njit
def power(x, exponent):
    return x**exponent


draw = random.Random(1)
numbers = [draw.uniform(0.001, 5) for _ in range(200_000)]
print(f"numba {numba.__version__}: of {len(numbers):,} results that differ from Python's")
is_as_seen = True
for function, exponent in ((inverse, -1.0), (root, 0.5), (square, 2.0), (inverse_root, -0.5)):
    in_source = sum(function(x) != x**exponent for x in numbers)
    as_argument = sum(power(x, exponent) != x**exponent for x in numbers)
    print(f"  x ** {exponent:4}: {in_source:3} with the exponent in the source,"
          f" {as_argument} with it as an argument")
    expected = function is not inverse_root
    is_as_seen &= (in_source > 0) == expected and as_argument == 0
sys.exit(not is_as_seen)
PYTHON
