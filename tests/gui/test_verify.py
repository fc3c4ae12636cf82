"""Help > Verify, with real runs on a real thread."""

from __future__ import annotations

import json
from importlib.util import find_spec

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea

import microgpt_gui.resources as resources
from microgpt_gui.engine import ENGINES
from microgpt_gui.gui.jobs.verification import Verification
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.window.verify import VerifyDialog
from microgpt_gui.resources import resource
from microgpt_gui.session.functions import this_computers_functions
from microgpt_gui.session.golden import GOLDENS
from microgpt_gui.session.verify import QUICK_STEPS
from tests.this_computer import agreement


@pytest.fixture
def spoilt_recording(tmp_path, monkeypatch):
    """The first recording has a wrong loss at step 4."""
    name = f"golden/{GOLDENS[0]}.json"
    recorded = json.loads(resource(name).read_text())
    recorded["losses"][3] += 1e-7
    (tmp_path / "golden").mkdir()
    (tmp_path / name).write_text(json.dumps(recorded))
    monkeypatch.setattr(resources, "_ROOTS", (tmp_path, *resources._ROOTS))


@pytest.fixture
def verification(qapp):
    job = Verification()
    yield job
    job.shut_down()


@pytest.fixture(autouse=True)
def code_is_kept(request):
    """Nothing is compiled; without numba that engine is not compared."""
    if find_spec("numba"):
        request.getfixturevalue("kept_code")


@pytest.fixture
def dialog(playground):
    """As the menu opens it."""
    action(playground).trigger()
    return shown(playground)


def action(playground):
    actions = playground.window.menus.findChildren(QAction)
    return next(a for a in actions if a.text() == "Verify")


def shown(playground):
    return playground.window.findChild(VerifyDialog)


def texts(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def press(qtbot, dialog, text):
    buttons = dialog.findChildren(QPushButton)
    button = next(b for b in buttons if b.text() == text)
    assert button.isEnabled()
    button.click()


def wait_for(qtbot, dialog, text):
    def is_there():
        return any(text in t for t in texts(dialog))

    qtbot.waitUntil(is_there)


def test_runs_are_judged_in_order(verification, qtbot):
    runs = [("python", "elements-short-block"), ("autograd", "elements-short-block")]
    verdicts = []
    verification.judged.connect(verdicts.append)
    with qtbot.waitSignal(verification.succeeded):
        verification.verify(runs, 6)
    assert [(v.engine, v.golden) for v in verdicts] == runs
    for verdict in verdicts:
        words = agreement(verdict.engine).sub("", verdict.words)
        assert words == "the first 6 of 300 losses"
    assert not verification.is_active


def test_a_new_verification_silences_the_one_before(verification, qtbot):
    verdicts = []
    verification.judged.connect(verdicts.append)
    verification.verify([("autograd", "colours-wide")], None)
    with qtbot.waitSignal(verification.succeeded):
        verification.verify([("python", "elements-short-block")], 3)
    assert [v.engine for v in verdicts] == ["python"]


def test_a_quick_look_begins_at_once_beside_the_run(playground, qtbot):
    run = playground.run
    run.change(steps=1_000_000)
    with qtbot.waitSignal(run.updated):
        run.train()
    action(playground).trigger()
    dialog = shown(playground)
    assert not dialog.isModal()
    assert texts(dialog).count("waiting") == len(ENGINES) * len(GOLDENS)
    step = run.step
    wait_for(qtbot, dialog, f"the first {QUICK_STEPS} of")
    [told, *_] = [text for text in texts(dialog) if "the first" in text]
    assert agreement("python").match(told.removeprefix("✓ "))
    assert run.step > step


def test_stop_keeps_what_was_found(dialog, qtbot):
    wait_for(qtbot, dialog, "✓")
    press(qtbot, dialog, "Stop")
    assert "not compared" in texts(dialog)
    assert any("✓" in text for text in texts(dialog))
    told = f"these are {this_computers_functions().wanted}"
    assert any(told in text for text in texts(dialog))
    assert not dialog.stop_button.isEnabled()


def test_whole_runs_follow_a_quick_look(dialog, qtbot):
    press(qtbot, dialog, "Whole runs")
    assert not dialog.whole_button.isEnabled()
    wait_for(qtbot, dialog, " of 1000")
    press(qtbot, dialog, "Stop")
    assert any(text.startswith("Stopped after 0 of") for text in texts(dialog))
    assert dialog.whole_button.isEnabled()


def test_wrong_number_stands_out(spoilt_recording, dialog, qtbot):
    wait_for(qtbot, dialog, "✗ differs from step 4 on")
    [wrong] = [x for x in dialog.findChildren(QLabel) if "✗" in x.text()]
    assert wrong.property("role") == "warning"
    press(qtbot, dialog, "Stop")
    assert any("1 differ" in text for text in texts(dialog))


def test_the_menu_brings_the_one_that_is_open_forward(playground, dialog):
    action(playground).trigger()
    assert playground.window.findChildren(VerifyDialog) == [dialog]
    assert dialog.isVisible()


def test_closing_the_window_ends_it(playground, dialog, qtbot):
    """In mid-step: the slowest engine on the widest recording is at work."""
    job = dialog._verification
    job.verify([("autograd", "colours-wide")], None)
    threads = job._threads
    thread = threads[max(threads)]
    qtbot.waitUntil(thread.isRunning)
    playground.window.close_without_remembering()
    assert thread.isFinished()
    assert not any(d.isVisible() for d in playground.window.findChildren(QDialog))


def test_all_fits_at_every_zoom(playground, dialog):
    for percent in (80, 250):
        playground.appearance.set_scale(Scale(percent))
        dialog.layout().activate()
        area = dialog.findChild(QScrollArea)
        assert area.widget().width() <= area.viewport().width()
        for button in dialog.findChildren(QPushButton):
            assert button.width() >= button.minimumSizeHint().width()
            assert dialog.rect().contains(button.geometry())
