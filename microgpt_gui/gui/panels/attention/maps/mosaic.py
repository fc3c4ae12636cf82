"""From nested tuples of attention to one picture of all heads, in NumPy."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.panel.colour_range import ColourRange, rounded_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.attention.arrangement import Arrangement


#: The largest share of attention: rounding may leave a trace above 1.
MOST_SHARE = 1.0 + 1e-9

#: So many of a head's shares lie within its range; those beyond have the end colour.
WITHIN = 0.95

#: No range of a head ends before this.
LEAST_SPAN = 1e-6

#: From this many pixels on, cells stand apart by one.
SEPARATED_CELL = 8


class Shares:
    """What the heads give to each token, and which colours stand for it.

    Attributes:
        values: [head][row after row]; what is no share is 0.
        spans: [head][query], the share that has the end colour.
    """

    def __init__(
        self,
        heads: Sequence[Sequence[Sequence[float]]],
        colour_range: ColourRange = ColourRange.FIXED,
    ) -> None:
        """Take them up.

        Args:
            heads: [head][query][key], all of as many tokens; row ``q`` holds keys 0 to
                ``q``; each value from 0 to 1, as a rule.
            colour_range: How far the colours reach.
        """
        self._tokens = tokens = len(heads[0])
        causal = tokens * (tokens + 1) // 2
        rows = chain.from_iterable(heads)
        flat = np.fromiter(chain.from_iterable(rows), float, len(heads) * causal)
        self._are_odd = ~((flat >= 0.0) & (flat <= MOST_SHARE))  # NaN is neither
        flat[self._are_odd] = 0.0
        self.values = flat.reshape(len(heads), causal)
        self._is_fixed = colour_range is ColourRange.FIXED
        self.spans = _spans(self.values, tokens, colour_range)

    def colour_indices(self, colours: int) -> NDArray[np.intp]:
        """Return the colour of every cell, [head][query][key].

        Args:
            colours: Number of colours from 0 to the end of the range.

        Returns:
            0 to ``colours - 1``; ``colours`` where a query has no such key, and one
            more where the value is no share of 1.
        """
        tokens, heads = self._tokens, len(self.values)
        result = np.full((heads, tokens, tokens), colours, np.intp)
        queries, keys = _causal(tokens)
        result[:, queries, keys] = self.shades(colours)
        return result

    def shades(self, colours: int) -> NDArray[np.intp]:
        """Return the same of what each query may look at, [head][row after row]."""
        shares: NDArray[np.float64] = self.values
        if not self._is_fixed:
            queries, _ = _causal(self._tokens)
            shares = shares / self.spans[:, queries]
        shades = np.clip(np.rint(shares * (colours - 1)), 0, colours - 1)
        shades[self._are_odd.reshape(shades.shape)] = colours + 1
        return shades.astype(np.intp)


@lru_cache(8)
def _causal(tokens: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return query and key of all that may be looked at, row after row."""
    queries, keys = np.tril_indices(tokens)
    return queries, keys


def _spans(
    values: NDArray[np.float64], tokens: int, colour_range: ColourRange
) -> NDArray[np.float64]:
    """Return the share that has the end colour, [head][query]; see `ColourRange`."""
    if colour_range is ColourRange.ROW:
        queries = np.arange(tokens)
        largest = np.maximum.reduceat(values, queries * (queries + 1) // 2, axis=1)
        return np.where(largest > 0, largest, 1.0)
    spans = np.ones((len(values), tokens))
    if colour_range is ColourRange.PART:
        wanted = np.quantile(values, WITHIN, axis=1)
        ends = [min(1.0, rounded_up(max(LEAST_SPAN, end))) for end in wanted]
        spans *= np.array(ends)[:, None]
    return spans


class Canvas:
    """Draws cells, each a rectangle of pixels, into a picture of a part of the whole.

    Built anew when the arrangement or the part changes; `draw` is then quick. The
    pixels of the picture are the screen's: cells begin at whole ones, so that the gaps
    between them are all alike, whatever the scale of the screen.

    Attributes:
        heads: The heads that the part shows.
        box: Left, top, width and height of the picture, which holds no more than the
            cells, from the top left of the part, in pixels of the view.
    """

    def __init__(
        self,
        arrangement: Arrangement,
        left: int,
        top: int,
        width: int,
        height: int,
        ratio: float = 1.0,
    ) -> None:
        """Choose what is drawn.

        Args:
            arrangement: Where the heads are.
            left: Of the part, in the whole; this and the next in pixels of the view.
            top: Of the part.
            width: Of the part.
            height: Of the part.
            ratio: Pixels of the screen to a pixel of the view.
        """
        a = arrangement
        rows = a.rows_within(top, height)
        first, self._rows = rows.start, len(rows)
        self._columns, self._tokens = a.columns, a.tokens
        self.heads = a.heads_in(rows)
        is_large = min(a.cell, a.cell_width) >= SEPARATED_CELL
        gap = round(ratio) if is_large else 0
        spans = []
        for seen_from, seen, start, pitch, slots, cell in (
            (left, width, a.x, a.pitch_x, a.columns, a.cell_width),
            (top, height, a.y + first * a.pitch_y, a.pitch_y, self._rows, a.cell),
        ):
            begin = max(seen_from, start)
            end = min(seen_from + seen, start + (slots - 1) * pitch + a.tokens * cell)
            size = max(1, end - begin)
            edges = np.arange(slots)[:, None] * pitch + np.arange(a.tokens) * cell
            edges = edges.reshape(-1) - (begin - start)
            sources = _sources(edges, cell, size, gap, ratio)
            spans.append((begin - seen_from, size, sources))
        (x, wide, self._from_x), (y, high, self._from_y) = spans
        self.box = x, y, wide, high

    def draw(self, colours: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return the picture, [y][x], transparent where there is no cell.

        Args:
            colours: Of the cells of ``heads``, [head][query][key].
        """
        rows, columns, tokens = self._rows, self._columns, self._tokens
        tiles = np.zeros((rows * columns, tokens, tokens), np.uint32)
        tiles[: len(self.heads)] = colours
        # One row and one column more, for the pixels between cells.
        mosaic = np.zeros((rows * tokens + 1, columns * tokens + 1), np.uint32)
        mosaic[:-1, :-1] = (
            tiles.reshape(rows, columns, tokens, tokens)
            .transpose(0, 2, 1, 3)
            .reshape(rows * tokens, columns * tokens)
        )
        return mosaic.take(self._from_x, axis=1).take(self._from_y, axis=0)


def _sources(
    edges: NDArray[np.intp], cell: int, length: int, gap: int, ratio: float
) -> NDArray[np.intp]:
    """Return from which line of cells each line of pixels comes; -1 for from none.

    Args:
        edges: Where the lines of cells begin, in pixels of the view, ascending.
        cell: Edge of a cell, in pixels of the view.
        length: Of the picture, in pixels of the view.
        gap: Between two cells, in pixels of the screen.
        ratio: Pixels of the screen to a pixel of the view.
    """
    starts = np.floor(edges * ratio + 0.5)
    ends = np.floor((edges + cell) * ratio + 0.5) - gap
    pixels = np.arange(ceil(length * ratio))
    line = np.searchsorted(starts, pixels, side="right") - 1
    return np.where((line >= 0) & (pixels < ends[line]), line, -1)
