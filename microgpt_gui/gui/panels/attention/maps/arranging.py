"""How large the heads are, and how much is written around them: pure arithmetic.

A row of the grid is of one layer. Detail goes before size does. Heads with letters are
squares; one that stands alone, and those without letters, are wider than high where
there is more width than height.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from microgpt_gui.gui.panels.attention.arrangement import Arrangement, Detail, Sizes

#: Cells are at most so many times as wide as high.
_STRETCH = 2.5

#: So many heights of the view are scrolled through at most to keep the letters.
_SCREENS = 3

#: A text of at most so many tokens is a word: some of its letters alone say little.
_WORD = 32


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a detail takes around the squares."""

    detail: Detail
    margin: int  # of labels, left of each square
    above: int  # of labels
    title: int  # above these
    gap: int  # between slots
    outer: int  # left of all
    header: int  # above all
    lines: int  # of labels
    legible: int  # cells must be so large for a text of the usual length; 0 for any
    tops: int = 0  # of ``above`` or ``header``: letters along the top alone

    @property
    def is_square(self) -> bool:
        """Whether cells are as wide as high, if there are several heads."""
        return self.detail is Detail.LABELS

    @property
    def top(self) -> int:
        """Above each square."""
        return self.title + self.above


@lru_cache(64)
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
    keeps_letters: bool = False,
) -> Arrangement:
    """Place ``layers * heads`` squares of ``tokens`` cells, as large as fits.

    Detail goes first: with many heads the labels are left out, then the titles, and
    where the squares would still be too small the whole grows beyond ``height``.

    Args:
        width: Of the view.
        height: Of the view.
        layers: Of the model; no row of the grid holds heads of two.
        heads: Of each layer.
        tokens: Of the text shown.
        usual_tokens: Of the longest text of late: decides the detail, so that it does
            not come and go with every document.
        sizes: Of what is written.
        scroll_bar: Width of a scroll bar.
        keeps_letters: Rather scroll a little than leave letters out.
    """
    usual = max(tokens, usual_tokens)
    is_alone = layers * heads == 1
    frames = _frames(sizes, layers, is_alone)
    for frame in frames:
        if keeps_letters and frame.detail is Detail.LABELS and not frame.legible:
            scrolled = _with_letters(
                width - scroll_bar,
                height,
                layers,
                heads,
                usual,
                sizes,
                replace(frames[1], outer=0),
            )
            if scrolled is not None:
                columns, edge, frame = scrolled
                width -= scroll_bar
                break
        edge, columns = _largest(width, height, layers, heads, frame)
        if frame.header and columns != heads:
            continue  # a column would not be one head of every layer
        wide = _stretched(width, edge, columns, frame)
        if frame.tops and wide // usual < sizes.legible:
            continue
        if _serves(frame, edge, layers, usual, sizes) and (
            not frame.title or _title_form(edge + frame.margin, sizes) is not None
        ):
            break
    else:
        edge = max(sizes.scrolled_edge, sizes.title_widths[-1], usual)
        able = [f for f in frames if f.title and _serves(f, edge, layers, usual, sizes)]
        frame = able[0] if able else _titled(sizes)
        width -= scroll_bar
        columns = _most_columns(width, heads, edge, frame)
    is_square = frame.is_square and not is_alone
    wide = edge if is_square else _stretched(width, edge, columns, frame)
    return _placed(
        width, height, layers * heads, columns, edge, wide, tokens, frame, sizes
    )


