"""What stands around a figure, alike in all panels that have one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panels import PANELS
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import workshop_of

FIGURES = [p.panel for p in PANELS if issubclass(p.panel, FigurePanel)]
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
