"""Where heads stand that are drawn as lines: pure arithmetic in pixels, no Qt.

Every head has a title, a row of letters that look, a band of lines, and below it a row
of letters that are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from microgpt_gui.gui.panels.attention.arrangement import (
    Arrangement,
    Box,
    Detail,
    Place,
)


@dataclass(frozen=True, slots=True)
class LineSizes:
    """What the arrangement must leave room for, in pixels."""

    title: int  # height of a title line
    title_widths: tuple[int, ...]  # of the ways to write a title, longest first
    letters: int  # height of a row of letters
    numbers: int  # height of a row of numbers below them; 0 for none
    legible: int  # a letter needs so much along its row
    bos: int  # so much of BOS may stand out on the left
    gap: int  # between neighbours
    least_band: int  # lower bands tell nothing: scroll instead
    easy_band: int  # in bands so high, lines are told apart
    widest_step: int  # from letter to letter, at most
    titled: int = 0  # see `Sizes`


@dataclass(frozen=True, slots=True)
class LinesArrangement(Arrangement):
    """A grid of equal slots; a head's corner is that of its band.

    Attributes:
        band: Height from one row of letters to the other.
    """

    band: int

    def part_box(self, head: int) -> Box:
        """Return where band and lower letters of a head are."""
        return *self.corner(head), self.tokens * self.cell_width, self.edge

    def letter_box(self, head: int, token: int, *, is_query: bool) -> Box:
        """Return where a letter of the upper row, or of the lower one, is."""
        x, y = self.corner(head)
        top = y - self.above if is_query else y + self.band
        return x + token * self.cell_width, top, self.cell_width, self.above

    def cell_box(self, place: Place) -> Box:
        """Return what holds the two letters of a line."""
        x, y = self.corner(place.head)
        first, last = sorted((place.query, place.key))
        left, wide = x + first * self.cell_width, (last - first + 1) * self.cell_width
        return left, y - self.above, wide, self.band + 2 * self.above

    def head_at(self, x: int, y: int) -> int | None:
        """Return the head whose letters or lines are at a point."""
        found = Arrangement.head_at(self, x, y)
        return Arrangement.head_at(self, x, y + self.above) if found is None else found


def arrange_lines(
    width: int,
    height: int,
    *,
    layers: int,
    heads: int,
    tokens: int,
    usual_tokens: int,
    sizes: LineSizes,
    scroll_bar: int,
) -> LinesArrangement:
    """Place ``layers * heads`` bands, letters as far apart and bands as high as fits.

    Where all would be too low, the whole grows beyond ``height``; where the letters of
    one head have no room, beyond ``width``, or some of them are left out.

    Args:
        width: Of the view.
        height: Of the view.
        layers: Of the model; no row of the grid holds heads of two.
        heads: Of each layer.
        tokens: Of the text shown.
        usual_tokens: Of the longest text of late: see `arrange`.
        sizes: Of what is written.
        scroll_bar: Width of a scroll bar.
    """
    usual = max(tokens, usual_tokens)
    choices = [columns for columns in range(1, heads + 1) if heads % columns == 0]
    around = sizes.title + 2 * sizes.letters + sizes.numbers

    def room(columns: int, wide: int) -> tuple[int, int]:
        rows = layers * heads // columns
        across = (wide - sizes.bos - (columns - 1) * sizes.gap) // columns
        down = (height - (rows - 1) * sizes.gap) // rows
        return min(sizes.widest_step, across // usual), down - around

    def merit(columns: int) -> tuple[float, int]:
        step, band = room(columns, width)
        ease = min(1.0, band / sizes.easy_band) * min(1.0, step / sizes.legible)
        return (ease if band >= sizes.least_band else 0.0), step * band

    columns = max(choices, key=merit)
    step, band = room(columns, width)
    if band < sizes.least_band:
        width -= scroll_bar
        legible = [n for n in choices if room(n, width)[0] >= sizes.legible]
        columns = max(legible, default=1)
        step, band = room(columns, width)[0], sizes.least_band
    step = max(1, step)
    band = min(band, max(sizes.easy_band, step * usual // 2))
    wide = step * usual
    edge = band + sizes.letters + sizes.numbers
    spare = width - sizes.bos - columns * wide
    most = max(sizes.gap * 3, sizes.titled + sizes.gap - wide)
    gap = max(sizes.gap, min(most, spare // (columns + 1)))
    pitch_y = sizes.title + sizes.letters + edge + sizes.gap
    rows = layers * heads // columns
    used_x = sizes.bos + columns * (wide + gap) - gap
    used_y = rows * pitch_y - sizes.gap
    title_room = wide + gap - sizes.gap // 2
    forms = (i for i, title in enumerate(sizes.title_widths) if title <= title_room)
    return LinesArrangement(
        count=layers * heads,
        columns=columns,
        tokens=tokens,
        cell=max(1, band // tokens),
        cell_width=step,
        edge=edge,
        edge_width=wide,
        margin=0,
        above=sizes.letters,
        x=max(0, width - used_x) // 2 + sizes.bos,
        y=max(0, height - used_y) // 2 + sizes.title + sizes.letters,
        pitch_x=wide + gap,
        pitch_y=pitch_y,
        width=max(width, used_x),
        height=max(height, used_y),
        detail=Detail.LABELS,
        title_form=next(forms, len(sizes.title_widths) - 1),
        label_every=-(-sizes.legible // step),
        label_lines=1,
        label_lines_above=1,
        is_headed=False,
        tops=0,
        title_room=title_room,
        band=band,
    )
