"""An axis with plain numbers, drawn in few calls."""

from __future__ import annotations

from math import ceil, log10
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from pyqtgraph.graphicsItems.PlotCurveItem import arrayToLineSegments
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_UPRIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FLAT = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
_CENTRE = Qt.AlignmentFlag.AlignCenter

#: Larger than any number: where these are measured.
_ROOM = QRectF(0, 0, 100, 100)

#: Of a number's height, so much is ink.
_INK = 0.8

#: Where numbers have no room beside each other, one of so many is left.
_OF_SO_MANY = (1, 2, 5, 10, 20)

#: Ticks nearer to each other than this share of their distance are one.
_SAME = 0.01


class PlotAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis with plain numbers: no prefixes, no exponents below a million million.

    It looks as `AxisItem` draws it, without a grid and with numbers at its long ticks.
    That takes half of the time of a plot whose ranges move, so what is drawn here is
    what these plots need, and lines go to the painter all at once.
    """

    def __init__(self, orientation: str, label: str, *, is_whole: bool = False) -> None:
        """Build it.

        Args:
            orientation: "left" or "bottom".
            label: What is counted.
            is_whole: Whether only whole numbers make sense.
        """
        super().__init__(orientation)
        self._is_whole = is_whole
        self._extents: dict[str, tuple[float, float]] = {}  # of numbers, in the font
        self.enableAutoSIPrefix(False)
        self.setLabel(label)

    def setStyle(self, **style: Any) -> None:
        """See `AxisItem`."""
        self._extents = {}
        super().setStyle(**style)

    def tickSpacing(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, float]]:
        """Return (spacing, 0) of two levels of ticks; see AxisItem."""
        levels = super().tickSpacing(minVal, maxVal, size)
        if self._is_whole:
            levels = [level for level in levels if level[0] >= 1] or [(1.0, 0.0)]
        return levels  # type: ignore[no-any-return]

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float, list[float]]]:
        """Return (spacing, values) of two levels of ticks; see AxisItem."""
        ticks: list[tuple[float, list[float]]] = []
        for spacing, _ in self.tickSpacing(minVal, maxVal, size):
            first = ceil(minVal / spacing)
            count = int((maxVal - first * spacing) / spacing) + 1
            values = [number * spacing + first * spacing for number in range(count)]
            near = spacing * _SAME
            for larger, _ in ticks:  # whose ticks these are, too
                values = [
                    value
                    for value in values
                    if abs(value - round(value / larger) * larger) > near
                ]
            ticks.append((spacing, values))
        return ticks

    def tickStrings(
        self, values: list[float], scale: float, spacing: float
    ) -> list[str]:
        """Return the texts of the ticks at ``values``."""
        if max((abs(value) for value in values), default=0) >= 1e12:
            return [f"{value:.6g}" for value in values]
        places = max(0, ceil(-log10(spacing)))
        return [f"{value:,.{places}f}" for value in values]

    def generateDrawSpecs(self, p: QPainter) -> tuple[Any, Any, Any] | None:
        """Return what `drawPicture` draws.

        Returns:
            The axis itself, as two points; lines, as a pen and ends [line][end][x, y];
            numbers, as a box and a text. None where there is no room.
        """
        p.setFont(self.style["tickFont"])
        bounds = self.mapRectFromParent(self.geometry())
        is_upright = self.orientation == "left"
        if is_upright:
            edge, direction, length = bounds.right(), -1, bounds.height()
            axis = (
                QPointF(edge - 1, bounds.top() - 1),
                QPointF(edge - 1, bounds.bottom() + 1),
            )
        else:
            edge, direction, length = bounds.top(), 1, bounds.width()
            axis = (
                QPointF(bounds.left() - 1, edge + 1),
                QPointF(bounds.right() + 1, edge + 1),
            )
        low, high = self.range
        if length <= 0 or low == high:
            return None
        # The ends, which are drawn, count when it is asked how many ticks there are.
        levels = self.tickValues(low, high, length + 2)
        per_unit = (-length if is_upright else length) / (high - low)
        offset = low * per_unit - (length if is_upright else 0)
        ends = sorted((low * per_unit - offset, high * per_unit - offset))
        lines, numbers = [], []
        for level, (spacing, values) in enumerate(levels):
            places = [(value, value * per_unit - offset) for value in values]
            seen = [place for place in places if ends[0] <= place[1] <= ends[1]]
            tick = edge + direction * self.style["tickLength"] / (level * 0.5 + 1.0)
            lines.append((self._pen_of(level), _lines(seen, edge, tick, is_upright)))
            if level == 0:
                numbers = self._numbers(p, seen, spacing, edge, is_upright)
        return axis, lines, numbers

    def _pen_of(self, level: int) -> QPen:
        pen = QPen(self.tickPen())
        colour = QColor(pen.color())
        colour.setAlpha(int(255 / (level + 1)))
        pen.setColor(colour)
        return pen

    def _numbers(
        self,
        p: QPainter,
        seen: list[tuple[float, float]],
        spacing: float,
        edge: float,
        is_upright: bool,
    ) -> list[tuple[QRectF, str]]:
        """Return the boxes and texts of numbers beside ticks, as far as they fit."""
        texts = self.tickStrings([value for value, _ in seen], 1.0, spacing)
        extents = [self._extent(p, text) for text in texts]
        every = 1 if is_upright else _every_so_many(seen, extents)
        across = 0 if is_upright else 1
        self._updateMaxTextSize(max((extent[across] for extent in extents), default=0))
        gap = max(0, self.style["tickLength"])
        gap += self.style["tickTextOffset"][0 if is_upright else 1]
        room, boxes = self.boundingRect(), []
        for (value, place), text, (wide, high) in zip(
            seen, texts, extents, strict=True
        ):
            if round(value / spacing) % every:
                continue
            if is_upright:
                box = QRectF(edge - gap - wide, place - high / 2, wide, high)
            else:
                box = QRectF(place - wide / 2.0, edge + gap, wide, high)
            # Its `contains` stumbles over what floating-point numbers leave.
            if room & box == box:
                boxes.append((box, text))
        return boxes

    def _extent(self, p: QPainter, text: str) -> tuple[float, float]:
        """Return width and height of a number."""
        if text not in self._extents:
            box = p.boundingRect(_ROOM, _CENTRE, text)
            self._extents[text] = box.width(), box.height() * _INK
        return self._extents[text]

    def drawPicture(
        self,
        p: QPainter,
        axis: tuple[QPointF, QPointF],
        lines: list[tuple[QPen, Any]],
        numbers: list[tuple[QRectF, str]],
    ) -> None:
        """Draw what `generateDrawSpecs` returned."""
        p.setRenderHint(p.RenderHint.Antialiasing, False)
        p.setRenderHint(p.RenderHint.TextAntialiasing, True)
        p.setPen(self.pen())
        p.drawLine(*axis)
        for pen, segments in lines:
            p.setPen(pen)
            p.drawLines(*segments.drawargs())
        p.setFont(self.style["tickFont"])
        p.setPen(self.textPen())
        p.setClipRect(self.boundingRect().toAlignedRect())
        side = _UPRIGHT if self.orientation == "left" else _FLAT
        flags = int(side | Qt.TextFlag.TextDontClip)
        for box, text in numbers:
            p.drawText(box, flags, text)


def _every_so_many(
    seen: list[tuple[float, float]], extents: list[tuple[float, float]]
) -> int:
    """Return of how many numbers side by side one is shown, so that none touch."""
    if len(seen) < 2:
        return 1
    distance = abs(seen[1][1] - seen[0][1])
    needed = max(wide + high / 2 for wide, high in extents)
    return next((n for n in _OF_SO_MANY if n * distance >= needed), _OF_SO_MANY[-1])


def _lines(
    seen: list[tuple[float, float]], edge: float, tick: float, is_upright: bool
) -> Any:
    """Return pyqtgraph's memory for Qt: a line at each place, from edge to tick."""
    along = np.repeat([place for _, place in seen], 2)
    across = np.tile([edge, tick], len(seen))
    x, y = (across, along) if is_upright else (along, across)
    return arrayToLineSegments(x, y, connect="pairs", finiteCheck=False)
