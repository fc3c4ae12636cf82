#!/bin/sh
# One would expect: [action.menu() for action in bar.actions()] is the list of a bar's
# menus; they are the bar's own, and the bar is there.
#
# What happens: none of them can be used: "Internal C++ object already deleted". It is not
# deleted: findChildren gives the same menus whole. What QAction.menu() returns is tied to
# the Python object of its action, and that goes as soon as nobody holds it, before the
# list is looked at. With the actions held as well, as in a loop that uses each menu before
# it goes on to the next action, all is as expected.
#
# Source: https://doc.qt.io/qt-6/qmenubar.html#addMenu-2 ("The menu bar takes ownership of
# the menu") and https://doc.qt.io/qtforpython-6/PySide6/QtGui/QAction.html (of `menu`, no
# word on how long what it returns can be used).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.10.3
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" - <<'PYTHON'
import sys

from PySide6 import __version__
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar


def titles(menus):
    try:
        return [menu.title() for menu in menus]
    except RuntimeError as error:
        return str(error)


app = QApplication([])
bar = QMenuBar()
for title in ("File", "View"):
    bar.addMenu(title)
print(f"PySide6 {__version__}: the titles of a bar's menus")
expected = ["File", "View"]
alone = titles([action.menu() for action in bar.actions()])
found = titles(bar.findChildren(QMenu))
actions = bar.actions()
held = titles([action.menu() for action in actions])
print(f"  from its actions: expected {expected}, seen {alone}")
print(f"  from its children: {found}; from actions that are held: {held}")
sys.exit(not ("already deleted" in alone and found == held == expected))
PYTHON
