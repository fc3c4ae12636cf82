"""What the version before has remembered, and its runs, in the window of this one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from microgpt_gui.gui.window.preferences import Preferences
from tests.gui.beside import shelf_of
from tests.gui.run_files import open_file

FORMAT1 = Path(__file__).parents[1] / "format1"


@pytest.fixture
def preferences():
    Preferences.path().parent.mkdir(parents=True)
    shutil.copy(FORMAT1 / "preferences.json", Preferences.path())
    return Preferences.read()


def test_preferences_layout_and_runs_of_the_version_before_open(
    playground, preferences, qtbot
):
    assert (preferences.mode, preferences.zoom) == ("dark", 125)
    assert [Path(path).name for path in preferences.recent] == ["first.mgpt"]
    window, run = playground.window, playground.run
    docks = {dock.windowTitle(): dock for dock in window.docks.docks}
    assert not docks["Runs"].toggleViewAction().isChecked()
    assert docks["Loss"].toggleViewAction().isChecked()
    open_file(qtbot, playground, FORMAT1 / "words.mgpt")
    assert run.step == 5
    assert shelf_of(run).current_name == "Words"
    assert shelf_of(run).current_trained_s is None  # the file does not tell
    # Its text was words.txt on another computer: the file holds it.
    learnt, before = run.info.docs, list(run.losses.values)
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert run.info.docs == learnt
    run.train()
    qtbot.waitUntil(lambda: run.step >= 5)
    assert list(run.losses.values)[:5] == before
