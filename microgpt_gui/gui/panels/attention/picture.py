"""The layers of the heat map: what changes with every step apart from what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from microgpt_gui.gui.panel.cell_numbers import DARK_CELL
from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panels.attention.arrangement import (
    Arrangement,
    Detail,
    Place,
    Sizes,
)
from microgpt_gui.gui.panels.attention.arranging import arrange
from microgpt_gui.gui.panels.attention.lettering import Lettering
from microgpt_gui.gui.panels.attention.mosaic import MOST_SHARE, Canvas, Shares
from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.widgets.colour_map import STEPS, colour_table, lightness

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.colour_range import ColourRange
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.text import TextReading

#: A cell is so many times as large as the letters beside it, or larger.
_AIR = 2.4


class Picture:
    """Draws the part of the heads that is in view.

    Texts and outlines are drawn when the tokens, the size or the part change; with
    every look only the cells are, all heads as one image.

    Attributes:
        arrangement: Where the heads are.
        cells: The part of the view that changes from look to look.
        spans: The shares that have the end colour, [head in view][query].
    """

    def __init__(
        self,
        appearance: Appearance,
        look: TextReading,
        view: QSize,
        *,
        enlarged: int | None,
        usual_tokens: int,
        keeps_letters: bool,
        scroll_bar: int,
        colour_range: ColourRange,
    ) -> None:
        """Arrange ``look`` for a view.

        Args:
            appearance: Colours and fonts.
            look: What to show.
            view: Size of the view, scroll bars included.
            enlarged: The one head to show, counted through all layers; None for all.
            usual_tokens: See `arrange`.
            keeps_letters: See `arrange`.
            scroll_bar: Width of a scroll bar.
            colour_range: How far the colours reach.
        """
        self._colour_range = colour_range
        self._theme = appearance.theme
        self._look = look
        self._layers, self._heads = len(look.attention), len(look.attention[0])
        self._enlarged = enlarged
        is_enlarged = enlarged is not None
        tokens = len(look.labels)
        usual = tokens if is_enlarged else max(tokens, usual_tokens)

        def lettered(size: int) -> tuple[Lettering, Arrangement]:
            lettering = Lettering(
                appearance, look.labels, self._layers, self._heads, size=size
            )
            arrangement = arrange(
                view.width(),
                view.height(),
                layers=1 if is_enlarged else self._layers,
                heads=1 if is_enlarged else self._heads,
                tokens=tokens,
                usual_tokens=usual,
                sizes=lettering.sizes,
                scroll_bar=scroll_bar,
                keeps_letters=keeps_letters,
            )
            return lettering, arrangement

        least = steps.TITLE if is_enlarged else steps.CAPTION
        self._lettering, self.arrangement = lettered(least)
        for size in (steps.DISPLAY, steps.TITLE, steps.BODY):
            wanted = _AIR * appearance.px(size)
            if size <= least or not _carries(self.arrangement, usual, wanted):
                continue
            lettering, arrangement = lettered(size)
            is_as_good = arrangement.title_form == self.arrangement.title_form
            if is_as_good and _carries(arrangement, usual, wanted):
                self._lettering, self.arrangement = lettering, arrangement
                break
        self._sizes = self._lettering.sizes
        colours = colour_table(self._theme.map)
        self._is_dark = [bool(light < DARK_CELL) for light in lightness(colours)]
        others = (self._theme.map_empty, self._theme.map_odd)
        rgb = [QColor(colour).rgb() for colour in others]
        self._table = np.append(colours, np.array(rgb, np.uint32))
        self._is_odd_dark = lightness(self._table)[-1] < DARK_CELL

    @property
    def sizes(self) -> Sizes:
        """What the texts around the cells take."""
        return self._sizes

    @property
    def heads_in_view(self) -> list[tuple[int, int]]:
        """The heads that the view shows, of all layers, each with its slot."""
        shown = self._shown()
        first = shown.start if self._enlarged is not None else 0
        return [(head, head - first) for head in shown]

    @property
    def has_numbers(self) -> bool:
        """Whether the cells have their values written into them."""
        is_enlarged = self._enlarged is not None
        return is_enlarged and self._lettering.is_numbered(self.arrangement)

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """Draw every layer for the part of the whole that is in view.

        Args:
            offset: The point of the whole that is at the top left of the view.
            view: Size of the part.
            ratio: Pixels of the screen to a pixel of the view.
        """
        self._offset, self._view, self._ratio = offset, view, ratio
        a, width, height = self.arrangement, view.width(), view.height()
        self._canvas = Canvas(a, offset.x(), offset.y(), width, height, ratio)
        self.cells = QRect(*self._canvas.box)
        self._frames, painter = self._layer()
        self._lettering.draw_frames(painter, a, self._canvas.heads, self._enlarged or 0)
        painter.end()
        self.show_look(self._look)
        self.write_numbers()

    def show_look(self, look: TextReading) -> None:
        """Draw the cells of ``look``, which has the same tokens, heads and layers."""
        self._look = look
        shares = Shares(self._heads_in_view(), self._colour_range)
        self.spans = shares.spans
        indices = shares.colour_indices(STEPS)
        self._pixels = self._canvas.draw(self._table[indices])  # the image's memory
        height, width = self._pixels.shape
        self._image = QImage(
            self._pixels.data,
            width,
            height,
            4 * width,
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        self._image.setDevicePixelRatio(self._ratio)

    def write_numbers(self) -> None:
        """Write the values of the look shown last into the cells, where they fit."""
        self._numbers: QPixmap | None = None
        if not self.has_numbers:
            return
        self._numbers, painter = self._layer()
        values = self._heads_in_view()[0]
        self._lettering.draw_numbers(
            painter, self.arrangement, values, self._needs_light
        )
        painter.end()

    def paint(self, painter: QPainter, pointed: Place | None) -> None:
        """Put the layers together, and mark what is pointed at."""
        if pointed is not None:
            self._mark_labels(painter, pointed)
        painter.drawPixmap(0, 0, self._frames)
        painter.drawImage(self.cells.topLeft(), self._image)
        if self._numbers is not None:
            painter.drawPixmap(0, 0, self._numbers)
        if pointed is not None:
            self._mark_cells(painter, pointed)

    def span_of(self, head: int, query: int) -> float | None:
        """Return the share that has the end colour in a row; None out of view.

        Args:
            head: Counted through all layers.
            query: From 0.
        """
        shown = self._shown()
        if head not in shown or query >= self.spans.shape[1]:
            return None
        return float(self.spans[head - shown.start, query])

    def box_of(self, head: int) -> QRect:
        """Return where a head with all that is written beside it is in the view."""
        a, sizes = self.arrangement, self._sizes
        x, y = a.corner(head)
        box = QRect(x, y, a.tokens * a.cell_width, a.tokens * a.cell)
        box.adjust(-a.margin, -a.above, 0, 0)
        if a.detail is not Detail.BARE:
            title = sizes.title_widths[a.title_form]
            box.adjust(0, -sizes.title, max(0, title - box.width()), 0)
        return box.translated(-self._offset)

    def _layer(self) -> tuple[QPixmap, QPainter]:
        """Return a transparent picture of the view, and a painter on it."""
        return new_layer(self._view, self._offset, self._ratio)

    def _shown(self) -> range:
        """Return the heads that the view shows, counted through all layers."""
        if self._enlarged is not None:
            return range(self._enlarged, self._enlarged + 1)
        return self._canvas.heads

    def _heads_in_view(self) -> list[tuple[tuple[float, ...], ...]]:
        """Return [head][query][key] of the heads that the view shows."""
        attention, heads = self._look.attention, self._heads
        return [attention[i // heads][i % heads] for i in self._shown()]

    def _needs_light(self, query: int, value: float) -> bool:
        if not 0.0 <= value <= MOST_SHARE:
            return bool(self._is_odd_dark)
        share = value / float(self.spans[0, query])
        return self._is_dark[min(STEPS - 1, max(0, round(share * (STEPS - 1))))]

    def _cell(self, place: Place) -> QRect:
        """Return where a cell is in the view."""
        a = self.arrangement
        x, y = a.corner(place.head)
        left, top = x + place.key * a.cell_width, y + place.query * a.cell
        box = QRect(left, top, a.cell_width, a.cell)
        return box.translated(-self._offset)

    def _mark_labels(self, painter: QPainter, place: Place) -> None:
        a = self.arrangement
        labelled = a.labelled()
        ground = QColor(self._theme.hover)
        cell, corner = self._cell(place), self._cell(Place(place.head, 0, 0))
        if place.key in labelled:
            top = corner.top() - a.above
            painter.fillRect(QRect(cell.left(), top, cell.width(), a.above), ground)
        if place.query in labelled:
            left = corner.left() - a.margin
            painter.fillRect(QRect(left, cell.top(), a.margin, cell.height()), ground)

    def _mark_cells(self, painter: QPainter, place: Place) -> None:
        painter.setPen(QColor(self._theme.muted))
        painter.drawRects(
            [
                self._cell(Place(i, place.query, place.key)).adjusted(-1, -1, -1, -1)
                for i in self._canvas.heads
                if i != place.head
            ]
        )
        # Dark and light lines: one of them is visible on any colour of the map.
        box = self._cell(place).adjusted(-1, -1, -1, -1)
        painter.setPen(QColor(self._theme.surface))
        painter.drawRect(box.adjusted(-2, -2, 2, 2))
        painter.setPen(QColor(self._theme.text))
        painter.drawRects([box, box.adjusted(-1, -1, 1, 1)])


def _carries(arrangement: Arrangement, tokens: int, cell: float) -> bool:
    """Say whether cells, with labels, are at least so large for texts of ``tokens``."""
    is_labelled = arrangement.detail is Detail.LABELS
    return is_labelled and arrangement.edge // tokens >= cell
