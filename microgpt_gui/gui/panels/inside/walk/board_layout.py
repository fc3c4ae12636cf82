"""Where the names and numbers of a board stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics, QFontMetricsF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from microgpt_gui.gui.panels.inside.walk.board import Board, Cell


#: Larger and smaller numbers, as powers of 10, are written with their power.
_LEAST, _MOST = -5, 5

#: So are those of a list whose largest is so many times the smallest.
_MOST_SPREAD = 1000


@dataclass(frozen=True, slots=True)
class BoardLayout:
    """In pixels; all rows are equally high.

    Attributes:
        names: Width of the names of the rows.
        head: Height of the names of the columns.
        line: Height of a row.
        starts: Where each column begins, to the right of the names; and where all end.
        texts: Of each row, all its numbers as one text of one width for each sign.
    """

    names: int
    head: int
    line: int
    starts: tuple[int, ...]
    texts: tuple[str, ...]

    def box(self, row: int, column: int) -> QRect:
        """Return where a cell is, if nothing is scrolled."""
        left, right = self.starts[column], self.starts[column + 1]
        top = self.head + row * self.line
        return QRect(self.names + left, top, right - left, self.line)

    def height(self) -> int:
        """Return how high all is."""
        return self.head + len(self.texts) * self.line

    def width(self) -> int:
        """Return how wide all is."""
        return self.names + self.starts[-1]


def layout_of(board: Board, font: QFont, small: QFont, pad: int) -> BoardLayout:
    """Lay a board out.

    Args:
        board: What is shown.
        font: Of the numbers: all signs of one width.
        small: Of the names.
        pad: Around the names.
    """
    metrics = QFontMetrics(small)
    advance = QFontMetricsF(font).horizontalAdvance("0" * 100) / 100
    formats = _formats(board)
    rows = [
        [text_of(cell, of) for cell, of in zip(row, formats, strict=True)]
        for row in board.cells
    ]
    widths = []
    for column, name in enumerate(board.columns):
        signs = max((len(row[column]) for row in rows), default=0)
        widths.append(max(signs, -(-metrics.horizontalAdvance(name) // advance)) + 2)
    if board.is_map:  # colours in columns of one width are one picture
        widths = [max(widths)] * len(widths)
    ends = [0.0]
    for width in widths:
        ends.append(ends[-1] + width)
    return BoardLayout(
        names=max(map(metrics.horizontalAdvance, set(board.rows)), default=0) + 2 * pad,
        head=metrics.height() + 2 * pad,
        line=QFontMetrics(font).height() + pad,
        starts=tuple(round(end * advance) for end in ends),
        texts=tuple(
            "".join(
                _placed(text, int(width), is_number=isinstance(cell, float))
                for text, cell, width in zip(texts, cells, widths, strict=True)
            )
            for texts, cells in zip(rows, board.cells, strict=True)
        ),
    )


def text_of(cell: Cell, number_format: str = "") -> str:
    """Return what stands in a cell."""
    return f"{cell:{number_format}}" if isinstance(cell, float) else cell or ""


def _formats(board: Board) -> list[str]:
    """Return the format of the numbers of each column: of a map, of all columns."""
    columns = list(zip(*board.cells, strict=True))
    if board.is_map:
        cells = [cell for column in columns for cell in column]
        return [_format_of(cells, 3, math.inf)] * len(columns)
    return [_format_of(column, 4, _MOST_SPREAD) for column in columns]


def _format_of(cells: Sequence[Cell], digits: int, most_spread: float) -> str:
    """Return a format for numbers that are compared with each other.

    Their points stand below each other, unless they are too large, too small, or too
    far apart for that.

    Args:
        cells: The numbers, among others.
        digits: After the first one of the largest.
        most_spread: How many times as large as the smallest the largest may be.
    """
    sizes = [abs(cell) for cell in cells if isinstance(cell, float) and cell]
    sizes = list(filter(math.isfinite, sizes))
    if not sizes:
        return ".1f"
    exponent = math.floor(math.log10(max(sizes)))
    is_plain = _LEAST <= exponent <= _MOST and max(sizes) <= most_spread * min(sizes)
    return f".{max(1, digits - exponent)}f" if is_plain else f".{digits - 1}e"


def _placed(text: str, width: int, *, is_number: bool) -> str:
    """Return a text in the middle of its column, numbers at its right side."""
    return f"{text:>{width - 1}} " if is_number else f" {text:<{width - 1}}"
