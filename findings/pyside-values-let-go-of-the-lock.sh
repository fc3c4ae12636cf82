#!/bin/sh
# One would expect: dropping a list of small values (points, rectangles, colours) costs a
# thread of Python nothing but their memory: CPython keeps its lock while it frees
# objects, as it does for tuples, and passes it on only when the switch interval is over.
#
# What happens: shiboken, which wraps Qt's classes for PySide6, lets go of the lock around
# the C++ destructor of every object, the 32 bytes of a QRectF included. A list of 1,000
# rectangles lets go of it 1,000 times, and with another busy thread each time is a race
# for the lock that may be lost: here that thread, which was to wait for an hour, runs in
# between. So a window that keeps geometry as QRectF is late when it drops a picture, not
# when it draws one; plain tuples of floats do not have this.
#
# Source: ThreadStateSaver around the destructor in callDestructor and SbkDeallocWrapper,
# https://code.qt.io/cgit/pyside/pyside-setup.git/tree/sources/shiboken6/libshiboken/basewrapper.cpp
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.10.3
cat >"$folder/drop.py" <<'PYTHON'
import sys
import threading
import time

from PySide6.QtCore import QRectF

passes = 0


def other():
    global passes
    while True:
        passes += 1
        time.sleep(0)  # gives the lock back at once


def passes_while_dropping(make):
    values = [make() for _ in range(1000)]
    before = passes
    del values
    return passes - before


sys.setswitchinterval(3600)
threading.Thread(target=other, daemon=True).start()
time.sleep(0.1)
tuples = max(passes_while_dropping(lambda: (0.5, 1.5, 2.5, 3.5)) for _ in range(20))
boxes = max(passes_while_dropping(lambda: QRectF(0, 1, 2, 3)) for _ in range(20))
print(f"1,000 tuples: {tuples}, 1,000 rectangles: {boxes}")
sys.exit(0 if tuples == 0 and boxes > 0 else 1)
PYTHON
echo "PySide6 6.10.3, passes of another thread while a list is dropped:"
echo "  one would expect: 1,000 tuples: 0, 1,000 rectangles: 0"
printf "  seen:             "
"$folder/venv/bin/python" "$folder/drop.py"
