#!/bin/sh
# One would expect: a window that fills the screen (showFullScreen) and returns
# (showNormal) has the size it had before, on every platform.
#
# What happens: under a Wayland display that leaves frames to its clients, Qt draws one
# itself, and each return takes that frame off the size of the content: 6 x 33 pixels
# less every time, until nothing is left. Asking for the old size at once does not help:
# the display's answer comes later and wins. (normalGeometry() tells the right size; ask
# for it again when that answer has come.)
#
# Source: https://doc.qt.io/qt-6/qwidget.html#showNormal ("Restores the widget after it
# has been maximized or minimized"), https://wayland.app/protocols/xdg-shell (the size in
# xdg_toplevel.configure is that of the window geometry, frame included); seen with the
# reference display, weston.
set -eu
for need in weston; do
    command -v $need >/dev/null || { echo "apt-get install $need is needed"; exit 2; }
done
folder=$(mktemp -d)
display=
trap '[ -z "$display" ] || kill "$display"; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "PySide6-Essentials==6.10.3"
chmod 700 .
export XDG_RUNTIME_DIR="$folder"
weston --backend=headless-backend.so --socket=seen --width=1280 --height=800 \
    --idle-time=0 2>weston.log &
display=$!
while [ ! -S seen ]; do sleep 0.1; done
cat >sizes.py <<'PYTHON'
from PySide6 import __version__
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

app = QApplication([])
window = QWidget()
window.resize(1000, 700)
window.show()
QTest.qWaitForWindowExposed(window)
QTest.qWait(1000)
sizes = [window.size().toTuple()]
for _ in range(3):
    window.showFullScreen()
    QTest.qWait(1000)
    window.showNormal()
    window.resize(1000, 700)
    QTest.qWait(1000)
    sizes.append(window.size().toTuple())
print(f"PySide6 {__version__} on {app.platformName()}")
print("expected: (1000, 700) every time")
print("seen:", *sizes)
raise SystemExit(sizes != [(1000 - 6 * i, 700 - 33 * i) for i in range(4)])
PYTHON
WAYLAND_DISPLAY=seen QT_QPA_PLATFORM=wayland venv/bin/python sizes.py
