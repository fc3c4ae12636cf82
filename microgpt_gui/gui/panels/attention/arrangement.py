"""Where the heads stand: pure arithmetic in pixels, no Qt.

Every head has a slot: a title line, a line of labels along the top, a margin of labels
down the left, and a square of cells, as far as the detail in force shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Detail(Enum):
    """How much is written around the cells of a head."""

    LABELS = "labels"  # title and token labels
    TITLES = "titles"  # title alone
    BARE = "bare"  # nothing


class Place(NamedTuple):
    """A cell: of which head (counted through all layers), and its row and column."""

    head: int
    query: int
    key: int


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the arrangement must leave room for, in pixels."""

    title: int  # height of a title line
    title_widths: tuple[int, ...]  # of the ways to write a title, longest first
    label_line: int  # height of the labels along the top
    label_margin: int  # width of the labels down the left
    axis: int  # height of the words along an axis
    legible: int  # a label needs so much along its axis
    gap: int  # between neighbours with labels
    labelled_edge: int  # squares so large carry labels, if only some of them
    titled_edge: int  # squares smaller than that go without a title
    least_edge: int  # smaller squares show nothing: scroll instead
    scrolled_edge: int  # of the squares then


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A grid of equal slots, in pixels from the top left of the whole drawing.

    Attributes:
        count: Heads.
        columns: Of the grid.
        tokens: Rows and columns of cells in a head.
        cell: Edge of a cell.
        edge: Room for the cells of a head; at least ``tokens * cell``.
        x: Left of the first head's cells.
        y: Top of the first head's cells.
        pitch_x: From one head to the next.
        pitch_y: From one row of heads to the next.
        width: Of the whole.
        height: Of the whole.
        detail: What is written around the cells.
        title_form: Index into ``Sizes.title_widths``.
        label_every: Every how many-th token has a label; 0 for none.
    """

    count: int
    columns: int
    tokens: int
    cell: int
    edge: int
    x: int
    y: int
    pitch_x: int
    pitch_y: int
    width: int
    height: int
    detail: Detail
    title_form: int
    label_every: int

    @property
    def rows(self) -> int:
        """Rows of heads."""
        return -(-self.count // self.columns)

    def corner(self, head: int) -> tuple[int, int]:
        """Return the top left of a head's cells."""
        row, column = divmod(head, self.columns)
        return self.x + column * self.pitch_x, self.y + row * self.pitch_y

    def place_at(self, x: int, y: int) -> Place | None:
        """Return the cell at a point; None between the heads."""
        column, across = divmod(x - self.x, self.pitch_x)
        row, down = divmod(y - self.y, self.pitch_y)
        head = row * self.columns + column
        key, query = across // self.cell, down // self.cell
        if not (0 <= column < self.columns and 0 <= row and head < self.count):
            return None
        if query >= self.tokens or key >= self.tokens:
            return None
        return Place(head, query, key)

    def head_at(self, x: int, y: int) -> int | None:
        """Return the head whose square, empty half included, holds a point."""
        column, across = divmod(x - self.x, self.pitch_x)
        row, down = divmod(y - self.y, self.pitch_y)
        head = row * self.columns + column
        inside = across < self.edge and down < self.edge
        if not (0 <= column < self.columns and 0 <= row and head < self.count):
            return None
        return head if inside else None

    def labelled(self) -> range:
        """Return the positions whose labels are drawn."""
        return range(0, self.tokens if self.label_every else 0, self.label_every or 1)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a detail takes around the squares."""

    left: int  # of each square
    top: int
    gap: int  # between slots
    outer: int  # left of all


def arrange(
    width: int,
    height: int,
    *,
    layers: int,
    heads: int,
    tokens: int,
    usual_tokens: int,
    sizes: Sizes,
    scroll_bar: int,
) -> Arrangement:
    """Place ``layers * heads`` squares of ``tokens`` cells, as large as fits.

    Detail goes first: with many heads the labels are left out, then the titles, and
    where the squares would still be too small the whole grows beyond ``height``.

    Args:
        width: Of the view.
        height: Of the view.
        layers: Of the model; a row of the grid prefers to hold whole layers.
        heads: Of each layer.
        tokens: Of the text shown.
        usual_tokens: Of the longest text of late: decides the detail, so that it does
            not come and go with every document.
        sizes: Of what is written.
        scroll_bar: Width of a scroll bar.
    """
    usual = max(tokens, usual_tokens)
    for detail in Detail:
        frame = _frame(detail, sizes)
        edge, columns = _largest(width, height, layers, heads, frame)
        if _serves(detail, edge, usual, sizes) and (
            detail is Detail.BARE or _title_form(edge + frame.left, sizes) is not None
        ):
            break
    else:
        edge = max(sizes.scrolled_edge, sizes.title_widths[-1], usual)
        labelled = _serves(Detail.LABELS, edge, usual, sizes)
        detail = Detail.LABELS if labelled else Detail.TITLES
        frame = _frame(detail, sizes)
        room = width - scroll_bar - frame.outer + frame.gap
        columns = max(1, min(layers * heads, room // (frame.left + edge + frame.gap)))
        width -= scroll_bar
    return _placed(width, height, layers * heads, columns, edge, tokens, detail, sizes)


def _frame(detail: Detail, sizes: Sizes) -> _Frame:
    if detail is Detail.LABELS:
        top = sizes.title + sizes.label_line
        return _Frame(sizes.label_margin, top, sizes.gap, sizes.axis)
    if detail is Detail.TITLES:
        return _Frame(0, sizes.title, sizes.gap * 2 // 3, 0)
    return _Frame(0, 0, max(2, sizes.gap // 3), 0)


def _largest(
    width: int, height: int, layers: int, heads: int, frame: _Frame
) -> tuple[int, int]:
    """Return the largest edge and its number of columns.

    A grid whose rows break where layers do is easier to read, and worth some size.
    """
    count = layers * heads
    best, aligned = (0, 1), (0, 1)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        across = (width - frame.outer - (columns - 1) * frame.gap) // columns
        down = (height - (rows - 1) * frame.gap) // rows
        edge = min(across - frame.left, down - frame.top)
        if edge > best[0]:
            best = edge, columns
        breaks = heads % columns == 0 or columns % heads == 0
        if breaks and edge > aligned[0]:
            aligned = edge, columns
    return aligned if aligned[0] >= 0.9 * best[0] else best


def _serves(detail: Detail, edge: int, tokens: int, sizes: Sizes) -> bool:
    if edge < tokens:
        return False
    if detail is Detail.LABELS:
        legible = edge // tokens >= sizes.legible and edge >= sizes.least_edge
        return legible or edge >= sizes.labelled_edge
    return edge >= (sizes.titled_edge if detail is Detail.TITLES else sizes.least_edge)


def _title_form(room: int, sizes: Sizes) -> int | None:
    """Return the longest way to write a title that fits; None if none does."""
    fitting = (i for i, wanted in enumerate(sizes.title_widths) if wanted <= room)
    return next(fitting, None)


def _placed(
    width: int,
    height: int,
    count: int,
    columns: int,
    edge: int,
    tokens: int,
    detail: Detail,
    sizes: Sizes,
) -> Arrangement:
    frame = _frame(detail, sizes)
    slot = frame.left + edge
    rows = -(-count // columns)
    spare = width - frame.outer - columns * slot
    gap = max(frame.gap, min(frame.gap * 3, spare // (columns + 1)))
    pitch_x, pitch_y = slot + gap, frame.top + edge + frame.gap
    used_x = frame.outer + columns * pitch_x - gap
    used_y = rows * pitch_y - frame.gap
    cell = max(1, edge // tokens)
    beside = max(0, width - used_x) // 2
    title_form = _title_form(slot + min(gap - frame.gap // 2, beside), sizes)
    return Arrangement(
        count=count,
        columns=columns,
        tokens=tokens,
        cell=cell,
        edge=edge,
        x=max(0, width - used_x) // 2 + frame.outer + frame.left,
        y=max(0, height - used_y) // 2 + frame.top,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        width=max(width, used_x),
        height=max(height, used_y),
        detail=detail,
        title_form=title_form or 0,
        label_every=-(-sizes.legible // cell) if detail is Detail.LABELS else 0,
    )
