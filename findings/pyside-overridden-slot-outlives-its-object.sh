#!/bin/sh
# One would expect: a signal connected to a method of a QObject calls it no longer once the
# object is deleted, as Qt promises for every connection.
#
# What happens: it goes on calling it where the method is a Slot of a base class that a
# subclass overrides, as long as Python holds the object, be it in a cycle alone: whatever
# the method does to its own widgets then raises "Internal C++ object already deleted".
# Where nobody overrides the method, all is as expected.
#
# Source: https://doc.qt.io/qt-6/qobject.html#dtor.QObject ("All signals to and from the
# object are automatically disconnected").
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.10.3
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import shiboken6
from PySide6 import __version__
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal, Slot

called = []


class Source(QObject):
    changed = Signal()


class Base(QObject):
    def __init__(self, source):
        super().__init__(source)
        source.changed.connect(self.take)

    @Slot()
    def take(self):
        called.append(shiboken6.isValid(self))


class Inheriting(Base):
    pass


class Overriding(Base):
    def take(self):
        super().take()


def calls(kind):
    """Return how often a deleted object is called."""
    called.clear()
    source = Source()
    receiver = kind(source)
    receiver.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(receiver)
    source.changed.emit()
    return len(called)


app = QCoreApplication([])
print(f"PySide6 {__version__}: calls of a slot of an object that is deleted")
seen = {kind.__name__: calls(kind) for kind in (Base, Inheriting, Overriding)}
for name, count in seen.items():
    print(f"  {name}: expected 0, seen {count}")
sys.exit(seen != {"Base": 0, "Inheriting": 0, "Overriding": 1})
PYTHON
