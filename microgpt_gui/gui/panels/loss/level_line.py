"""A loss that stays as it is, as a dashed line with words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import (
    QGraphicsLineItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
)

from microgpt_gui.gui.panels.loss.items import fill, set_text
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot

#: A plot is low with less height than so many lines of words.
_LOW = 6


class LevelLine:
    """A dashed line across the plot, and what it means in as many words as fit."""

    def __init__(self, plot: GrowingPlot, *, is_under: bool = False) -> None:
        """Show nothing yet; ``is_under`` has its words under the line."""
        self._plot = plot
        self._line = QGraphicsLineItem()
        self._ground = QGraphicsRectItem()
        self._text = QGraphicsSimpleTextItem(self._ground)
        self._is_under = is_under
        self._margin = 0
        self._level: float | None = None
        self._wordings: Sequence[str] = ()
        self._taken: Sequence[QRectF] = ()
        self._covered = self._said = QRectF()
        for item in (self._line, self._ground):
            plot.add_mark(item)
            item.hide()

    @property
    def text(self) -> str:
        """What the line's label says; empty where it does not show."""
        return self._text.text() if self._ground.isVisible() else ""

    def restyle(self, appearance: Appearance) -> None:
        """Take up theme and zoom."""
        theme = appearance.theme
        self._margin = appearance.px(sizes.TIGHT)
        self._line.setPen(
            pg.mkPen(theme.reference, width=1, style=Qt.PenStyle.DashLine)
        )
        fill(self._ground, theme.surface, None, opacity=0.85)
        self._text.setFont(appearance.font(sizes.CAPTION, QFont.Weight.Medium))
        self._text.setBrush(QBrush(QColor(theme.reference)))

    @property
    def box(self) -> QRectF:
        """Where its words stand, in the pixels of marks; empty for nowhere."""
        if not self._ground.isVisible():
            return QRectF()
        return self._ground.rect().translated(self._ground.pos())

    def place(
        self,
        level: float | None,
        wordings: Sequence[str] = (),
        taken: Sequence[QRectF] = (),
    ) -> None:
        """Put it where ``level`` is now; hide it where that is None or no number.

        Args:
            level: In nats.
            wordings: What it means, longest first.
            taken: Where other words stand, in the pixels of marks: these move aside, or
                else are left out.
        """
        self._level, self._wordings, self._taken = level, wordings, taken
        view = self._plot.view_rect
        is_number = level is not None and isfinite(level)
        y = self._plot.to_pixels(0, level or 0.0).y() if is_number else -1.0
        is_seen = 0 <= y <= view.height()
        self._line.setVisible(is_seen)
        self._ground.setVisible(is_seen)
        if not is_seen:
            return
        self._line.setLine(0, y, view.width(), y)
        metrics = QFontMetricsF(self._text.font())
        height = metrics.height()
        top, right = self._top_of_words(y, height), view.width()
        covered = self._covered
        if (
            not covered.isEmpty()
            and top < covered.bottom()
            and top + height > (covered.top())
        ):
            right = covered.left()
        text = next(
            (w for w in wordings if metrics.horizontalAdvance(w) < right * 0.9),
            wordings[-1],
        )
        width = metrics.horizontalAdvance(text) + 2 * self._margin
        place = QRectF(right - width - self._margin, top, width, height)
        if place.intersects(self._said):
            place.moveBottom(self._said.top())
            if place.top() < 0:
                place.moveTop(self._said.bottom())
        if not self._is_free(place):
            text, place = self._aside(metrics, y) or ("", QRectF())
        set_text(self._text, text)
        self._ground.setRect(0, 0, place.width(), height)
        self._text.setPos(self._margin, 0)
        self._ground.setPos(place.topLeft())
        self._ground.setVisible(bool(text) and place.bottom() <= view.height())

    def _is_free(self, place: QRectF) -> bool:
        return not any(map(place.intersects, self._taken))

    def _aside(self, metrics: QFontMetricsF, y: float) -> tuple[str, QRectF] | None:
        """Return words, and where they are in nobody's way; None for nowhere.

        In a low plot there is no such place: they would hide the curves.
        """
        view, height = self._plot.view_rect, metrics.height()
        if view.height() < _LOW * height:
            return None
        blocked = (*self._taken, self._said, self._covered)
        for text in self._wordings:
            width = metrics.horizontalAdvance(text) + 2 * self._margin
            for top in (y - height - 2, y + 2):
                for right in (view.width(), *(box.left() for box in self._taken)):
                    left = right - width - self._margin
                    place = QRectF(left, top, width, height)
                    is_within = left >= 0 <= top and place.bottom() <= view.height()
                    if is_within and not any(map(place.intersects, blocked)):
                        return text, place
        return None

    def _top_of_words(self, y: float, height: float) -> float:
        """Return where words of that height stand: over the line, or else under it.

        In a low plot, where they would hide much of the curve there, they stand on the
        line itself.
        """
        over = y - height - 2
        if self._is_under and y + height + 2 <= self._plot.view_rect.height():
            return y + 2
        if over >= 0:
            return over
        is_low = self._plot.view_rect.height() < _LOW * height
        return max(0.0, y - height / 2) if is_low else y + 2

    def avoid(self, covered: QRectF, said: QRectF) -> None:
        """Write nothing where something else stands, in the pixels of marks.

        Args:
            covered: Something in a corner: the words move aside.
            said: What the plot says across its middle: the words stand over or under
                it, and in a low plot nowhere.
        """
        if (covered, said) != (self._covered, self._said):
            self._covered, self._said = covered, said
            self.place(self._level, self._wordings, self._taken)
            self._plot.redraw_marks()
