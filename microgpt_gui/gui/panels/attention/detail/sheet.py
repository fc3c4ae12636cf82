"""A table of numbers as a value: what stands in it, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple


class Cell(NamedTuple):
    """A place of a sheet.

    Attributes:
        value: A number, a text, or None for nothing.
        tint: From -1 to 1: how strongly it is below or above 0; 0 for no colour.
        bar: From 0 to 1: how far a bar reaches through it; None for no bar.
    """

    value: float | str | None = None
    tint: float = 0.0
    bar: float | None = None

    def written(self, *, is_whole: bool) -> str:
        """Return it as text; numbers in few digits unless ``is_whole``."""
        value = self.value
        if value is None or isinstance(value, str):
            return value or ""
        if is_whole or isinstance(value, int) or not isfinite(value):
            return repr(value)
        is_plain = value == 0 or 1e-4 <= abs(value) < 1e4
        return f"{value:.4f}" if is_plain else f"{value:.2e}"


class Row(NamedTuple):
    """A line of a sheet.

    Attributes:
        name: What it is called; stands first.
        cells: Behind that.
        told: What it is called in full, where it is read.
        is_sum: It stands for those above.
    """

    name: str
    cells: tuple[Cell, ...]
    told: str
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of numbers.

    Attributes:
        headers: Of the columns; the first is that of the names.
        rows: The lines.
        chosen: Which of them is looked at; None for none.
        order: The columns, the most needed first: where there is little room, the last
            are left out.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    chosen: int | None = None
    order: tuple[int, ...] = ()

    def told(self, row: int, column: int) -> str:
        """Say a cell in full: a number to its last digit."""
        line = self.rows[row]
        cell = line.cells[column - 1] if column else None
        if cell is None or cell.value is None:
            return line.told
        return f"{line.told}, {self.headers[column]}: {cell.written(is_whole=True)}"


#: Nothing to be shown.
EMPTY = Sheet((), ())


def tints(numbers: tuple[float, ...]) -> list[float]:
    """Return the tints of numbers: the largest, by its size, has 1 or -1."""
    most = max((abs(x) for x in numbers if isfinite(x)), default=0.0)
    return [x / most if most and isfinite(x) else 0.0 for x in numbers]
