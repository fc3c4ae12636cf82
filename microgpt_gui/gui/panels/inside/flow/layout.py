"""Where the stages of a way stand: side by side, and a row for each layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.session.reading.inside.stages import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.session.reading.inside.stages import Stage

#: What wide stages take of the width that is left, as multiples of what the others do.
_SHARES = {
    "scores": 2.0,
    "weights": 2.0,
    "mlp_in": 3.0,
    "hidden": 3.0,
    "logits": 2.0,
    "probs": 6.0,
}


class Sizes(NamedTuple):
    """What there has to be room for, in pixels."""

    titles: Mapping[str, int]  # how wide the title of each slot is
    title: int  # how high the line of titles is
    text: int  # how high the line of text below a row is
    bypass: int  # below strips, for the line of the residual stream
    gap: int  # between two slots
    row_gap: int
    least_strip: int  # height
    least_shown: int  # lower than this, titles are left alone
    least_cell: int
    bar: int  # height of a bar with its letter


class Strip(NamedTuple):
    """The numbers of one stage: in columns, each filled downwards, or in rows."""

    left: int
    top: int
    width: int
    height: int
    rows: int
    columns: int
    is_by_row: bool

    def place(self, index: int) -> tuple[int, int]:
        """Return row and column of a number."""
        if self.is_by_row:
            return divmod(index, self.columns)
        column, row = divmod(index, self.rows)
        return row, column

    def index_at(self, x: int, y: int) -> int:
        """Return which number is at a point within."""
        row = min(self.rows - 1, (y - self.top) * self.rows // self.height)
        column = min(self.columns - 1, (x - self.left) * self.columns // self.width)
        if self.is_by_row:
            return row * self.columns + column
        return column * self.rows + row

    def cell(self, index: int) -> tuple[int, int, int, int]:
        """Return left, top, width and height of a number's cell."""
        row, column = self.place(index)
        left = self.left + column * self.width // self.columns
        right = self.left + (column + 1) * self.width // self.columns
        top = self.top + row * self.height // self.rows
        bottom = self.top + (row + 1) * self.height // self.rows
        return left, top, max(1, right - left), max(1, bottom - top)


class Row(NamedTuple):
    """One layer's place; what comes before and after all layers is in its ends."""

    layer: int
    top: int
    strip_top: int
    strip_height: int

    @property
    def strip_bottom(self) -> int:
        """Return where its strips end."""
        return self.strip_top + self.strip_height


@dataclass(frozen=True, slots=True)
class FlowLayout:
    """The places of all.

    Attributes:
        strips: Of each stage that is shown, by its number among the stages.
        slots: Left and width of each slot, by what its stages' ids end in.
        rows: The layers that are shown.
        title: Height of the line of titles, above the rows.
        width: Of all.
        height: Of all.
    """

    strips: Mapping[int, Strip]
    slots: Mapping[str, tuple[int, int]]
    rows: tuple[Row, ...]
    title: int
    width: int
    height: int

    def stage_at(self, x: int, y: int) -> int | None:
        """Return which stage's slot is at a point; None beside all."""
        found = None
        for number, strip in self.strips.items():
            left, width = strip.left, strip.width
            if left - 2 <= x < left + width + 2:
                is_first = strip.top == self.rows[0].strip_top
                top = 0 if is_first else strip.top
                if top <= y < strip.top + strip.height:
                    found = number
        return found


def flow_layout(
    stages: Sequence[Stage],
    tokens: int,
    width: int,
    height: int,
    sizes: Sizes,
    only_layer: int | None = None,
) -> FlowLayout:
    """Return where the stages stand.

    Args:
        stages: Of a model, in order.
        tokens: That a head can look at.
        width: To be filled; more is taken where the titles need it.
        height: Likewise; less than a row needs is overrun.
        sizes: What there has to be room for.
        only_layer: The layer that alone is shown; None for all.
    """
    layers = sorted({stage.layer for stage in stages if stage.layer is not None})
    shown = layers if only_layer is None else [only_layer]
    slots = _slots(width, sizes)
    below = sizes.bypass + sizes.text
    room = (height - sizes.title - sizes.row_gap * (len(shown) - 1)) // len(shown)
    strip_height = max(sizes.least_strip, room - below)
    if strip_height < sizes.least_shown:
        strip_height = 0
    rows, top = [], sizes.title
    for layer in shown:
        rows.append(Row(layer, top, top, strip_height))
        top += strip_height + below + sizes.row_gap
    width_of_stream = next(s.width for s in stages if s.is_stream) or 1
    per_column = _per_column(width_of_stream, strip_height, sizes.least_cell)
    strips = {}
    for number, stage in enumerate(stages):
        is_before = stage.layer is None and number < len(stages) // 2
        if stage.layer is not None and stage.layer not in shown:
            continue
        if stage.layer is not None:
            row = rows[shown.index(stage.layer)]
        else:
            row = rows[0] if is_before else rows[-1]
        strips[number] = _strip(
            stage, tokens, slots[stage.slot], row, per_column, sizes
        )
    end = max(left + wide for left, wide in slots.values())
    height = top - sizes.row_gap
    return FlowLayout(strips, slots, tuple(rows), sizes.title, end, height)


def _slots(width: int, sizes: Sizes) -> dict[str, tuple[int, int]]:
    """Share the width."""
    names = list(sizes.titles)
    room = width - sizes.gap * (len(names) - 1)
    unit = _unit(room, sizes.titles)
    slots, at = {}, 0.0
    for name in names:
        wide = max(sizes.titles[name], unit * _SHARES.get(name, 1.0))
        slots[name] = round(at), round(at + wide) - round(at)
        at += wide + sizes.gap
    return slots


def _unit(room: float, titles: Mapping[str, int]) -> float:
    """Return how wide a usual slot is, so that all fill ``room``.

    Those with a wide title take what that needs, the others share the rest.
    """
    wide: set[str] = set()
    while True:
        left = room - sum(titles[name] for name in wide)
        shares = sum(_SHARES.get(n, 1.0) for n in titles if n not in wide)
        unit = max(0.0, left) / shares if shares else 0.0
        wider = {n for n, w in titles.items() if w > unit * _SHARES.get(n, 1.0)}
        if wider <= wide:
            return unit
        wide |= wider


def _per_column(count: int, height: int, least_cell: int) -> int:
    """Return how many of ``count`` numbers stand above each other."""
    columns = 1
    while 0 < height < least_cell * -(-count // columns) and columns < count:
        columns += 1
    return -(-count // columns)


def _strip(
    stage: Stage,
    tokens: int,
    slot: tuple[int, int],
    row: Row,
    per_column: int,
    sizes: Sizes,
) -> Strip:
    left, width = slot
    place = (left, row.strip_top, width, row.strip_height)
    if stage.width is None:
        return Strip(*place, stage.parts, tokens, is_by_row=True)
    if stage.id == "probs":
        bars = max(1, min(stage.width, row.strip_height // sizes.bar))
        return Strip(*place, bars, 1, is_by_row=False)
    count = stage.parts * stage.width
    if stage.kind is Kind.PRODUCT and stage.layer is None:  # logits
        most = max(per_column, row.strip_height // sizes.least_cell)
        per_column = _balanced(count, min(count, most))
    return Strip(*place, per_column, -(-count // per_column), is_by_row=False)


def _balanced(count: int, most: int) -> int:
    """Return how many stand above each other, at most ``most``, in equal columns."""
    columns = -(-count // most)
    return -(-count // columns)
