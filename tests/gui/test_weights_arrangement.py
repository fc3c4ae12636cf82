"""Where the matrices of the weights panel stand."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microgpt_gui.gui.panels.weights.maps.arrangement import (
    Box,
    Cell,
    Room,
    arrange,
    arrange_one,
)

LOOK = Room(title=16, gap=8, largest=14, least=2, legible=9)


def model_boxes(width, layers, vocabulary=27, block=16, title=40):
    def box(rows, columns, begins=False):
        return Box(rows, columns, title, begins)

    boxes = [box(vocabulary, width), box(block, width), box(vocabulary, width)]
    for _ in range(layers):
        boxes += [box(width, width, True), *[box(width, width)] * 3]
        boxes += [box(4 * width, width), box(width, 4 * width)]
    return boxes


def rectangles(a):
    """Return left, top, right and bottom of each, with its title and outline."""
    for number, (box, place) in enumerate(zip(a.boxes, a.places, strict=True)):
        wide, high = a.size(number)
        left = place.left - a.margins[number]
        yield (
            left - 1,
            place.top - LOOK.title - 1,
            max(place.left + wide, left + box.title_width) + 1,
            place.top + high + 1,
        )


@given(
    st.lists(
        st.builds(
            Box,
            st.integers(1, 300),
            st.integers(1, 512),
            st.integers(0, 120),
            st.booleans(),
        ),
        min_size=1,
        max_size=20,
    ),
    st.integers(100, 2000),
    st.integers(60, 1200),
)
def test_nothing_overlaps_and_nothing_is_left_out(boxes, width, height):
    a = arrange(boxes, width, height, LOOK)
    assert a.cell >= 1
    found = list(rectangles(a))
    assert len(found) == len(boxes)
    for i, (left, top, right, bottom) in enumerate(found):
        assert 0 <= left < right <= a.width
        assert 0 <= top < bottom <= a.height
        for other in found[:i]:
            is_beside = right <= other[0] or left >= other[2]
            assert is_beside or bottom <= other[1] or top >= other[3]
    # Only what is wider by itself makes the whole wider than the view.
    widest = max(max(b.columns * a.cell, b.title_width) + 2 for b in boxes)
    assert a.width <= max(width, widest)


@pytest.mark.parametrize("view", [(660, 220), (1200, 400), (400, 300), (1800, 900)])
def test_the_usual_model_fits_into_any_usual_view(view):
    a = arrange(model_boxes(16, 1), *view, LOOK)
    assert a.cell >= 2
    assert a.width <= view[0]
    assert a.height <= view[1]


def test_cells_are_as_large_as_fit():
    sizes = [
        arrange(model_boxes(16, 1), wide, wide // 2, LOOK).cell
        for wide in (500, 1000, 2000, 9000)
    ]
    assert sizes == sorted(sizes)
    assert sizes[-1] == LOOK.largest > sizes[0]


def test_a_large_model_scrolls_downwards_only():
    a = arrange(model_boxes(64, 8), 700, 250, LOOK)
    assert a.cell == 2
    assert a.width <= 700
    assert a.height > 250


def test_what_is_too_wide_for_two_pixels_has_cells_of_one():
    a = arrange(model_boxes(128, 2), 700, 250, LOOK)
    assert a.cell == 1
    assert a.width <= 700


def test_a_layer_begins_its_own_column():
    boxes = model_boxes(16, 3)
    a = arrange(boxes, 1200, 500, LOOK)
    for i, box in enumerate(boxes):
        if box.begins:
            above = [
                other
                for other in a.places[:i]
                if other.left == a.places[i].left and other.top < a.places[i].top
            ]
            # At most the rows of before, none in the same column of this row.
            assert all(a.places[i].top - o.top > box.rows * a.cell for o in above)


def test_points_find_their_cells():
    a = arrange(model_boxes(16, 1), 700, 250, LOOK)
    for number, (box, place) in enumerate(zip(a.boxes, a.places, strict=True)):
        last_x = place.left + box.columns * a.cell - 1
        last_y = place.top + box.rows * a.cell - 1
        assert a.cell_at(place.left, place.top) == Cell(number, 0, 0)
        last = Cell(number, box.rows - 1, box.columns - 1)
        assert a.cell_at(last_x, last_y) == last
        assert a.cell_at(place.left - 1, place.top) is None
        assert a.cell_at(place.left, last_y + 1) is None


@example(rows=109, columns=1, label=12, width=345, height=100)
@given(
    rows=st.integers(1, 1800),
    columns=st.integers(1, 512),
    label=st.sampled_from([0, 12]),
    width=st.integers(300, 2000),
    height=st.integers(100, 1200),
)
def test_a_matrix_alone_is_whole_and_every_cell_is_found(
    rows, columns, label, width, height
):
    box = Box(rows, columns, 40, label_width=label)
    a = arrange_one(box, width, height, LOOK._replace(largest=48))
    assert a.cell_width >= a.cell >= 1
    assert sum(strip.rows for strip in a.strips(0)) == rows
    assert a.width <= max(width, 2 + columns * a.cell_width + a.margins[0])
    for row in {0, rows // 2, rows - 1}:
        for column in (0, columns - 1):
            x, y = a.corner(Cell(0, row, column))
            assert a.cell_at(x, y) == Cell(0, row, column)
            last = x + a.cell_width - 1, y + a.cell - 1
            assert a.cell_at(*last) == Cell(0, row, column)
            assert last[0] < a.width and last[1] < a.height


def test_alone_letters_take_the_room_that_there_is():
    look = LOOK._replace(largest=48)
    letters = arrange_one(Box(27, 16, 40, label_width=12), 696, 210, look)
    assert letters.folds == (2,)  # 27 rows one below the other would be too low
    assert letters.cell >= LOOK.legible
    assert letters.height <= 210 and letters.width > 600
    many = arrange_one(Box(1701, 16, 40, label_width=12), 696, 210, look)
    assert many.cell >= LOOK.legible and many.folds[0] > 2
    assert 600 < many.width <= 696
    square = arrange_one(Box(16, 16, 40), 696, 210, look)
    assert square.folds == (1,)
    assert square.cell_width > 2 * square.cell


def test_a_large_vocabulary_uses_the_width_among_the_others_too():
    a = arrange(model_boxes(16, 1, vocabulary=1701), 696, 210, LOOK)
    assert a.folds[0] > 10
    wide, high = a.size(0)
    assert wide > 600 and high <= 210
    assert a.width <= 696
