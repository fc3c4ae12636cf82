"""The memory that the moments of a run may take, through the menu."""

import pytest

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.window.memory_menu import MemoryMenu
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.gui.window.timeline import words
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recorder import Holdings
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
    assert menu.wait.text().startswith("Any moment is back within ")
    assert menu.wait.isVisible()
    timeline_of(run).show(150)
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).step == 150)
    window.close()
    assert Preferences.read().keyframe_mb == 16


def test_the_wait_is_told_with_what_would_make_it_short():
    few = Holdings(100_000, 50, 240 * 2**20, 2_000, 256 * 2**20, step_s=0.0004)
    needed = words.megabytes(400 * few.size_bytes // 50)
    assert words.wait(few) == (
        f"Any moment is back within 0.8 s; with {needed} it would be 0.1 s"
    )
    close = Holdings(100_000, 50, 2**20, 200, 2**28, step_s=0.0004)
    assert words.wait(close) == "Any moment is back within 0.1 s"
    assert not words.wait(Holdings(100, 2, 2**20, 50, 2**28))
