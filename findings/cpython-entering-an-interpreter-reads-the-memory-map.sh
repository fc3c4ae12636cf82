#!/bin/sh
# One would expect: to call another interpreter (concurrent.interpreters) costs the same
# on every thread: a thread state is made for it, and two locks change hands.
#
# What happens: since 3.14 each new thread state asks pthread_getattr_np how much stack
# its thread has. For threads that a program has made, the C library knows; for the main
# thread glibc opens /proc/self/maps and reads the whole map of the process, line by
# line, each time. So a call from the main thread costs ten times as much, and the more
# libraries a program has loaded, the more. Here: how much dearer, with some more memory
# mapped, as with a large toolkit.
#
# Source: https://github.com/python/cpython/pull/130398 and glibc's
# nptl/pthread_getattr_np.c; the ratio is measured here.
set -eu
python=${PYTHON:-python3.14}
"$python" -c 'import concurrent.interpreters' 2>/dev/null ||
    { echo "CPython 3.14 or later is needed: PYTHON=python3.14"; exit 2; }
[ -r /proc/self/maps ] || { echo "Linux is needed"; exit 2; }
echo "$("$python" --version), CPU time of a call of another interpreter:"
echo "  one would expect: on the main thread about what it is on another thread"
printf "  seen:             "
"$python" - <<'PYTHON'
import mmap
import sys
import threading
import time
from concurrent import interpreters

other = interpreters.create()
# Alternately read-only, so that neighbours stay lines of their own.
kept = [
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | (mmap.PROT_WRITE if i % 2 else 0))
    for i in range(200)
]


def cost():
    calls = 1000
    began = time.thread_time()
    for _ in range(calls):
        other.exec("pass")
    return (time.thread_time() - began) / calls


def beside():
    costs.append(cost())


costs = []
ratios = []
for _ in range(5):
    thread = threading.Thread(target=beside)
    thread.start()
    thread.join()
    ratios.append(cost() / costs.pop())
other.close()
ratio = sorted(ratios)[2]
print(f"on the main thread {ratio:.0f} times that of another thread")
sys.exit(0 if ratio > 3 else 1)
PYTHON
