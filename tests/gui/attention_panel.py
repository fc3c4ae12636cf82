"""How a person handles the attention panel."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig

CONFIG = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2)


def begin(qtbot, panel, config):
    panel.run.start(config)
    qtbot.waitUntil(lambda: panel.wish.answer is not None)
    qtbot.waitUntil(lambda: panel.heat_map.look is panel.wish.answer)
    wait_for_roles(qtbot, panel)


def wait_for_roles(qtbot, panel):
    """Wait until it is said over the heads what they do now."""

    def are_there():
        ours = panel._heads.roles.ours
        return ours is not None and ours.is_whole and ours.step == panel.run.step

    qtbot.waitUntil(are_there)


def type_text(qtbot, panel, text):
    before = panel.wish.answer
    panel.text_box.setText(text)
    qtbot.waitUntil(lambda: panel.wish.answer is not before)
    qtbot.waitUntil(lambda: panel.wish.answered_to.text == text)
    qtbot.waitUntil(lambda: panel.heat_map.look is panel.wish.answer)


def middle(panel, slot, query, key):
    shown = panel.heat_map.arrangement
    x, y = shown.corner(slot)
    wide, high = shown.cell_width, shown.cell
    return QPoint(x + key * wide + wide // 2, y + query * high + high // 2)


def point(panel, slot, query, key):
    QTest.mouseMove(panel.heat_map.viewport(), middle(panel, slot, query, key))


def click(panel, slot, query=0, key=0):
    QTest.mouseClick(
        panel.heat_map.viewport(),
        Qt.MouseButton.LeftButton,
        pos=middle(panel, slot, query, key),
    )


def press(panel, key):
    QTest.keyClick(panel.heat_map, key)


def colour_at(panel, slot, query, key):
    image = panel.heat_map.viewport().grab().toImage()
    return QColor(image.pixel(middle(panel, slot, query, key)))


def train(qtbot, panel):
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)
    qtbot.waitUntil(lambda: panel.wish.answer.step == panel.run.step)
    qtbot.waitUntil(lambda: panel.heat_map.look is panel.wish.answer)
    wait_for_roles(qtbot, panel)
