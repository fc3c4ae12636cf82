#!/bin/sh
# One would expect: a widget that is put into a layout waits to be seen until what the
# layout belongs to is shown. So it is with QVBoxLayout, QGridLayout and the others, and
# with QStackedWidget: layouts are filled first and given to their widget afterwards, or
# put into a layout that is, as the documentation's own examples do.
#
# What happens: QStackedLayout shows the first widget that it is given, at once. If the
# layout is not a widget's yet, nor in a layout that is, that widget has no parent: it
# opens as a window of its own, in front of the person, and stays open until the layout
# gets its place. Where it does at once, a window only flashes up; where layouts are
# built step by step, or before the main window is shown, it stands there meanwhile, and
# platforms without windows complain ("This plugin does not support propagateSizeHints()").
# The layout has to be given its place while it is still empty.
#
# Source: https://doc.qt.io/qt-6/qstackedlayout.html#addWidget ("If the QStackedLayout is
# empty before this function is called, the given widget becomes the current widget");
# QStackedLayout::setCurrentIndex in qtbase/src/widgets/kernel/qstackedlayout.cpp.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "PySide6-Essentials==6.10.3"
cat >stacked.py <<'PYTHON'
import sys

from PySide6 import __version__
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

app = QApplication([])
print("PySide6", __version__)
seen = {}
for kind in (QVBoxLayout, QGridLayout, QStackedWidget, QStackedLayout):
    label, holder = QLabel("a page"), kind()
    holder.addWidget(label)
    seen[kind.__name__] = label.isVisible() and label.isWindow()
window, label, stack = QWidget(), QLabel("a page"), QStackedLayout()
column = QVBoxLayout(window)
column.addLayout(stack)
stack.addWidget(label)
seen["QStackedLayout in its place"] = label.isVisible()
for name, is_window in seen.items():
    print(f"{name}: {'opens a window' if is_window else 'shows nothing yet'}")
expected = {name: name == "QStackedLayout" for name in seen}
if seen != expected:
    sys.exit("this is not what was described")
PYTHON
QT_QPA_PLATFORM=offscreen venv/bin/python stacked.py