def _frames(sizes: Sizes, layers: int, is_alone: bool) -> tuple[_Frame, ...]:
    """Return what may be written, best first."""

    def labelled(margin: int, above: int, lines: int, legible: int) -> _Frame:
        return _Frame(
            detail=Detail.LABELS,
            margin=margin,
            above=above,
            title=sizes.title,
            gap=sizes.gap,
            outer=sizes.axis,
            header=0,
            lines=lines,
            legible=legible,
        )

    line, narrow, letter = sizes.label_line, sizes.letter_margin, sizes.letter
    half = -(-sizes.legible // 2)
    bare = _Frame(
        detail=Detail.BARE,
        margin=0,
        above=0,
        title=0,
        gap=max(2, sizes.gap // 3),
        outer=0,
        header=0,
        lines=1,
        legible=0,
    )
    headed = replace(bare, gap=sizes.gap * 2 // 3, outer=sizes.axis, header=sizes.title)
    titled = _titled(sizes)
    tops = replace(headed, header=sizes.title + line, tops=line)
    with_tops = (
        *([tops] if layers > 1 else []),
        replace(titled, above=line, tops=line),
    )
    return (
        labelled(sizes.label_margin, line, 1, max(sizes.legible, sizes.bos)),
        labelled(narrow, line, 1, sizes.legible),
        # The cells of a head alone are wide enough for one line along the top.
        labelled(narrow + letter, line + (0 if is_alone else letter), 2, half),
        labelled(narrow, line, 1, 0),
        *with_tops,
        *([headed] if layers > 1 else []),
        titled,
        bare,
    )


def _titled(sizes: Sizes) -> _Frame:
    return _Frame(
        detail=Detail.TITLES,
        margin=0,
        above=0,
        title=sizes.title,
        gap=sizes.gap * 2 // 3,
        outer=0,
        header=0,
        lines=1,
        legible=0,
    )


def _largest(
    width: int, height: int, layers: int, heads: int, frame: _Frame
) -> tuple[int, int]:
    """Return the edge of the largest squares and their columns, or of what is wider."""
    best, largest = (0, 1), 0
    for columns in _divisors(heads):
        rows = layers * heads // columns
        across = (width - frame.outer - (columns - 1) * frame.gap) // columns
        down = (height - frame.header - (rows - 1) * frame.gap) // rows
        edge = max(0, min(across - frame.margin, down - frame.top))
        wide = edge if frame.is_square else _stretched(width, edge, columns, frame)
        if edge * wide >= largest:
            best, largest = (edge, columns), edge * wide
    return best


def _divisors(heads: int) -> list[int]:
    """Return the numbers of columns that leave no row with heads of two layers."""
    return [columns for columns in range(1, heads + 1) if heads % columns == 0]


def _with_letters(
    width: int,
    height: int,
    layers: int,
    heads: int,
    tokens: int,
    sizes: Sizes,
    frame: _Frame,
) -> tuple[int, int, _Frame] | None:
    """Return columns, edge and frame of a grid that scrolls; None beyond _SCREENS."""
    edge = sizes.legible * tokens
    columns = _most_columns(width, heads, edge, frame)
    rows = layers * heads // columns
    is_wide = columns * (frame.margin + edge + frame.gap) - frame.gap > width
    if is_wide or rows * (frame.top + edge + frame.gap) > _SCREENS * height:
        return None
    return columns, edge, frame


def _most_columns(width: int, heads: int, edge: int, frame: _Frame) -> int:
    room = width - frame.outer + frame.gap
    most = max(1, room // (frame.margin + edge + frame.gap))
    return max(columns for columns in _divisors(heads) if columns <= most)


def _stretched(width: int, edge: int, columns: int, frame: _Frame) -> int:
    """Return how wide the cells of a head are together, where the room is wide."""
    room = (width - frame.outer + frame.gap) // columns - frame.gap - frame.margin
    return max(edge, min(room, round(edge * _STRETCH)))


def _serves(frame: _Frame, edge: int, layers: int, tokens: int, sizes: Sizes) -> bool:
    if edge < tokens:
        return False
    if frame.legible:
        return edge // tokens >= frame.legible and edge >= sizes.least_edge
    if frame.detail is Detail.LABELS:
        return edge >= sizes.labelled_edge and tokens > _WORD
    return edge >= (sizes.titled_edge if frame.title else sizes.least_edge)


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
    wide: int,
    tokens: int,
    frame: _Frame,
    sizes: Sizes,
) -> Arrangement:
    slot = frame.margin + wide
    rows = -(-count // columns)
    spare = width - frame.outer - columns * slot
    most = frame.gap * 3
    if frame.title:  # where there is room, what a head does stands beside its name
        most = max(most, sizes.titled + frame.gap - slot)
    gap = max(frame.gap, min(most, spare // (columns + 1)))
    pitch_x, pitch_y = slot + gap, frame.top + edge + frame.gap
    used_x = frame.outer + columns * pitch_x - gap
    used_y = frame.header + rows * pitch_y - frame.gap
    cell = max(1, edge // tokens)
    beside = max(0, width - used_x) // 2
    title_room = slot + min(gap - frame.gap // 2, beside)
    title_form = _title_form(title_room, sizes)
    every = -(-sizes.legible // (cell * frame.lines))
    return Arrangement(
        count=count,
        columns=columns,
        tokens=tokens,
        cell=cell,
        cell_width=max(1, wide // tokens),
        edge=edge,
        edge_width=wide,
        margin=frame.margin,
        above=frame.above,
        x=max(0, width - used_x) // 2 + frame.outer + frame.margin,
        y=max(0, height - used_y) // 2 + frame.header + frame.top,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        width=max(width, used_x),
        height=max(height, used_y),
        detail=frame.detail,
        title_form=title_form or 0,
        label_every=every if frame.detail is Detail.LABELS else 0,
        label_lines=frame.lines,
        label_lines_above=1 if wide // tokens >= sizes.legible else frame.lines,
        is_headed=frame.header > 0,
        tops=frame.tops,
        title_room=title_room,
    )
