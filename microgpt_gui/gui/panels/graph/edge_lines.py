"""The edges of a graph as lines: all of them turned into points at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.widgets.strokes import LineStroke

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from microgpt_gui.session.reading.graph.layout import Place
    from microgpt_gui.session.reading.graph.open_groups import Edge

    Floats = NDArray[np.float64]

#: Straight pieces of a curve, by the most curves that are drawn so well.
_PIECES = ((28, 200), (14, 800), (7, 10**9))


@cache
def _weights(pieces: int) -> Floats:
    """Return the weights of a cubic Bézier curve, [point][end, bend, bend, end]."""
    t = np.linspace(0, 1, pieces + 1)[:, None]
    return np.hstack([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3])


class EdgeLines:
    """Curves from box to box: from side to side, or from a line to another."""

    def __init__(self, edges: Sequence[Edge], places: Mapping[int, Place]) -> None:
        """Find where they go.

        Args:
            edges: What goes between boxes.
            places: Of the boxes, by their keys.
        """
        ends = [(*places[edge.source], *places[edge.target]) for edge in edges]
        x, y, wide, high, u, v, wide2, high2 = np.array(ends, float).reshape(-1, 8).T
        is_beside, is_below = u >= x + wide, v >= y
        self._x = np.stack(
            [np.where(is_beside, x + wide, x + wide / 2)] * 2
            + [np.where(is_beside, u, u + wide2 / 2)] * 2
        )
        self._y = np.stack(
            [np.where(is_beside, y + high / 2, np.where(is_below, y + high, y))] * 2
            + [np.where(is_beside, v + high2 / 2, np.where(is_below, v, v + high2))] * 2
        )
        middle_x, middle_y = (self._x[0] + self._x[3]) / 2, self._y.mean(axis=0)
        for bend in (1, 2):
            self._x[bend] = np.where(is_beside, middle_x, self._x[bend])
            self._y[bend] = np.where(is_beside, self._y[bend], middle_y)
        self._stroke = LineStroke()

    def paint(self, painter: QPainter, seen: QRect, color: str, width: float) -> None:
        """Paint those of which something is seen.

        Args:
            painter: Moved so that the coordinates of the places hold.
            seen: What is in view.
            color: ``#rrggbb``.
            width: In pixels.
        """
        x, y = self._x, self._y
        is_seen = (
            (x.max(axis=0) >= seen.left())
            & (x.min(axis=0) <= seen.right())
            & (y.max(axis=0) >= seen.top())
            & (y.min(axis=0) <= seen.bottom())
        )
        if is_seen.any():
            self._stroke.set_style(color, width)
            self._stroke.draw(painter, _points(x[:, is_seen]), _points(y[:, is_seen]))


def _points(bends: Floats) -> Floats:
    """Return curves as points one after the other, with NaN between two of them."""
    count = bends.shape[1]
    pieces = next(pieces for pieces, most in _PIECES if count <= most)
    points = np.full((count, pieces + 2), np.nan)
    points[:, :-1] = (_weights(pieces) @ bends).T
    return points.ravel()
