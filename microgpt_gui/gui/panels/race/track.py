"""The losses of all entrants in one plot, drawn so that one sees that they coincide.

The slower an engine, the broader and fainter its line, and the further below: a faster
one runs along its middle. A flag at each tip tells whose it is.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import ceil, floor, isfinite
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen
from PySide6.QtWidgets import (
    QGraphicsEllipseItem,
    QGraphicsLineItem,
    QGraphicsRectItem,
    QGraphicsSimpleTextItem,
)

from microgpt_gui.gui import glossary
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plot import Plot
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.traces import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from microgpt_gui.gui.theme.appearance import Appearance

#: More steps than this are drawn as means of 2, 4, 8 ... steps.
MAX_POINTS = 256

#: Redrawing the axes is dear: at most twice a second.
RANGES_EVERY_S = 0.5

#: How much of its colour the slowest line keeps on the panel's ground.
_FAINTEST = 0.55

#: Room that a curve needs at least, in nats.
_LEAST_SPAN = 1.0


@dataclass(frozen=True, slots=True)
class Tip:
    """An entrant as the track sees it."""

    name: str
    color: str
    losses: NDArray[np.float64]  # [step], nats


class RaceTrack:
    """Draws entrants into a plot of its own.

    Attributes:
        plot: To be put into a layout.
    """

    def __init__(self, appearance: Appearance) -> None:
        self.plot = Plot(
            appearance, "Losses of the race", "step", "loss (nats)", is_x_whole=True
        )
        self.plot.y_axis.setToolTip(wrapped(glossary.NATS))
        self.plot.view.setMouseEnabled(x=False, y=False)
        self._appearance = appearance
        self._runners: list[_Runner] = []
        self._ranges_at_s = float("-inf")
        self._ranged: tuple[int, ...] = ()  # losses that the ranges are made for
        self._mean_of = 1

    @property
    def names(self) -> list[str]:
        """Whose flags are to be seen, the fastest first."""
        return [r.flag.name for r in self._runners if r.flag.is_seen]

    def begin(self, count: int) -> None:
        """Forget everything; make room for ``count`` entrants."""
        for runner in self._runners:
            runner.remove(self.plot)
        self._runners = [_Runner(self.plot, row) for row in range(count)]
        self.restyle()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.plot.restyle()
        self._ranges_at_s, self._ranged = float("-inf"), ()
        for runner in self._runners:
            runner.restyle(self._appearance)

    def draw(self, tips: Sequence[Tip], steps: int) -> bool:
        """Draw ``tips``, the fastest first, on the way to ``steps``.

        Returns:
            Whether all is drawn: if not, draw again within RANGES_EVERY_S.
        """
        is_ranged = self._update_ranges(tips, steps)
        size = 1
        while steps > MAX_POINTS * size:
            size *= 2
        if size != self._mean_of:
            self._mean_of = size
            of = f", means of {size} steps" if size > 1 else ""
            self.plot.y_axis.setLabel(f"loss (nats){of}")
        for runner, tip in zip(self._runners, tips, strict=True):
            runner.draw(self._appearance, tip, size, len(tips))
        return is_ranged

    def _update_ranges(self, tips: Sequence[Tip], steps: int) -> bool:
        ranged = (steps, *(len(tip.losses) for tip in tips))
        if ranged == self._ranged:
            return True
        now_s = time.monotonic()
        if now_s - self._ranges_at_s < RANGES_EVERY_S:
            return False
        self._ranges_at_s, self._ranged = now_s, ranged
        x = (0.0, max(steps * 1.02, steps + 0.5))
        self.plot.set_ranges(x, self._wanted_y(tips))
        return True

    def _wanted_y(self, tips: Sequence[Tip]) -> tuple[float, float]:
        """Return all losses with round ends, and room for the flags above them."""
        losses = np.concatenate([np.empty(0), *(tip.losses for tip in tips)])
        losses = losses[np.isfinite(losses)]
        if not len(losses):
            return 0.0, 4.0
        low = max(0.0, floor(losses.min() * 2) / 2)
        high = max(ceil(losses.max() * 2) / 2, low + _LEAST_SPAN)
        room = sum(runner.flag.height for runner in self._runners)
        share = min(0.5, room / max(1.0, self.plot.view_rect.height()))
        return low, low + (high - low) / (1 - share)


class _Runner:
    """One entrant's line and flag; ``row`` counts from the fastest."""

    def __init__(self, plot: Plot, row: int) -> None:
        self._row = row
        self._line = Line()
        self._line.setZValue(-row)
        self._drawn: tuple[object, ...] = ()
        plot.add_curve(self._line)
        self.flag = _Flag(plot, row)

    def remove(self, plot: Plot) -> None:
        plot.view.removeItem(self._line)
        self.flag.remove()

    def restyle(self, appearance: Appearance) -> None:
        self._drawn = ()
        self.flag.restyle(appearance)

    def draw(self, appearance: Appearance, tip: Tip, size: int, count: int) -> None:
        if self._drawn[:1] != (tip.color,):
            self._set_style(appearance, tip.color, count)
        drawn = (tip.color, len(tip.losses) // size, size)
        if drawn != self._drawn:
            self._drawn = drawn
            self._line.set_points(*means(tip.losses, size))
        self.flag.place(tip)

    def _set_style(self, appearance: Appearance, color: str, count: int) -> None:
        """The further back, the broader and the fainter."""
        kept = 1 - (1 - _FAINTEST) * self._row / max(1, count - 1)
        pen = pg.mkPen(
            _mixed(color, appearance.theme.surface, kept),
            width=appearance.px(1.5) + appearance.px(4) * self._row,
        )
        # Flat ones would gape at each bend; round ones cost twenty times as much.
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        self._line.set_pen(pen)


class _Flag:
    """A disc at the tip of a line, and its name on a stem above."""

    def __init__(self, plot: Plot, row: int) -> None:
        self._plot = plot
        self._row = row
        self._stem = QGraphicsLineItem()
        self._disc = QGraphicsEllipseItem()
        self._ground = QGraphicsRectItem()
        self._text = QGraphicsSimpleTextItem(self._ground)
        self._margin = 0
        self.height = 0.0
        for item in self._items:
            plot.add_mark(item)
            item.hide()
        self._stem.setZValue(9)

    @property
    def name(self) -> str:
        return self._text.text()

    @property
    def is_seen(self) -> bool:
        return self._ground.isVisible()

    @property
    def _items(
        self,
    ) -> tuple[QGraphicsLineItem, QGraphicsEllipseItem, QGraphicsRectItem]:
        return self._stem, self._disc, self._ground

    def remove(self) -> None:
        for item in self._items:
            self._plot.scene().removeItem(item)

    def restyle(self, appearance: Appearance) -> None:
        theme = appearance.theme
        radius = appearance.px(4)
        self._margin = appearance.px(sizes.TIGHT)
        self._disc.setRect(-radius, -radius, 2 * radius, 2 * radius)
        self._disc.setPen(QPen(QColor(theme.surface), 1.5))
        self._text.setFont(appearance.font(sizes.CAPTION, QFont.Weight.DemiBold))
        self.height = QFontMetricsF(self._text.font()).height() + self._margin
        self._ground.setPen(QPen(Qt.PenStyle.NoPen))
        self._text.setBrush(QColor(theme.surface))

    def place(self, tip: Tip) -> None:
        """Put it at the tip's last loss; hide it where there is none."""
        step = len(tip.losses)
        loss = float(tip.losses[-1]) if step else float("nan")
        for item in self._items:
            item.setVisible(isfinite(loss))
        if not isfinite(loss):
            return
        colour = QColor(tip.color)
        point = self._plot.to_pixels(step, loss)
        self._disc.setBrush(colour)
        self._disc.setPos(point)
        self._stem.setPen(QPen(colour, 1))
        if self._text.text() != tip.name:
            self._text.setText(tip.name)
        top = self._row * self.height
        self._stem.setLine(QLineF(point.x(), top, point.x(), point.y()))
        width = self._text.boundingRect().width() + 2 * self._margin
        self._ground.setBrush(colour)
        self._ground.setRect(QRectF(0, 0, width, self.height - 2))
        self._text.setPos(self._margin, (self.height - 2 - self._text_height()) / 2)
        is_beyond = point.x() + width > self._plot.view_rect.width()
        self._ground.setPos(point.x() - (width if is_beyond else 0), top)

    def _text_height(self) -> float:
        return self._text.boundingRect().height()


def means(
    losses: NDArray[np.float64], size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the last step, from 1, and the mean of every ``size`` losses."""
    whole = len(losses) // size
    y = losses[: whole * size].reshape(whole, size).mean(axis=1)
    return np.arange(1, whole + 1, dtype=np.float64) * size, y


def _mixed(color: str, ground: str, share: float) -> QColor:
    one, other = QColor(color), QColor(ground)
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    )
