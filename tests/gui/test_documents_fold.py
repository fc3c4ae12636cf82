"""Which documents are learnt from, as the Run panel says it and lets it be changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.gui.run_panel_reading import (
    enter_number,
    is_offered,
    press,
    shown,
    words,
)

ALL = "Learns from all, none held out"


def fold(panel):
    (found,) = (
        b for b in panel.findChildren(QPushButton) if b.property("kind") == "fold"
    )
    return found


def test_what_is_held_out_is_estimated_refused_in_words_and_trained_without(
    run_panel, qtbot
):
    assert fold(run_panel).accessibleName() == ALL
    assert "Held out" not in words(run_panel)
    fold(run_panel).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(fold(run_panel), Qt.Key.Key_Space)
    assert "Held out" in words(run_panel)
    assert shown(run_panel, "train_documents") == "all"
    enter_number(run_panel, "held_out", "0,1")
    assert "held_out, 12 of 118  0 → 0.1" in words(run_panel)
    assert "held out 0 → 0.1" in words(run_panel)  # it needs a new model
    assert "Learns from 106, 12 held out" in fold(run_panel).text()
    for text, said in (
        ("0.999", "held_out must be below 0.995762712 for a text of 118 documents"),
        ("1", "held_out must be a share of at least 0 and below 1, not 1"),
        ("most", "held_out must be a number, not 'most'"),
    ):
        enter_number(run_panel, "held_out", text)
        assert said in words(run_panel)
        assert not is_offered(run_panel, "Apply and reset")
    enter_number(run_panel, "held_out", "0.1")
    enter_number(run_panel, "train_documents", "107")
    assert "to 106 for a text of 118 documents, 12 of them held out" in words(run_panel)
    enter_number(run_panel, "train_documents", "20")
    assert "train_documents, of 106; each 10 times" in words(run_panel)
    QTest.keyClick(fold(run_panel), Qt.Key.Key_Space)
    assert "Held out" in words(run_panel)  # what waits stays in sight
    run = run_panel.run
    with qtbot.waitSignal(run.prepared):
        press(run_panel, "Apply and reset")
    assert (run.config.held_out, run.config.train_documents) == (0.1, 20)
    segment = run.info.segments[-1]
    assert (segment.num_trained, segment.num_held_out) == (20, 12)
    assert "Learns from 20, 12 held out" in fold(run_panel).text()
    enter_number(run_panel, "train_documents", "All")
    assert shown(run_panel, "train_documents") == "all"
    assert is_offered(run_panel, "Apply and reset")
