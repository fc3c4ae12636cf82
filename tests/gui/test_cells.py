"""Cells of a map under the keyboard: how keys move there, and what is read and told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.weights import WeightsPanel
from microgpt_gui.gui.widgets.cell_cursor import CellGrid, CellPlace, entered, moved
from microgpt_gui.session.reading.matrices import matrices
from tests.gui.beside import timeline_of
from tests.gui.exporting import attention_of

KEY = Qt.Key


@pytest.fixture
def heads(trained, qtbot):
    """The heat map with "rio" and the keyboard on it."""
    panel = attention_of(trained)
    panel.text_box.setText("rio")
    qtbot.waitUntil(lambda: panel.heat_map.look.text == "rio")
    panel.heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    return panel.heat_map


def press(view, *keys):
    for key in keys:
        QTest.keyClick(view, key)


def interface_of(view):
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() is QAccessible.Role.Table
    return found


def name(child):
    return child.text(QAccessible.Text.Name)


def told_at_keyboard(view):
    child = interface_of(view).focusChild()
    assert child.state().focused
    assert child.role() is QAccessible.Role.Cell
    return name(child)


def test_arrows_read_the_cells_of_a_head(trained, heads):
    panel = attention_of(trained)
    shares = heads.look.attention[0][1]
    press(heads, KEY.Key_Right)
    assert panel.reading.startswith("head 2: Enter enlarges it; Down then goes into")
    press(heads, KEY.Key_Return)
    assert heads.pointed is None
    press(heads, KEY.Key_Down, KEY.Key_Down)
    assert panel.reading.startswith('head 2: "r" (position 1) gives ')
    assert f"{shares[1][0]:.8f}" in panel.reading
    press(heads, KEY.Key_Right)
    assert f"of its attention to itself · {shares[1][1]:.8f}" in panel.reading
    press(heads, KEY.Key_PageDown)  # the same cell of the next head, of two
    assert heads.enlarged == 0
    assert panel.reading.startswith('head 1: "r" (position 1) gives ')
    press(heads, KEY.Key_End, KEY.Key_End, KEY.Key_Right)
    assert '"r" (position 1) cannot see "o" (position 3)' in panel.reading
    press(heads, KEY.Key_Home, KEY.Key_Up, KEY.Key_Up, KEY.Key_Left)
    assert panel.reading.startswith("head 1: BOS (the beginning, position 0) gives")
    press(heads, KEY.Key_Escape)  # out of the cells, then back to all
    assert (heads.pointed, heads.enlarged) == (None, 0)
    press(heads, KEY.Key_Left)
    assert heads.enlarged == 1
    press(heads, KEY.Key_Escape)
    assert heads.enlarged is None
    panel.text_box.setFocus()
    assert panel.reading.startswith("Point at a cell to read its value.")


def test_a_shorter_text_and_the_mouse_take_the_cursor_with_them(trained, heads, qtbot):
    panel = attention_of(trained)
    press(heads, KEY.Key_Return, KEY.Key_Up, KEY.Key_End)
    assert panel.reading.startswith('head 1: "o" (position 3)')
    panel.text_box.setText("r")
    qtbot.waitUntil(lambda: panel.reading.startswith('head 1: "r" (position 1)'))
    middle = heads.part_box(0).topLeft() + QPoint(5, 5)
    QTest.mouseMove(heads.viewport(), middle)
    assert panel.reading.startswith("head 1: BOS (the beginning, position 0)")
    assert heads.cursor_place is None


def test_the_cursor_is_seen_on_every_colour(trained, heads):
    press(heads, KEY.Key_Return)
    for mode, keys in (
        ("light", (KEY.Key_Down,)),  # the darkest
        ("light", (KEY.Key_Down,)),
        ("dark", ()),
        ("dark", (KEY.Key_End,)),  # the empty half
        ("light", ()),
    ):
        trained.appearance.set_mode(mode)
        theme = trained.appearance.theme
        press(heads, *keys)
        box = heads.cell_box(heads.cursor_place).translated(-heads.offset())
        image = heads.viewport().grab().toImage()
        beside = (QPoint(box.left() - by, box.center().y()) for by in (1, 2, 4))
        names = [image.pixelColor(at).name() for at in beside]
        assert names == [theme.surface, theme.accent, theme.surface]


def test_a_screen_reader_is_told_of_the_cell(heads):
    shares = heads.look.attention[0]
    found = interface_of(heads)
    count = len(shares)
    assert [name(found.child(i)) for i in range(found.childCount())] == [
        f"head {number + 1}" for number in range(count)
    ]
    press(heads, KEY.Key_Right)
    assert told_at_keyboard(heads) == "head 2"
    before = found.focusChild()
    press(heads, KEY.Key_Return)
    assert name(found) == "Attention of every head: head 2"
    assert not before.isValid()
    assert name(before) == ""
    press(heads, KEY.Key_Down, KEY.Key_Down)
    assert told_at_keyboard(heads) == f"head 2, from r to BOS: {shares[1][1][0]:.2f}"
    child = found.focusChild()
    assert found.indexOfChild(child) == 4
    assert found.childCount() == 16
    centre = child.rect().center()
    assert found.childAt(centre.x(), centre.y()) is child
    at = heads.viewport().mapFromGlobal(centre)
    assert heads.cell_box(CellPlace(1, 0)).contains(at + heads.offset())
    press(heads, KEY.Key_Right, KEY.Key_Right)
    assert told_at_keyboard(heads) == "head 2, r cannot see i, which comes later"


def test_cells_of_weights_are_read_told_and_scrolled_to(trained, qtbot):
    docks = trained.window.docks
    panel = next(p for p in docks.panels if isinstance(p, WeightsPanel))
    docks.bring_forward(panel)
    view = panel.weights_map
    qtbot.waitUntil(lambda: bool(view.matrices))
    view.setFocus(Qt.FocusReason.TabFocusReason)
    matrix = matrices(panel.drawn)[0]
    assert (
        told_at_keyboard(view) == f"wte, {matrix.rows} rows, {matrix.columns} columns"
    )
    press(view, KEY.Key_Return, KEY.Key_Down, KEY.Key_Right)
    assert panel.reading.startswith('wte, row 0 ("a"), column 1: ')
    assert repr(matrix.numbers[1]) in panel.reading
    assert told_at_keyboard(view).startswith('wte, row 0 ("a"), column 1: ')
    docks.toggle_filling(docks.docks[docks.panels.index(panel)])
    trained.window.resize(trained.window.minimumSize())
    view.setFocus(Qt.FocusReason.TabFocusReason)
    press(view, KEY.Key_Down, KEY.Key_Up, KEY.Key_End)
    for _ in range(matrix.rows):
        press(view, KEY.Key_Down)
    last = matrix.rows - 1, matrix.columns - 1
    assert view.cursor_place == last
    box = view.cell_box(view.cursor_place).translated(-view.offset())
    assert view.viewport().rect().contains(box)
    assert panel.reading.startswith(f"wte, row {last[0]} (BOS")
    timeline_of(trained.run).show(20)  # the moment changes below the cursor
    qtbot.waitUntil(lambda: panel.drawn.step == 20)
    number = matrices(panel.drawn)[0].numbers[-1]
    qtbot.waitUntil(lambda: repr(number) in panel.reading)


def test_steps_of_the_cursor():
    grid, middle = CellGrid(3, 2), CellPlace(1, 0)
    assert entered(KEY.Key_Down, grid) == (0, 0)
    assert entered(KEY.Key_Up, grid) == (2, 0)
    assert entered(KEY.Key_Left, grid) is None
    assert moved(middle, KEY.Key_Left, grid) == (1, 0)
    assert moved(middle, KEY.Key_Right, grid) == (1, 1)
    assert moved(CellPlace(2, 0), KEY.Key_Down, grid) == (2, 0)
    assert moved(middle, KEY.Key_A, grid) is None
