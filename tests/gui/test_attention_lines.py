"""Attention as lines: where heads stand, what is drawn, what is read in it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from microgpt_gui.gui.panels.attention.lines.arranging import LineSizes, arrange_lines
from tests.gui.attention_panel import press, train, type_text

SIZES = LineSizes(
    title=16,
    title_widths=(88, 44),
    letters=20,
    numbers=0,
    legible=9,
    bos=12,
    gap=20,
    least_band=64,
    easy_band=150,
    widest_step=34,
)


@given(
    width=st.integers(300, 2500),
    height=st.integers(100, 1400),
    layers=st.integers(1, 8),
    heads=st.sampled_from([1, 2, 3, 4, 8, 16]),
    tokens=st.integers(1, 64),
    usual=st.integers(1, 64),
)
def test_no_head_lies_on_another_and_rows_are_of_one_layer(
    width, height, layers, heads, tokens, usual
):
    a = arrange_lines(
        width,
        height,
        layers=layers,
        heads=heads,
        tokens=tokens,
        usual_tokens=usual,
        sizes=SIZES,
        scroll_bar=10,
    )
    assert heads % a.columns == 0
    assert a.band >= SIZES.least_band
    boxes = [QRect(*a.part_box(n)).adjusted(-12, -36, 0, 0) for n in range(a.count)]
    whole = QRect(0, 0, a.width, a.height)
    for number, box in enumerate(boxes):
        assert whole.contains(box)
        if number + 1 < len(boxes) and (number + 1) % a.columns:
            assert not box.intersects(boxes[number + 1])
        if number + a.columns < len(boxes):
            assert not box.intersects(boxes[number + a.columns])
    if a.height > height:
        assert a.band == SIZES.least_band


def letter(panel, slot, token, *, is_query):
    box = panel.heat_map.arrangement.letter_box(slot, token, is_query=is_query)
    return QRect(*box).center() - panel.heat_map.offset()


def strong(panel, slot, down):
    """Return where a line stands out from the ground, at a height of a head's band."""
    view = panel.heat_map
    a = view.arrangement
    x, y = a.corner(slot)
    image = view.viewport().grab().toImage()
    row = y + round(down * a.band)
    wide = range(x, x + a.tokens * a.cell_width)
    colours = np.array([QColor(image.pixel(i, row)).getRgb()[:3] for i in wide])
    ground = np.array(QColor(image.pixel(1, 1)).getRgb()[:3])
    return np.flatnonzero(abs(colours - ground).sum(axis=1) > 150)


def test_lines_lead_from_the_letter_pointed_at_in_every_head(
    qtbot, attention_panel, appearance
):
    panel = attention_panel
    panel.resize(900, 500)
    type_text(qtbot, panel, "silicon")
    train(qtbot, panel)
    view, look = panel.heat_map, panel.heat_map.look
    press(panel, Qt.Key.Key_M)
    assert "thicker" in panel.frame.note.text()
    assert len(strong(panel, 0, 0.5))
    QTest.mouseMove(view.viewport(), letter(panel, 1, 7, is_query=True))
    row = look.attention[0][1][7]
    assert view.pointed[1:3] == (1, 7)
    assert row[view.pointed.key] == max(row)
    assert f"{max(row):.8f}" in panel.reading
    for slot in (0, 1):  # every key has a line; the larger its share, the thicker
        row = look.attention[0][slot][7]
        inked = strong(panel, slot, 0.9)
        step = view.arrangement.cell_width
        assert inked.min() > 0.6 * step  # the others have faded, even BOS's own
        for key, share in enumerate(row):
            middle = (0.5 + 7 + 0.9 * (key - 7)) * step
            near = inked[abs(inked - middle) < 0.4 * step]
            if share > 0.05:
                assert len(near)
    # Pointed at in its middle, a line is read itself.
    a = view.arrangement
    query, key = 7, 0
    x, y = a.corner(0)
    at = QPoint(x + round((0.5 + (query + key) / 2) * a.cell_width), y + a.band // 2)
    QTest.mouseMove(view.viewport(), at)
    crossing = [
        (look.attention[0][0][q][k], q, k)
        for q in range(8)
        for k in range(q + 1)
        if abs((q + k) / 2 - 3.5) <= 0.4
    ]
    assert (view.pointed.query, view.pointed.key) == max(crossing)[1:]
    # By keyboard: a head enlarged, and the cells in it.
    QTest.mouseMove(view.viewport(), QPoint(1, 1))
    view.setFocus()
    press(panel, Qt.Key.Key_Return)
    assert view.enlarged == 0
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(panel, key)
    value = look.attention[0][0][view.pointed.query][view.pointed.key]
    assert f"{value:.8f}" in panel.reading
    assert len(strong(panel, 0, 0.5))
    press(panel, Qt.Key.Key_Escape)
    press(panel, Qt.Key.Key_Escape)
    assert view.enlarged is None
    panel.lines.click()
    assert "Rows look from" in panel.frame.note.text()
    appearance.set_mode("dark")
    panel.lines.click()
    assert not panel.grab().isNull()
