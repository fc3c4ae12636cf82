"""Where the heads stand: pure arithmetic in pixels, no Qt.

Every head has a slot: a title line, labels along the top and down the left, and a
square of cells, as far as the detail in force shows them. See `arranging` for how large
all is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from microgpt_gui.session.reading.text import TextReading

#: What the switch of a head takes of its title's line, in pixels at 100 %.
SWITCH_ROOM = 30


class Detail(Enum):
    """How much is written around the cells of a head."""

    LABELS = "labels"  # title and token labels
    TITLES = "titles"  # title alone
    BARE = "bare"  # nothing


#: Left, top, width and height, in pixels of the whole.
Box = tuple[int, int, int, int]


class Place(NamedTuple):
    """A cell: of which head (counted through all layers), and its row and column."""

    head: int
    query: int
    key: int


class Pointed(NamedTuple):
    """A cell of the model, all counted from 0."""

    layer: int
    head: int
    query: int
    key: int

    def is_in(self, look: TextReading) -> bool:
        """Say whether a model that reads a text has this cell."""
        attention = look.attention
        return (
            self.layer < len(attention)
            and self.head < len(attention[0])
            and max(self.query, self.key) < len(look.labels)
        )


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the arrangement must leave room for, in pixels."""

    title: int  # height of a title line
    title_widths: tuple[int, ...]  # of the ways to write a title, longest first
    label_line: int  # height of the labels along the top
    label_margin: int  # width of the labels down the left, BOS among them
    letter_margin: int  # the same where BOS stands in the corner, for both axes
    letter: int  # width and height of one letter, for a second line of them
    axis: int  # height of the words along an axis
    legible: int  # a label needs so much along its axis
    bos: int  # BOS needs so much along its axis
    gap: int  # between neighbours with labels
    labelled_edge: int  # squares so large carry labels, if only some of them
    titled_edge: int  # squares smaller than that go without a title
    least_edge: int  # smaller squares show nothing: scroll instead
    scrolled_edge: int  # of the squares then
    titled: int = 0  # width of a title with switch and what the head does, in short


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A grid of equal slots, in pixels from the top left of the whole drawing.

    Attributes:
        count: Heads.
        columns: Of the grid.
        tokens: Rows and columns of cells in a head.
        cell: Height of a cell, and its width but for a head alone.
        cell_width: Width of a cell.
        edge: Height of the room for the cells of a head; at least ``tokens * cell``.
        edge_width: Its width; at least ``tokens * cell_width``.
        margin: Width of the labels down the left of a head; 0 for none.
        above: Height of the labels along its top; 0 for none.
        x: Left of the first head's cells.
        y: Top of the first head's cells.
        pitch_x: From one head to the next.
        pitch_y: From one row of heads to the next.
        width: Of the whole.
        height: Of the whole.
        detail: What is written around the cells.
        title_form: Index into ``Sizes.title_widths``.
        label_every: Every how many-th token has a label; 0 for none.
        label_lines: The labels down the left take turns on so many lines.
        label_lines_above: The same of those along the top.
        is_headed: Layers and heads are named once, at the edges of the whole.
        tops: Height of letters that stand along the top alone, over each head or only
            over the first layer; 0 for none.
        title_room: Width that a title has.
    """

    count: int
    columns: int
    tokens: int
    cell: int
    cell_width: int
    edge: int
    edge_width: int
    margin: int
    above: int
    x: int
    y: int
    pitch_x: int
    pitch_y: int
    width: int
    height: int
    detail: Detail
    title_form: int
    label_every: int
    label_lines: int
    label_lines_above: int
    is_headed: bool
    tops: int
    title_room: int

    @property
    def rows(self) -> int:
        """Rows of heads."""
        return -(-self.count // self.columns)

    def corner(self, head: int) -> tuple[int, int]:
        """Return the top left of a head's cells."""
        row, column = divmod(head, self.columns)
        return self.x + column * self.pitch_x, self.y + row * self.pitch_y

    def rows_within(self, top: int, height: int) -> range:
        """Return the rows of heads that a part of the whole shows; at least one."""
        first = min(max(0, (top - self.y) // self.pitch_y), self.rows - 1)
        end = top + height + self.pitch_y - self.edge  # titles and labels are above
        last = min(max(first, (end - self.y) // self.pitch_y), self.rows - 1)
        return range(first, last + 1)

    def heads_in(self, rows: range) -> range:
        """Return the heads of some rows."""
        return range(
            rows.start * self.columns, min(self.count, rows.stop * self.columns)
        )

    def part_box(self, head: int) -> Box:
        """Return where the cells of a head are."""
        wide, high = self.tokens * self.cell_width, self.tokens * self.cell
        return *self.corner(head), wide, high

    def cell_box(self, place: Place) -> Box:
        """Return where a cell is."""
        x, y = self.corner(place.head)
        left, top = x + place.key * self.cell_width, y + place.query * self.cell
        return left, top, self.cell_width, self.cell

    def place_at(self, x: int, y: int) -> Place | None:
        """Return the cell at a point; None between the heads."""
        column, across = divmod(x - self.x, self.pitch_x)
        row, down = divmod(y - self.y, self.pitch_y)
        head = row * self.columns + column
        key, query = across // self.cell_width, down // self.cell
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
        inside = across < self.edge_width and down < self.edge
        if not (0 <= column < self.columns and 0 <= row and head < self.count):
            return None
        return head if inside else None

    def labelled(self) -> range:
        """Return the positions whose labels are drawn."""
        return range(0, self.tokens if self.label_every else 0, self.label_every or 1)
