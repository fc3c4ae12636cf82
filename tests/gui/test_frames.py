"""The clock of all that draws, and what it leaves to others in between."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer

from microgpt_gui.gui.panel.frames import TURN_S, FrameClock


@dataclass
class Slow:
    """Takes longer than a turn of the event loop is to take."""

    told: list[str]
    name: str
    then: Callable[[], None] = lambda: None

    def redraw(self):
        self.told.append(self.name)
        self.then()
        QTimer.singleShot(0, lambda: self.told.append(f"after {self.name}"))
        began_s = time.monotonic()
        while time.monotonic() - began_s <= TURN_S:
            pass


def test_keys_need_not_wait_until_all_is_drawn(qtbot, run):
    told = []
    clock = FrameClock.of(run)
    first, second = Slow(told, "first"), Slow(told, "second")
    for drawing in (first, second):
        clock.add(drawing)
        clock.schedule(drawing)
        clock.schedule(drawing)  # once is enough
    qtbot.waitUntil(lambda: "after second" in told)
    assert told == ["first", "after first", "second", "after second"]


def test_what_is_hidden_before_its_turn_is_not_drawn(qtbot, run):
    told = []
    clock = FrameClock.of(run)
    first, second, third = (Slow(told, name) for name in ("first", "second", "third"))
    first.then = lambda: clock.remove(second)
    for drawing in (first, second, third):
        clock.add(drawing)
        clock.schedule(drawing)
    qtbot.waitUntil(lambda: "third" in told)
    assert "second" not in told
