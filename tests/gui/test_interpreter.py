"""What the window sets in the interpreter, and when."""

import gc
import sys
from dataclasses import replace

import pytest

from microgpt_gui.gui.run.interpreter import SWITCH_INTERVAL_S
from microgpt_gui.gui.theme.scale import Scale


@pytest.fixture
def unfrozen():
    """Nothing set aside, before the window is made."""
    gc.unfreeze()


def test_garbage_is_the_windows_own_business(unfrozen, playground, qtbot):
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
