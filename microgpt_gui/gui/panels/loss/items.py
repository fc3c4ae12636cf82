"""How boxes and texts over the plot are dressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsSimpleTextItem


def set_text(item: QGraphicsSimpleTextItem, text: str) -> None:
    """Let an item say this."""
    if text != item.text():
        item.setText(text)


def fill(
    item: QGraphicsRectItem, ground: str, edge: str | None, *, opacity: float
) -> None:
    """Give a box its ground and its edge; None for no edge."""
    colour = QColor(ground)
    colour.setAlphaF(opacity)
    item.setBrush(QBrush(colour))
    item.setPen(QPen(QColor(edge)) if edge else QPen(Qt.PenStyle.NoPen))
