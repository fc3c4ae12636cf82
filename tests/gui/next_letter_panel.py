"""What a person does in the panel of the next letter, and the run of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.recorded import moment_at

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, block_size=8)


def type_text(qtbot, panel, text):
    panel.text_box.setText(text)
    qtbot.waitUntil(lambda: panel.drawn.asked == text)
    return panel.drawn


def click(view, token):
    box = view.box(view.tokens.index(token))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())


def saved(run, step):
    return moment_at(run.info, run.recorder, step, lambda: None)


def press_draw(panel):
    QTest.mouseClick(panel.figure.row.draw, Qt.MouseButton.LeftButton)
