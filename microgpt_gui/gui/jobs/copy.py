"""Making what goes onto the clipboard, off the GUI thread."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.gui.threads.painting import painted, png

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QImage

    Check = Callable[[], None]
    Pieces = Callable[[Check], Iterable[str]]

#: A table of more signs is one that no spreadsheet takes, and that fills the memory.
MAX_SIGNS = 100_000_000


@dataclass(frozen=True, slots=True, eq=False)
class CopiedPicture:
    """A picture in every form that programs ask for.

    Attributes:
        svg: As lines, for programs that draw.
        png: In pixels, for all others.
        image: The same pixels, for systems that take no PNG.
    """

    svg: bytes
    png: bytes
    image: QImage


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table as text: a row a line, tabs between the cells.

    Attributes:
        text: Its header first.
        rows: How many follow that.
    """

    text: str
    rows: int


def picture_of(pieces: Pieces, check: Check) -> CopiedPicture:
    """Paint an SVG. See `Export`.

    Raises:
        ValueError: It cannot be made; says why, for people.
    """
    svg = "".join(pieces(check))
    check()
    image = painted(svg)
    check()
    return CopiedPicture(svg.encode(), png(image), image)


def table_of(pieces: Pieces, check: Check) -> CopiedTable:
    """Turn comma-separated values into a text that spreadsheets part into cells.

    Raises:
        ValueError: It is too long for that; says what to do instead.
    """
    text = "".join(pieces(check))
    if len(text) > MAX_SIGNS:
        raise ValueError(
            f"this table has {len(text):,} signs, and {MAX_SIGNS:,} is the most that "
            "can be copied; export it as CSV instead"
        )
    made, count = io.StringIO(), 0
    write = csv.writer(made, delimiter="\t", lineterminator="\n").writerow
    for count, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
        if count % 2000 == 0:
            check()
        write(row)
    return CopiedTable(made.getvalue(), count)
