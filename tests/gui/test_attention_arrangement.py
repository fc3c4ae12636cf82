"""Where the heads stand: for any model, text and window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgpt_gui.gui.panels.attention.arrangement import Detail, Place, Sizes
from microgpt_gui.gui.panels.attention.maps.arranging import arrange

SIZES = Sizes(
    title=16,
    title_widths=(88, 44),
    label_line=15,
    label_margin=30,
    letter_margin=14,
    letter=12,
    axis=16,
    legible=9,
    bos=11,
    gap=12,
    labelled_edge=44,
    titled_edge=38,
    least_edge=24,
    scrolled_edge=76,
)


def arranged(width, height, layers, heads, tokens, usual=1, keeps_letters=False):
    return arrange(
        width,
        height,
        layers=layers,
        heads=heads,
        tokens=tokens,
        usual_tokens=usual,
        sizes=SIZES,
        scroll_bar=10,
        keeps_letters=keeps_letters,
    )


def slot_box(a, head):
    """Left, top, right, bottom of all that belongs to a head."""
    x, y = a.corner(head)
    above = a.above + (0 if a.detail is Detail.BARE else SIZES.title)
    before = a.margin
    assert (before > 0) == (a.detail is Detail.LABELS)
    right, bottom = x + a.tokens * a.cell_width, y + a.tokens * a.cell
    if a.detail is not Detail.BARE:
        right = max(right, x - before + SIZES.title_widths[a.title_form])
    return x - before, y - above, right, bottom


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
        assert a.label_every * a.label_lines * a.cell >= SIZES.legible
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
    wide, high = a.cell_width, a.cell
    at = x + key * wide + wide // 2, y + query * high + high // 2
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


@given(
    width=st.integers(300, 2500),
    height=st.integers(100, 1400),
    layers=st.integers(2, 8),
    heads=st.sampled_from([1, 2, 3, 4, 8, 16, 128]),
    tokens=st.integers(1, 256),
)
def test_no_row_holds_heads_of_two_layers(width, height, layers, heads, tokens):
    a = arranged(width, height, layers, heads, tokens)
    tops = [{a.corner(n * heads + i)[1] for i in range(heads)} for n in range(layers)]
    assert sum(map(len, tops)) == len(set().union(*tops))


def test_letters_take_turns_on_two_lines_before_any_is_left_out():
    for height in range(130, 260):
        a = arranged(696, height, 1, 4, 15)
        assert (a.label_every, a.label_lines) in ((1, 1), (1, 2))
    assert arranged(696, 130, 1, 4, 15).label_lines == 2
    assert arranged(696, 260, 1, 4, 15).label_lines == 1


def test_beside_another_run_letters_stay_and_the_rest_scrolls():
    left_out = arranged(340, 150, 1, 4, 15)
    assert left_out.label_every != 1
    kept = arranged(340, 150, 1, 4, 15, keeps_letters=True)
    assert kept.label_every == 1
    assert kept.width <= 340
    assert 150 < kept.height <= 450
    many = arranged(340, 300, 4, 4, 15, keeps_letters=True)
    assert many.height == 300  # too long a way to scroll


@pytest.mark.parametrize(("layers", "heads"), [(1, 8), (2, 4)])
def test_where_rows_are_too_low_for_letters_they_stand_along_the_top(layers, heads):
    a = arranged(696, 190, layers, heads, 15)
    assert a.tops and not a.label_every
    assert (a.columns, a.height) == (4, 190)
    assert a.cell < SIZES.legible <= a.cell_width
    assert a.is_headed == (layers > 1)


def test_a_head_alone_takes_the_width_that_there_is():
    alone, four = arranged(696, 220, 1, 1, 15), arranged(696, 220, 1, 4, 15)
    assert alone.cell > four.cell
    assert 2 * alone.cell <= alone.cell_width <= 3 * alone.cell
    assert alone.width <= 696
    assert four.cell_width == four.cell


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
