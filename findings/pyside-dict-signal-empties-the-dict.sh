#!/bin/sh
# One would expect: a Signal(dict) hands the slot the dict that was emitted, as
# Signal(object) does; at least an equal one; or emit() raises.
#
# What happens: the dict becomes a QVariantMap on the way, which has texts as keys, sorted.
# One key that is no text, such as a token's id, and the slot gets an empty dict: all other
# entries are gone as well, emit() returns True as ever, and no exception tells of it (a
# line on the standard error names an address). That is so in one thread, too, through the
# most direct connection. With texts alone the slot gets a copy in alphabetical order.
# Dicts inside of that dict, or in a Signal(list), keep their keys of any kind.
#
# Source: https://doc.qt.io/qtforpython-6/PySide6/QtCore/Signal.html ("Signal takes a list
# of Python types of the arguments", no word on dict) and
# https://doc.qt.io/qt-6/qvariant.html#QVariantMap-typedef
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check PySide6-Essentials==6.10.3
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from PySide6 import __version__
from PySide6.QtCore import QCoreApplication, QObject, Signal


class Source(QObject):
    as_dict = Signal(dict)
    as_object = Signal(object)


class Target(QObject):
    def take(self, value):
        self.value = value


app = QCoreApplication([])
source, target = Source(), Target()
source.as_dict.connect(target.take)
source.as_object.connect(target.take)
as_described = True
print(f"PySide6 {__version__}, one thread: what a slot gets from Signal(dict)")
for sent, described in (
    ({1: 0.5, 2: 0.25}, {}),
    ({"a": 0.5, "b": 0.25, 2: 0.25}, {}),
    ({"step": 1, "loss": 3.3, "lr": 0.01}, {"loss": 3.3, "lr": 0.01, "step": 1}),
    ({"logits": {1: 0.5}}, {"logits": {1: 0.5}}),
):
    source.as_object.emit(sent)
    as_described &= target.value is sent
    source.as_dict.emit(sent)
    print(f"  expected {sent}, seen {target.value}")
    as_described &= list(target.value.items()) == list(described.items())
sys.exit(not as_described)
PYTHON
