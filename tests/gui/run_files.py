"""Doing with the window's run files what a person does."""

from dataclasses import replace

from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_pace import FULL_SPEED, exactly
from microgpt_gui.session.config import RunConfig

SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2)
LONG = replace(SMALL, steps=100_000)


def begin(qtbot, run, config):
    with qtbot.waitSignal(run.prepared):
        run.start(config)


def train(qtbot, run, steps=0):
    """Train to the end, or somewhat more than ``steps``, and rest."""
    if steps:
        # Or a quick computer is at the end before it is seen.
        run.pace.choose(exactly(100))
    run.train()
    if steps:
        qtbot.waitUntil(lambda: run.step >= steps)
        run.pause()
        rest(qtbot, run)
        run.pace.choose(FULL_SPEED)
    else:
        qtbot.waitUntil(lambda: run.state is RunState.FINISHED)


def rest(qtbot, run):
    """Wait until the window knows of the last step that was done."""
    with qtbot.waitSignal(run.recorded):
        run.request_record()


def save(qtbot, document, path):
    with qtbot.waitSignal(document.saved):
        document.save(path)


def open_file(qtbot, playground, path):
    with qtbot.waitSignal(playground.run.prepared):
        playground.window.files.take_file(path)


def open_run(qtbot, document, path):
    with qtbot.waitSignal(document._run.prepared):
        document.open(path)


def dialog_of(qtbot, window, kind=QFileDialog):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)))
    (dialog,) = (d for d in window.findChildren(kind) if d.isVisible())
    return dialog


def choose(dialog, path):
    """Type a file's path, as a person may."""
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))


def question_of(qtbot, window):
    return dialog_of(qtbot, window, QMessageBox)


def say(qtbot, question, words):
    (button,) = (b for b in question.buttons() if b.text().replace("&", "") == words)
    button.click()


def losses(run):
    return list(run.losses.values)
