"""Those who are told something dozens of times a second."""

import sys

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot

from microgpt_gui.gui.run.hearers import Hearers


class Hearer(QObject):
    def __init__(self, told, name):
        super().__init__()
        self.told, self.name = told, name

    @Slot()
    def hear(self):
        self.told.append(self.name)
        if self.name == "loud":
            raise ValueError(self.name)


def test_all_that_are_there_hear_of_it_in_their_order(qapp, monkeypatch):
    faults, told = [], []
    monkeypatch.setattr(sys, "excepthook", lambda *fault: faults.append(fault[0]))
    hearers = Hearers()
    names = ("first", "loud", "gone", "deleted", "last")
    objects = {name: Hearer(told, name) for name in names}
    for hearer in objects.values():
        hearers.add(hearer.hear)
    hearers.tell()
    assert told == list(names)
    assert faults == [ValueError]
    told.clear()
    del objects["gone"], hearer
    shiboken6.delete(objects["deleted"])
    hearers.tell()
    assert told == ["first", "loud", "last"]


def test_only_a_method_can_hear(qapp):
    with pytest.raises(TypeError):
        Hearers().add(lambda: None)
