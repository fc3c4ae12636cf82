"""What the window sets in the interpreter, and when."""

import gc
import sys
import weakref
from dataclasses import replace

import pytest

from microgpt_gui.gui.run import interpreter
from microgpt_gui.gui.run.interpreter import ALL, SWITCH_INTERVAL_S
from microgpt_gui.gui.theme.scale import Scale


@pytest.fixture
def sets_start_aside():
    """As in the program, and nothing set aside before the window is made."""
    gc.unfreeze()
    return True


def test_garbage_is_the_windows_own_business(playground, qtbot):
    assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_INTERVAL_S)
    # What the start has made is set aside when it is over, and not looked at again.
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 10_000)


def test_what_trains_stands_still_while_all_is_restyled(playground, qtbot):
    """Else the window would fight for the lock with every widget that Qt asks."""
    run, appearance = playground.run, playground.appearance
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, steps=1_000_000))
    run.train()
    qtbot.waitUntil(lambda: run.step > 50)
    trained = run._link._worker._run
    done = []
    appearance.changing.connect(lambda: done.append(trained.steps_done))
    appearance.changed.connect(lambda: done.append(trained.steps_done))
    appearance.set_scale(Scale(125))
    before, after = done
    assert after - before < 60  # the slice that was under way; else some hundred
    qtbot.waitUntil(lambda: run.step > after + 100)


class _Knot:
    """Garbage that only the collector finds: it holds itself."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def looked_at():
    """Note which generation each collection looks at."""
    generations = []

    def note(phase, info):
        if phase == "stop":
            generations.append(info["generation"])

    gc.callbacks.append(note)
    yield generations
    gc.callbacks.remove(note)


@pytest.fixture
def hasty(monkeypatch):
    """Collections come often, before the window is made."""
    monkeypatch.setattr(interpreter, "COLLECT_EVERY_MS", 20)
    monkeypatch.setattr(interpreter, "ALL_AT_REST_S", 0.2)


def test_while_it_trains_only_what_is_new_is_looked_at(
    hasty, playground, looked_at, qtbot
):
    """All that lives takes ten milliseconds to look at, in which nobody is served."""
    run = playground.run
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, steps=1_000_000))
    run.train()
    qtbot.waitUntil(lambda: run.step > 50)
    looked_at.clear()
    knot = weakref.ref(_Knot())
    qtbot.waitUntil(lambda: knot() is None)
    qtbot.waitUntil(lambda: len(looked_at) > 5)
    assert ALL not in looked_at
    run.pause()
    qtbot.waitUntil(lambda: ALL in looked_at)
