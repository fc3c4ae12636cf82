#!/bin/sh
# One would expect: when an application's style sheet is replaced by another one, as for
# a dark look, each widget takes it up once, as it does with the first style sheet.
#
# What happens: it takes it up once for itself and once more for each widget around it. A
# label in eight frames is styled nine times, gets nine events StyleChange and eighteen
# FontChange, and a window of a thousand widgets needs 700 ms where 50 would do. Qt goes
# through all widgets that it has styled, and from each on to all that lies within.
# Taking the sheet off first (setStyleSheet("")) and putting the other one on is five
# times as fast, as then no widget is remembered.
#
# Source: https://doc.qt.io/qt-6/qapplication.html#styleSheet-prop; QStyleSheetStyle's
# repolish(QApplication *) and updateObjects() in
# qtbase/src/widgets/styles/qstylesheetstyle.cpp.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "PySide6-Essentials==6.10.3"
cat >nested.py <<'PYTHON'
import sys

from PySide6 import __version__
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel

app = QApplication([])
print("PySide6", __version__)


class Label(QLabel):
    times = 0

    def changeEvent(self, event):
        self.times += event.type() is QEvent.Type.StyleChange
        super().changeEvent(event)


def times_styled(depth, way):
    """Count how often a label that so many frames surround takes up a second sheet."""
    app.setStyleSheet("")
    frames = [QFrame()]
    for _ in range(depth - 1):
        frames.append(QFrame(frames[-1]))
    label = Label("text", frames[-1])
    frames[0].show()
    if way == "first":
        label.times = 0
    app.setStyleSheet("QWidget { color: #202020; }")
    if way == "second":
        label.times = 0
        app.setStyleSheet("QWidget { color: #e0e0e0; }")
    return label.times


for depth in (1, 4, 8):
    first, second = times_styled(depth, "first"), times_styled(depth, "second")
    print(f"within {depth}: first sheet {first}, second sheet {second}; expected 1 and 1")
    if (first, second) != (1, depth + 1):
        sys.exit("this is not what was described")
PYTHON
QT_QPA_PLATFORM=offscreen venv/bin/python nested.py
