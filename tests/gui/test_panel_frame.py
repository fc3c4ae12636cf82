"""What stands around a figure, alike in all panels that have one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels import PANELS
from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from tests.gui.attention_panel import type_text
from tests.gui.beside import subject_of, workshop_of

KINDS = [entry.load() for entry in PANELS]
FIGURES = [panel for panel in KINDS if issubclass(panel, FigurePanel)]
SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2)


@pytest.fixture(params=FIGURES, ids=[panel.title for panel in FIGURES])
def panel(request, run, appearance, show_panel, qtbot):
    panel = show_panel(request.param(workshop_of(run), appearance), 720, 370)
    for widget in panel.header:
        qtbot.addWidget(widget)
        widget.show()
    with qtbot.waitSignal(run.prepared):
        run.start(SMALL)
    qtbot.waitUntil(lambda: panel.drawn is not None)
    return panel


def explain(panel):
    (button,) = (w for w in panel.header if isinstance(w, QToolButton))
    assert panel.title in button.toolTip()
    assert button.accessibleName()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    return QApplication.activePopupWidget()


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_a_key_explains_the_view_and_another_closes_that(panel, qtbot, key):
    popup = explain(panel)
    assert popup.isVisible()
    for question in ("What am I seeing?", "How is it computed?", "What can I try?"):
        assert question in popup.accessibleDescription()
    QTest.keyClick(popup, key)
    assert not popup.isVisible()
    assert QApplication.activePopupWidget() is None
    assert explain(panel) is popup  # and it comes again
    popup.close()


def test_what_is_enlarged_has_more_room_and_gives_it_back(panel, qtbot):
    view = panel._view
    height, above = view.height(), view.mapTo(panel, view.rect().topLeft()).y()
    view.setFocus()
    view.enlarge(0)
    if panel.frame.note.text():
        assert view.height() > height
        assert not panel.frame.note.isVisible()
    assert panel.frame.legend.isVisible()
    assert panel.frame.back.isVisible()
    QTest.keyClick(panel.frame.widget(), Qt.Key.Key_Escape)
    assert view.enlarged is None
    assert view.height() == height
    assert view.mapTo(panel, view.rect().topLeft()).y() == above


def test_at_the_usual_size_every_letter_of_a_long_name_is_there(playground, qtbot):
    """In the window as it comes up, with the heads of the script's own model."""
    window, run = playground.window, playground.run
    window.resize(1280, 800)
    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=10))
    subject_of(run).watch("protoactiniums"[:14])
    heat_map = window.findChild(AttentionPanel).heat_map
    qtbot.waitUntil(lambda: heat_map.look and len(heat_map.look.labels) == 15)
    qtbot.waitUntil(lambda: heat_map.arrangement is not None)
    assert heat_map.arrangement.count == 4
    assert list(heat_map.arrangement.labelled()) == list(range(15))
    small = heat_map.arrangement.cell
    heat_map.enlarge(2)
    large = heat_map.arrangement
    assert large.cell > small and large.cell_width > 2 * small
    assert heat_map._picture.has_numbers
    assert list(large.labelled()) == list(range(15))
    assert large.edge + large.above > 0.85 * heat_map.height()


def test_a_problem_is_told_although_a_head_is_enlarged(attention_panel, qtbot):
    panel = attention_panel
    panel.heat_map.enlarge(0)
    assert not panel.frame.note.isVisible()
    type_text(qtbot, panel, "irön")
    assert panel.frame.note.isVisible()
    assert panel.problem
    type_text(qtbot, panel, "iron")
    assert not panel.frame.note.isVisible()


def test_little_room_cuts_nothing_off(panel, qtbot):
    """At the sizes that the panel has in small windows: 1024 x 720, 1280 x 720."""
    sideways = panel.frame.horizontalScrollBar()
    panel.resize(433, 220)
    qtbot.waitUntil(lambda: panel.frame.size() == panel.size())
    qtbot.waitUntil(lambda: panel.frame.verticalScrollBar().maximum() == 0)
    assert sideways.maximum() == 0
    panel.appearance.set_scale(Scale(150))
    panel.resize(440, 201)
    qtbot.waitUntil(lambda: panel.frame.size() == panel.size())
    qtbot.waitUntil(lambda: panel.frame.verticalScrollBar().maximum() > 0)
    assert sideways.maximum() == 0


def test_what_is_read_and_has_no_room_is_told_by_the_tooltip(panel, qtbot):
    reading = panel.frame.reading
    whole = "a sentence that goes on and on " * 20
    panel.frame.read(whole, is_pointed=True)
    assert panel.reading == whole
    assert reading.shown.endswith("…") and len(reading.shown) < len(whole)
    asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), QPoint(3, 3))
    QApplication.sendEvent(reading, asked)
    assert whole.strip() in reading.toolTip()
