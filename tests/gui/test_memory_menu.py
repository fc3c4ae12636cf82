"""The memory that the moments of a run may take, through the menu."""

import pytest

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.window.memory_menu import MemoryMenu
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import look_of, timeline_of

LARGE = RunConfig(dataset="elements", n_embd=64, n_layer=2, engine="numpy", steps=1000)


@pytest.fixture
def preferences():
    return Preferences(keyframe_mb=64, asks_before_closing=False)


def test_the_budget_is_kept_and_can_be_changed_while_it_trains(playground, qtbot):
    window, run = playground.window, playground.run
    menu = window.findChild(MemoryMenu)
    chosen = [action for action in menu.actions() if action.isChecked()]
    assert [action.text() for action in chosen] == ["64 MB"]
    with qtbot.waitSignal(run.prepared):
        run.start(LARGE)
    run.train()
    qtbot.waitUntil(lambda: run.recorder.holdings().size_bytes > 2**24)
    next(a for a in menu.actions() if a.text() == "16 MB").trigger()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    held = run.recorder.holdings()
    assert held.size_bytes <= 2**24
    assert held.steps == 1000
    menu.aboutToShow.emit()
    assert f"{held.keyframes} keyframes" in menu.held.text()
    timeline_of(run).show(150)
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).step == 150)
    window.close()
    assert Preferences.read().keyframe_mb == 16
