"""Machine code in the window: made beside a run, taken over, or told why not."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QMainWindow, QPushButton

from microgpt_gui.gui.panels.run_settings.compiled_box import CompiledBox
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_pace import FULL_SPEED, exactly
from microgpt_gui.gui.window.about import show_about
from microgpt_gui.gui.window.kept_code import KeptCode
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.file_lock import release, taken
from microgpt_gui.session.machine_code import words
from microgpt_gui.session.machine_code.kept import code_folder
from microgpt_gui.session.run import Run
from tests.gui.run_panel_reading import named

CONFIG = RunConfig(dataset="elements", engine="compiled", steps=300, n_embd=8, n_head=2)


def python_run(config):
    run, losses = Run(replace(config, engine="python")), []
    while not run.is_finished:
        losses += run.train(config.steps - run.steps_done).losses
    return losses, run.moment().weights


def begin(run, qtbot, config=CONFIG):
    with qtbot.waitSignal(run.prepared):
        run.start(config)


def test_a_run_goes_over_to_machine_code_that_another_program_has_made(
    kept_code, playground, qtbot
):
    window, run = playground.window, playground.workshop.run
    compiled = kept_code.read_bytes()
    kept_code.unlink()
    lock = taken(kept_code.with_suffix(".lock"))  # as the other program holds it
    begin(run, qtbot)
    box = window.findChild(CompiledBox)
    assert box.said.startswith("Compiling for this processor: 0 s so far.")
    run.pace.choose(exactly(50))
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    window.topbar.progress.refresh()
    assert window.topbar.progress.speed.text.startswith("compiling")
    kept_code.write_bytes(compiled)
    release(lock, removes_file=True)
    qtbot.waitUntil(lambda: run.compiling.since is not None)
    said = f"Compiled since step {run.compiling.since:,}, with the same numbers."
    assert 20 < run.compiling.since < CONFIG.steps
    assert box.said == window.notice.text == said
    run.pace.choose(FULL_SPEED)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert not window.topbar.progress.speed.text.startswith("compiling")
    losses, weights = python_run(CONFIG)
    assert [*run.losses.values] == losses
    assert run.moment.weights == weights

    begin(run, qtbot)  # from the first step on
    assert run.compiling.since is None
    assert box.said == ""


def test_a_run_that_does_not_want_it_is_not_said_to_wait_for_it(
    kept_code, playground, qtbot
):
    run, progress = playground.workshop.run, playground.window.topbar.progress
    kept_code.unlink()
    lock = taken(kept_code.with_suffix(".lock"))  # as another program that compiles
    begin(run, qtbot)
    run.pace.choose(exactly(50))
    begin(run, qtbot, replace(CONFIG, engine="python"))
    run.train()
    qtbot.waitUntil(lambda: run.step > 5)
    progress.refresh()
    assert run.compiling.is_under_way
    assert progress.speed.text
    assert "compiling" not in progress.speed.text
    release(lock, removes_file=True)


def test_what_goes_wrong_is_said_and_python_trains_on(run_panel, qtbot):
    pytest.importorskip("llvmlite")
    run, box = run_panel.run, run_panel.findChild(CompiledBox)
    code_folder().parent.mkdir(parents=True)
    code_folder().write_text("in the way")
    with qtbot.waitSignal(run.compiling.failed) as failed:
        begin(run, qtbot, RunConfig(dataset="elements", engine="compiled", steps=3))
    assert "a file is in the way" in failed.args[0]
    assert "Python goes on with the same numbers" in box.said
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert run.compiling.since is None

    code_folder().unlink()
    begin(run, qtbot)
    assert run.compiling.is_under_way
    assert "the way" not in box.said
    pid = run.compiling.pid
    os.kill(pid, 0)
    run_panel.run.shut_down()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_without_numba_the_box_gives_the_line_that_brings_it(
    without_numba, run_panel, qtbot
):
    run, box = run_panel.run, run_panel.findChild(CompiledBox)
    told = []
    run_panel.told.connect(told.append)
    assert box.isHidden()
    engines = named(run_panel, QComboBox, "Engine")
    engines.setCurrentText("Compiled")
    engines.activated.emit(engines.currentIndex())
    assert box.said.startswith("numba is not installed: Python computes in its place.")
    assert box.said.endswith(words.INSTALL_LINE)
    box.findChild(QPushButton).click()
    assert QApplication.clipboard().text() == words.INSTALL_LINE
    assert told == [f"Copied: {words.INSTALL_LINE}"]
    with qtbot.waitSignal(run.prepared):
        run_panel.apply()
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 1)
    assert box.said.endswith(words.INSTALL_LINE)


def test_about_says_what_is_kept_and_removes_it(machine_code, run, appearance, qtbot):
    code_folder().mkdir(parents=True)
    kept = code_folder() / "of-an-older-program.code"
    kept.write_bytes(bytes(1_300_000))
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    row = show_about(window, appearance).findChild(KeptCode)
    assert row.said.startswith("Machine code of the engine Compiled: 1.3 MB in ")
    assert str(code_folder()) in row.said
    row.remove.click()
    assert not kept.exists()
    assert row.said.startswith("Removed.")
    begin(run, qtbot)
    run.step_once()  # what is loaded is so still
    qtbot.waitUntil(lambda: run.step == 1)
    assert not run.compiling.is_under_way

    row = show_about(window, appearance).findChild(KeptCode)
    assert row.said == "No machine code is kept of the engine Compiled."
    assert row.remove.isHidden()
