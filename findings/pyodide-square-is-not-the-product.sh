#!/bin/sh
# One would expect: for doubles, x ** 2 and x * x are the same number, since squaring
# rounds once either way; x ** 0.5 is math.sqrt(x); and WebAssembly, whose arithmetic is
# IEEE 754 to the last bit on every computer, makes CPython's floats the same everywhere.
#
# What happens: CPython computes every power with the C library's pow, which may be off by
# a little more than half a unit in the last place. Under Pyodide (CPython on WebAssembly,
# with Emscripten's C library) 15 of these 20,000 squares differ from the product and 18
# of the square roots from math.sqrt. A native CPython on glibc has such cases too, on a
# processor with FMA at other arguments: so a program that trains on powers gives other
# last digits in the browser than on the desktop, though both are "just doubles".
#
# Source: https://docs.python.org/3/library/math.html#math.pow and the notes on precision
# of https://pyodide.org/en/stable/; the counts are measured here.
set -eu
command -v node >/dev/null || { echo "node (18 or later) and npm are needed"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >npm.log
npm install --no-audit --no-fund pyodide@314.0.7 >>npm.log 2>&1
cat >count.py <<'PYTHON'
import math
import random

draw = random.Random(0).random
around_zero = [60 * draw() - 30 for _ in range(20_000)]
positive = [30 * draw() + 1e-3 for _ in range(20_000)]
squares = [x for x in around_zero if x**2 != x * x]
roots = [x for x in positive if x**0.5 != math.sqrt(x)]
f"{len(squares)} squares, the first of {squares[0]!r}; {len(roots)} roots"
PYTHON
cat >count.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
console.log(python.runPython(readFileSync("count.py", "utf8")));
JAVASCRIPT
expected="15 squares, the first of 1.882548230278367; 18 roots"
seen=$(node count.mjs)
echo "pyodide 314.0.7 (CPython 3.14.2), of 20,000 each that differ:"
echo "  one would expect: 0 squares, 0 roots"
echo "  seen:             $seen"
[ "$seen" = "$expected" ]
