"""A part of a figure that stays the same for many frames, drawn once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint, QSize


def new_layer(view: QSize, offset: QPoint, ratio: float) -> tuple[QPixmap, QPainter]:
    """Return a transparent picture of a view, and a painter on it; end that one.

    Args:
        view: Size of the view.
        offset: The point of the whole that is at its top left; the painter draws in the
            coordinates of the whole.
        ratio: Pixels of the screen to a pixel of the view.
    """
    layer = QPixmap(view * ratio)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    painter = QPainter(layer)
    painter.translate(-offset)
    return layer, painter
