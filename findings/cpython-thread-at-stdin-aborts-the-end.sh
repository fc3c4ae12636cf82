#!/bin/sh
# One would expect: a daemon thread that waits for the end of standard input, so that a
# process ends with the one that started it, does not matter when the process has done
# its work first: daemon threads are there to be left behind.
#
# What happens: the thread holds the lock of sys.stdin's buffer while it waits. At its
# end Python wants that lock, does not get it, and aborts: the work is done, and the exit
# status says that the process was killed by SIGABRT. os.read(0, n) holds no lock.
#
# Source: _enter_buffered_busy in CPython's Modules/_io/bufferedio.c.
set -eu
python=${PYTHON:-python3}
echo "$("$python" --version), a program that has done its work beside such a thread:"
echo "  one would expect: exit status 0, however the thread waits"
printf "  seen:             "
"$python" - <<'PYTHON'
import subprocess
import sys

PROGRAM = """
import os, sys, threading, time
threading.Thread(target=lambda: {wait}, daemon=True).start()
time.sleep(0.2)
"""


def status(wait):
    program = PROGRAM.format(wait=wait)
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    return process.wait()  # its standard input stays open until then


buffered, plain = status("sys.stdin.buffer.read()"), status("os.read(0, 1)")
print(f"{buffered} with sys.stdin.buffer.read(), {plain} with os.read(0, 1)")
sys.exit(0 if buffered < 0 == plain else 1)
PYTHON
