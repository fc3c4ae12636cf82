"""The lines of the engine beside a figure: lit by its stages, and choosing them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from microgpt_gui.gui.panel.code_beside import CodeBeside
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.code_text import CodeLine
from microgpt_gui.gui.widgets.code_tokens import Kind, coloured_words


@pytest.fixture
def beside(appearance, show_panel):
    beside = CodeBeside(QLabel("a figure"), appearance)
    beside.show_stages(2, {"l0.q": "query", "l1.q": "query"})
    beside.restyle()
    appearance.changed.connect(beside.restyle)
    return show_panel(beside, 1200, 500)


def lit_texts(beside):
    view = beside.view
    return [view.line_text(line).strip() for line in sorted(view.lit)]


def line_of(beside, text):
    """The line with this text in it: where a person would click."""
    numbers = range(1, 400)
    files = ("engine/autograd.py", "engine/value.py")
    lines = (CodeLine(file, number) for file in files for number in numbers)
    return next(line for line in lines if text in beside.view.line_text(line))


def click(beside, line):
    box = beside.view.line_box(line)
    at = QPoint(box.left() + 120, box.center().y())
    QTest.mouseClick(beside.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def ground_of(beside, line):
    box = beside.view.line_box(line)
    image = beside.view.viewport().grab().toImage()
    return image.pixelColor(box.right() - 3, box.center().y())


def test_a_stage_lights_its_lines_and_a_line_chooses_its_stage(beside, appearance):
    view, chosen = beside.view, []
    beside.stage_chosen.connect(chosen.append)
    first = line_of(beside, "tok_emb = state_dict")  # nothing is lit yet
    assert 0 <= view.line_box(first).top() < 50
    beside.light("l1.q")
    assert lit_texts(beside) == ['q = self._linear(x, f"layer{li}.attn_wq")']
    (line,) = view.lit
    seen = view.viewport().rect()
    assert seen.contains(view.line_box(line))
    after = CodeLine(line.file, line.number + 1)
    assert ground_of(beside, line) != ground_of(beside, after)
    assert ground_of(beside, after) == QColor(appearance.theme.surface)
    assert view.half_lit >= {line_of(beside, "out.append(dot(row, x))")}
    click(beside, after)
    assert chosen == ["l1.k"]
    beside.light(chosen[-1])
    click(beside, line_of(beside, "x_residual = x"))  # computes nothing of its own
    assert chosen == ["l1.k"]
    beside.light("adam")
    assert any("m_hat = m_i" in text for text in lit_texts(beside))
    assert seen.contains(view.line_box(max(view.lit)))
    beside.light("l0.q", is_backward=True)
    assert line_of(beside, "left.grad += slope * grad") in view.half_lit
    beside.light("")
    assert not view.lit and not view.half_lit


def test_the_keyboard_goes_from_one_linked_line_to_the_next(beside, monkeypatch):
    view, chosen, said = beside.view, [], []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: said.append(getattr(event, "message", str)()),
    )
    beside.stage_chosen.connect(chosen.append)
    beside.stage_chosen.connect(beside.light)
    beside.light("l1.q")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert chosen == ["l1.k", "l1.v", "l1.k"]
    assert 'k = self._linear(x, f"layer{li}.attn_wk").' in said[-1]
    assert "Computes: " in said[-1]
    beside.light("l1.norm1")
    norm = line_of(beside, "scale = (ms + 1e-5)")
    view.verticalScrollBar().setValue(0)
    click(beside, norm)
    QTest.keyClick(view, Qt.Key.Key_Return)  # the same line, the next that it computes
    assert chosen[-2:] == ["l1.norm2", "norm0"]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_Left, Qt.Key.Key_Home):
        event = QKeyEvent(
            QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        QApplication.sendEvent(view, event)
        assert not event.isAccepted()  # the window's own


def test_lines_that_are_selected_are_copied_and_nothing_else_of_the_panel(beside):
    view = beside.view
    line = line_of(beside, "attn_weights = softmax")
    view.put_on_top(line)
    box = view.line_box(line)
    control = Qt.KeyboardModifier.ControlModifier
    taken = []
    for wanted in (False, True):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_C, control)
        event.ignore()
        QApplication.sendEvent(view, event)
        assert event.isAccepted() is wanted
        QTest.mouseDClick(
            view.viewport(),
            Qt.MouseButton.LeftButton,
            pos=QPoint(box.left() + 150, box.center().y()),
        )
        taken.append(view.textCursor().selectedText())
    assert taken[0] in view.line_text(line)
    QTest.keyClick(view, Qt.Key.Key_C, control)
    assert QApplication.clipboard().text() == taken[1] != ""


def test_it_folds_where_there_is_no_room_until_somebody_asks(beside, qtbot):
    assert beside.is_shown and beside.action.isChecked()
    beside.resize(600, 400)
    assert not beside.is_shown and not beside.action.isChecked()
    beside.action.trigger()
    assert beside.is_shown and beside.view.hasFocus()
    assert beside.view.width() >= 220
    beside.resize(1300, 400)
    beside.action.trigger()
    assert not beside.is_shown
    beside.resize(1310, 400)
    assert not beside.is_shown  # as somebody has chosen
    assert beside.button.toolTip().endswith("(C)")
    beside.hide()
    with qtbot.waitSignal(beside.sight_requested):
        beside.action.trigger()
    assert beside.action.isChecked()  # who asks behind another view wants to see it


def test_what_a_line_computes_is_told_where_the_pointer_is(beside):
    beside.light("l0.q")
    (line,) = beside.view.lit
    box = beside.view.line_box(line)
    viewport = beside.view.viewport()
    at = QPoint(box.left() + 100, box.center().y())
    event = QHelpEvent(QEvent.Type.ToolTip, at, viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, event)
    assert "Computes: query" in QToolTip.text()
    QToolTip.hideText()


def test_a_larger_look_and_the_dark_one_keep_what_is_lit_in_sight(beside, appearance):
    beside.light("l0.mlp_out")
    (line,) = beside.view.lit
    height = beside.view.line_box(line).height()
    beside.resize(2000, 500)
    appearance.set_scale(Scale(200))
    appearance.set_mode("dark")
    box = beside.view.line_box(line)
    assert box.height() > 1.5 * height
    assert beside.view.viewport().rect().contains(box)
    assert ground_of(beside, line).lightness() < 128
    long = line_of(beside, "x_attn += [dot")
    beside.view.setFixedWidth(300)
    assert beside.view.line_box(long).height() > 2 * height  # goes on below


def test_words_are_told_apart_by_pythons_own_tokenizer():
    text = (
        'def f(x: int) -> int:\n    """Add.\n\n    Two."""\n    return x + 1  # "no"\n'
    )
    words = [
        (text.splitlines()[w.line][w.start : w.start + w.length], w.kind)
        for w in coloured_words(text)
    ]
    assert words == [
        ("def", Kind.KEYWORD),
        ("f", Kind.DEFINED),
        ('"""Add.', Kind.COMMENT),
        ('    Two."""', Kind.COMMENT),
        ("return", Kind.KEYWORD),
        ("1", Kind.NUMBER),
        ('# "no"', Kind.COMMENT),
    ]
