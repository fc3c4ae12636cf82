"""Where the heads stand: for any model, text and window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.gui.panels.attention.arrangement import Detail, Place, Sizes, arrange

SIZES = Sizes(
    title=16,
    title_widths=(88, 44),
    label_line=15,
    label_margin=30,
    axis=16,
    legible=9,
    gap=12,
    labelled_edge=44,
    titled_edge=38,
    least_edge=24,
    scrolled_edge=76,
)


def arranged(width, height, layers, heads, tokens, usual=1):
    return arrange(
        width,
        height,
        layers=layers,
        heads=heads,
        tokens=tokens,
        usual_tokens=usual,
        sizes=SIZES,
        scroll_bar=10,
    )


def slot_box(a, head):
    """Left, top, right, bottom of all that belongs to a head."""
    x, y = a.corner(head)
    above = {
        Detail.LABELS: SIZES.title + SIZES.label_line,
        Detail.TITLES: SIZES.title,
        Detail.BARE: 0,
    }[a.detail]
    before = SIZES.label_margin if a.detail is Detail.LABELS else 0
    square = a.tokens * a.cell
    right = x + square
    if a.detail is not Detail.BARE:
        right = max(right, x - before + SIZES.title_widths[a.title_form])
    return x - before, y - above, right, y + square


@given(
    width=st.integers(300, 2500),
    height=st.integers(100, 1400),
    layers=st.integers(1, 8),
    heads=st.sampled_from([1, 2, 3, 4, 8, 16, 128]),
    tokens=st.integers(1, 256),
    usual=st.integers(1, 256),
)
def test_nothing_overlaps_and_nothing_leaves_the_drawing(
    width, height, layers, heads, tokens, usual
):
    a = arranged(width, height, layers, heads, tokens, usual)
    assert a.count == layers * heads
    assert a.cell >= 1
    for head in range(a.count):
        left, top, right, bottom = slot_box(a, head)
        assert left >= 0 and top >= 0
        assert right <= a.width and bottom <= a.height
        if head + 1 < a.count and (head + 1) % a.columns:
            assert right <= slot_box(a, head + 1)[0]
        if head + a.columns < a.count:
            assert bottom <= slot_box(a, head + a.columns)[1]


@given(
    width=st.integers(300, 2500),
    height=st.integers(100, 1400),
    layers=st.integers(1, 8),
    heads=st.sampled_from([1, 2, 4, 16]),
    tokens=st.integers(1, 256),
)
def test_labels_are_legible_or_left_out(width, height, layers, heads, tokens):
    a = arranged(width, height, layers, heads, tokens)
    if a.label_every:
        assert a.label_every * a.cell >= SIZES.legible
        assert a.detail is Detail.LABELS
    if a.cell >= SIZES.legible and a.label_every:
        assert list(a.labelled()) == list(range(tokens))


@given(
    layers=st.integers(1, 4),
    heads=st.integers(1, 8),
    tokens=st.integers(1, 40),
    data=st.data(),
)
def test_the_point_in_the_middle_of_a_cell_is_that_cell(layers, heads, tokens, data):
    a = arranged(720, 300, layers, heads, tokens)
    head = data.draw(st.integers(0, a.count - 1))
    query = data.draw(st.integers(0, tokens - 1))
    key = data.draw(st.integers(0, tokens - 1))
    x, y = a.corner(head)
    half = a.cell // 2
    at = x + key * a.cell + half, y + query * a.cell + half
    assert a.place_at(*at) == Place(head, query, key)
    assert a.head_at(*at) == head


def test_between_the_heads_there_is_no_cell():
    a = arranged(720, 300, 1, 4, 5)
    x, y = a.corner(1)
    assert a.place_at(x - 1, y) is None
    assert a.place_at(x, y - 1) is None
    assert a.place_at(-1, -1) is None
    assert a.place_at(5000, y) is None
    assert a.place_at(x, 5000) is None


@pytest.mark.parametrize(
    ("width", "height"), [(692, 284), (1222, 440), (392, 130), (1900, 900)]
)
def test_four_heads_of_a_name_carry_all_their_labels(width, height):
    a = arranged(width, height, 1, 4, 5)
    assert a.detail is Detail.LABELS
    assert a.label_every == 1
    assert (a.width, a.height) == (width, height)


def test_cells_are_as_large_as_the_better_way_allows():
    wide, high = arranged(1200, 300, 1, 4, 5), arranged(300, 1200, 1, 4, 5)
    assert wide.columns == 4
    assert high.columns == 1
    assert arranged(600, 600, 1, 4, 5).columns == 2


def test_rows_break_where_layers_do():
    a = arranged(1250, 440, 6, 16, 9)
    assert a.columns == 16
    assert a.height == 440


def test_heads_by_the_thousand_scroll():
    a = arranged(720, 284, 8, 128, 5)
    assert a.height > 284
    assert a.width <= 720
    assert a.edge == SIZES.scrolled_edge


def test_the_squares_stay_where_they_are_when_the_next_document_is_shorter():
    long, short = arranged(720, 300, 1, 4, 12, 12), arranged(720, 300, 1, 4, 4, 12)
    for head in range(4):
        assert long.corner(head) == short.corner(head)


def test_labels_do_not_come_and_go_with_every_document():
    usual = 12
    details = {arranged(720, 250, 6, 8, n, usual).detail for n in range(2, 13)}
    assert len(details) == 1
