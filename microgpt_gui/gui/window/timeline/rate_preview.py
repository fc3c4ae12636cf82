"""A small picture of how the learning rate goes over the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.config import RunConfig

#: Of the past; more of them would not be seen.
_MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class RateCurve:
    """What ``config`` says of the steps from ``first`` to ``last``."""

    config: RunConfig
    first: int
    last: int
    is_chosen: bool = False  # drawn in the accent, on top

    @property
    def points(self) -> list[tuple[int, float]]:
        """Steps and rates with straight lines between them."""
        bend = min(max(self.config.decay_end - 1, self.first), self.last)
        rate_at = self.config.learning_rate_at
        return [(step, rate_at(step)) for step in (self.first, bend, self.last)]


@dataclass(frozen=True, slots=True)
class PastRates:
    """What the steps that were done have learnt with, forks and changes included."""

    rates: Sequence[float]
    is_chosen: bool = False

    @property
    def last(self) -> int:
        """The first step that was not done."""
        return len(self.rates)

    @property
    def points(self) -> list[tuple[int, float]]:
        """Steps and rates, close enough together for a small picture."""
        every = max(1, len(self.rates) // _MOST_POINTS)
        points = [(i, self.rates[i]) for i in range(0, len(self.rates), every)]
        return [*points, (self.last - 1, self.rates[-1])] if points else []


class RatePreview(QWidget):
    """Draws curves over one axis of steps, with a line at one step."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._curves: tuple[RateCurve | PastRates, ...] = ()
        self._here = 0
        self.setAccessibleName("Learning rate over the steps")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def past(self) -> list[tuple[int, float]]:
        """The points of what has been."""
        curves = [c for c in self._curves if isinstance(c, PastRates)]
        return [point for curve in curves for point in curve.points]

    @property
    def chosen(self) -> list[tuple[int, float]]:
        """The points of what is drawn in the accent."""
        return [p for curve in self._curves if curve.is_chosen for p in curve.points]

    def show_curves(
        self, curves: Sequence[RateCurve | PastRates], here: int, words: str
    ) -> None:
        """Draw ``curves``, a line at step ``here``, and say it in ``words`` too."""
        self._curves, self._here = tuple(curves), here
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        px = self._appearance.px
        return QSize(px(320), px(120))

    def minimumSizeHint(self) -> QSize:
        """As low, and as narrow as need be."""
        px = self._appearance.px
        return QSize(px(120), px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, curves and the line."""
        look, theme = self._appearance, self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(sizes.CAPTION))
        metrics = QFontMetricsF(painter.font())
        last = max((curve.last for curve in self._curves), default=1)
        rates = [rate for curve in self._curves for _, rate in curve.points]
        highest = max(rates, default=0.0) or 1.0
        top, bottom = f"{highest:.3g}", "0"
        left = metrics.horizontalAdvance(top) + look.px(6)
        area = QRectF(self.rect()).adjusted(
            left, metrics.height() / 2, -look.px(6), -metrics.height() - 2
        )

        def place(step: float, rate: float) -> QPointF:
            x = area.left() + step / max(last, 1) * area.width()
            return QPointF(x, area.bottom() - rate / highest * area.height())

        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.topLeft())
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(place(self._here, 0), place(self._here, highest))
        for curve in sorted(self._curves, key=lambda curve: curve.is_chosen):
            colour = theme.accent if curve.is_chosen else theme.muted
            painter.setPen(QPen(QColor(colour), look.px(2.5 if curve.is_chosen else 1)))
            painter.drawPolyline(QPolygonF([place(*point) for point in curve.points]))
        painter.setPen(QColor(theme.muted))
        half = metrics.ascent() / 2
        painter.drawText(QPointF(0, area.top() + half), top)
        width = metrics.horizontalAdvance(bottom)
        painter.drawText(
            QPointF(left - look.px(6) - width, area.bottom() + half), bottom
        )
        self._write_steps(painter, metrics, area, last)
        painter.end()

    def _write_steps(
        self, painter: QPainter, metrics: QFontMetricsF, area: QRectF, last: int
    ) -> None:
        """Write the first, the last and the marked step, where there is room."""
        taken: list[tuple[float, float]] = []
        y = self.height() - metrics.descent()
        for text, step in (
            (f"step {self._here:,}", self._here),
            (f"{last:,}", last),
            ("0", 0),
        ):
            width = metrics.horizontalAdvance(text)
            x = area.left() + step / max(last, 1) * area.width() - width / 2
            x = min(max(x, area.left()), self.width() - width)
            if all(x > right + 4 or x + width < left - 4 for left, right in taken):
                painter.drawText(QPointF(x, y), text)
                taken.append((x, x + width))
