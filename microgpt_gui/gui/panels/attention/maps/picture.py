"""The layers of the heat map: what changes with every step apart from what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from microgpt_gui.gui.panels.attention.arrangement import Arrangement, Detail, Place
from microgpt_gui.gui.panels.attention.heads_picture import HeadsPicture
from microgpt_gui.gui.panels.attention.maps.arranging import arrange
from microgpt_gui.gui.panels.attention.maps.lettering import Lettering
from microgpt_gui.gui.panels.attention.maps.mosaic import MOST_SHARE, Canvas, Shares
from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.widgets.colour_map import STEPS

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.attention.heads_picture import Wanted
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.text import TextReading

#: A cell is so many times as large as the letters beside it, or larger.
_AIR = 2.4


class Picture(HeadsPicture):
    """All heads as one image; with every look only the cells are drawn."""

    def __init__(
        self, appearance: Appearance, look: TextReading, wanted: Wanted
    ) -> None:
        """See `HeadsPicture`."""
        super().__init__(appearance, look, wanted)
        view, usual_tokens = wanted.view, wanted.usual_tokens
        is_enlarged = wanted.enlarged is not None
        tokens = len(look.labels)
        usual = tokens if is_enlarged else max(tokens, usual_tokens)

        def lettered(size: int) -> tuple[Lettering, Arrangement]:
            lettering = Lettering(
                appearance,
                look.labels,
                self._layers,
                self._heads,
                size=size,
                roles=wanted.roles,
            )
            arrangement = arrange(
                view.width(),
                view.height(),
                layers=1 if is_enlarged else self._layers,
                heads=1 if is_enlarged else self._heads,
                tokens=tokens,
                usual_tokens=usual,
                sizes=lettering.sizes,
                scroll_bar=wanted.scroll_bar,
                keeps_letters=wanted.keeps_letters,
            )
            return lettering, arrangement

        least = steps.TITLE if is_enlarged else steps.CAPTION
        self._lettering, self.arrangement = lettered(least)
        for size in (steps.DISPLAY, steps.TITLE, steps.BODY):
            least_cell = _AIR * appearance.px(size)
            if size <= least or not _carries(self.arrangement, usual, least_cell):
                continue
            lettering, arrangement = lettered(size)
            is_as_good = arrangement.title_form == self.arrangement.title_form
            if is_as_good and _carries(arrangement, usual, least_cell):
                self._lettering, self.arrangement = lettering, arrangement
                break
        self.titles = self._lettering.titles

    @property
    def has_numbers(self) -> bool:
        """See `HeadsPicture`."""
        is_enlarged = self._enlarged is not None
        return is_enlarged and self._lettering.is_numbered(self.arrangement)

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """See `HeadsPicture`."""
        self._offset, self._view, self._ratio = offset, view, ratio
        a, width, height = self.arrangement, view.width(), view.height()
        self._seen = a.heads_in(a.rows_within(offset.y(), height))
        self._canvas = Canvas(a, offset.x(), offset.y(), width, height, ratio)
        self.cells = QRect(*self._canvas.box)
        self._frames, painter = self._layer()
        self._lettering.draw_frames(painter, a, self._canvas.heads, self._enlarged or 0)
        painter.end()
        self.show_look(self._look)
        self.write_numbers()

    def show_look(self, look: TextReading) -> None:
        """See `HeadsPicture`."""
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
        """See `HeadsPicture`."""
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
        """See `HeadsPicture`."""
        if pointed is not None:
            self._mark_labels(painter, pointed)
        painter.drawPixmap(0, 0, self._frames)
        painter.drawImage(self.cells.topLeft(), self._image)
        if self._numbers is not None:
            painter.drawPixmap(0, 0, self._numbers)
        if pointed is not None:
            self._mark_cells(painter, pointed)

    def _needs_light(self, query: int, value: float) -> bool:
        if not 0.0 <= value <= MOST_SHARE:
            return bool(self._is_odd_dark)
        share = value / float(self.spans[0, query])
        return self._is_dark[min(STEPS - 1, max(0, round(share * (STEPS - 1))))]

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
