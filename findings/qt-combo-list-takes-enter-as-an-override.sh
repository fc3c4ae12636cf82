#!/bin/sh
# One would expect: ShortcutOverride only asks whether a key is a shortcut's. Whoever
# accepts it, the focused widget or an event filter, gets the key as an ordinary KeyPress
# afterwards, and Enter in the open list of a QComboBox chooses the entry, whoever has
# accepted the question before.
#
# What happens: the list chooses and closes while it is asked, in the ShortcutOverride
# itself; the KeyPress that follows means nothing to it. A filter that accepts the
# override and takes it for answered, as programs do to keep Enter from an application's
# shortcut, makes Enter dead in every drop-down: the list stays open, nothing is chosen.
# The filter has to accept the event and still let it through.
#
# Source: https://doc.qt.io/qt-6/qevent.html (ShortcutOverride: "Key press in child, for
# shortcut key handling override") and https://doc.qt.io/qt-6/qkeyevent.html;
# QComboBoxPrivateContainer::eventFilter in qtbase/src/widgets/widgets/qcombobox.cpp.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check "PySide6-Essentials==6.10.3"
cat >enter.py <<'PYTHON'
from PySide6 import __version__
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox


class Answered(QObject):
    """Accepts every override; lets it go on or not."""

    def __init__(self, goes_on):
        super().__init__()
        self.goes_on = goes_on

    def eventFilter(self, watched, event):
        if event.type() is not QEvent.Type.ShortcutOverride:
            return False
        event.accept()
        return not self.goes_on


app = QApplication([])
seen = []
for goes_on in (True, False):
    box = QComboBox()
    box.addItems(["one", "two", "three"])
    box.show()
    QTest.qWaitForWindowExposed(box)
    box.showPopup()
    view = box.view()
    frame = view.window()
    QTest.qWaitForWindowExposed(frame)
    watch = Answered(goes_on)
    view.installEventFilter(watch)
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Down)
    QTest.keyClick(frame.windowHandle(), Qt.Key.Key_Return)
    seen.append((box.currentText(), view.isVisible()))
    view.removeEventFilter(watch)
    box.hidePopup()
print(f"PySide6 {__version__}")
print("expected: Enter chooses 'two' and closes the list, both times")
print(f"seen: accepted and let through {seen[0]}, accepted and kept {seen[1]}")
raise SystemExit(seen != [("two", False), ("one", True)])
PYTHON
QT_QPA_PLATFORM=offscreen venv/bin/python enter.py
