"""Where the cells of a stage that is opened stand, in pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Room(NamedTuple):
    """What there is room for, and what has to have some, in pixels."""

    width: int
    height: int
    names: int  # width of the names of rows, and of what enters
    line: int  # height of a line of text
    out: int  # width of a number that comes out, at least; 0 for none
    has_entering: bool
    has_column_names: bool
    gap: int
    px: Callable[[float], int]


class SheetLayout(NamedTuple):
    """The places: names and what comes out at the left, what enters above."""

    left: int  # of the cells
    top: int  # of the cells
    wide: int  # a cell
    high: int
    out_left: int
    out_wide: int
    entering_top: int
    entering_high: int
    width: int  # of the whole
    height: int

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """Return left and top of a cell."""
        return self.left + column * self.wide, self.top + row * self.high


#: In pixels at 100 %: cells that fit are at least so large, those that scroll so large.
_LEAST_HIGH, _LEAST_WIDE, _NAMED_HIGH, _NAMED_WIDE = 4, 3, 13, 15
_MOST_HIGH, _MOST_WIDE = 60, 110
_LEAST_ENTERING, _MOST_ENTERING, _MOST_OUT = 15, 34, 84


def sheet_layout(
    rows: int, columns: int, room: Room, *, are_rows_named: bool
) -> SheetLayout:
    """Return where ``rows`` times ``columns`` cells stand.

    They fill the room, or are overrun where they would be too small.
    """
    px = room.px
    out_wide = room.out
    if out_wide:  # as wide as the other cells, or nearly
        others = (room.width - room.names - room.gap) // (columns + 1)
        out_wide = max(out_wide, min(px(_MOST_OUT), others))
    left = room.names + (out_wide + room.gap if out_wide else 0)
    entering_top = room.line if room.has_column_names else 0
    wide = _fitting(
        room.width - left - 1,
        columns,
        px(_LEAST_WIDE),
        px(_NAMED_WIDE if room.has_column_names else _LEAST_WIDE),
        px(_MOST_WIDE),
    )
    entering_high = 0
    top = entering_top + 1
    if room.has_entering:
        entering_high = max(px(_LEAST_ENTERING), room.line)
        others = (room.height - entering_top - room.gap) // (rows + 1)
        entering_high = max(entering_high, min(px(_MOST_ENTERING), others))
        top += entering_high + room.gap // 2
    high = _fitting(
        room.height - top - 1,
        rows,
        px(_LEAST_HIGH),
        px(_NAMED_HIGH if are_rows_named else _LEAST_HIGH),
        px(_MOST_HIGH),
    )
    return SheetLayout(
        left=left,
        top=top,
        wide=wide,
        high=high,
        out_left=room.names,
        out_wide=out_wide,
        entering_top=entering_top,
        entering_high=entering_high,
        width=left + columns * wide + 1,
        height=top + rows * high + 1,
    )


def _fitting(room: int, count: int, least: int, scrolled: int, most: int) -> int:
    fitting = room // max(1, count)
    return min(most, fitting) if fitting >= least else scrolled
