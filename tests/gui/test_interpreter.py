"""What the window sets in the interpreter, and when."""

import gc
import sys

import pytest

from microgpt_gui.gui.run.interpreter import SWITCH_INTERVAL_S


@pytest.fixture
def unfrozen():
    """Nothing set aside, before the window is made."""
    gc.unfreeze()


def test_garbage_is_the_windows_own_business(unfrozen, playground, qtbot):
    assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_INTERVAL_S)
    # What the start has made is set aside when it is over, and not looked at again.
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 10_000)
