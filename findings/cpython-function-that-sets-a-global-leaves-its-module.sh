#!/bin/sh
# One would expect: Interpreter.call(m.keep, 5) of concurrent.interpreters runs the
# function of the module m in the other interpreter's own copy of m, as the functions
# beside it are run; so what keep assigns to a global of m is there for the next call.
#
# What happens: a function that only assigns to globals counts as one without state. Such
# a function is not found by its name in the other interpreter but sent as bare code, and
# runs with the globals of __main__: there the value is, and the global of m, which the
# next function reads, stays as it was. No error, no warning. One line that reads any
# global name, to no purpose, makes the same function go by its name, into its module.
#
# Source: https://github.com/python/cpython/pull/133957, where the tests of
# InterpreterPoolExecutor were given such a line; the counts are measured here.
set -eu
python=${PYTHON:-python3.14}
"$python" -c 'import concurrent.interpreters' 2>/dev/null ||
    { echo "CPython 3.14 or later is needed: PYTHON=python3.14"; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >m.py <<'PYTHON'
kept = None


def keep(value):
    global kept
    kept = value


def keep_and_read(value):
    global kept
    kept = value
    kept


def look():
    return kept
PYTHON
cat >calls.py <<'PYTHON'
import sys
from concurrent import interpreters

import m

seen = []
for function in (m.keep, m.keep_and_read):
    other = interpreters.create()
    other.exec(f"import sys; sys.path.insert(0, {sys.path[0]!r}); kept = 'nothing'")
    other.call(function, 5)
    names = interpreters.create_queue()
    other.prepare_main(names=names)
    other.exec("names.put(kept)")
    seen.append(f"m {other.call(m.look)}, __main__ {names.get()}")
    other.close()
print("; ".join(seen))
PYTHON
"$python" --version
echo "  where it is after keep; after keep_and_read"
echo "  one would expect: m 5, __main__ nothing; m 5, __main__ nothing"
seen=$("$python" calls.py)
echo "  seen:             $seen"
[ "$seen" = "m None, __main__ 5; m 5, __main__ nothing" ]
