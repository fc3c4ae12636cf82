"""The icons: one family of SVG strokes, coloured by the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from microgpt_gui.resources import resource

#: Rendered so many times larger than shown, to stay sharp on dense screens.
_OVERSAMPLING = 3


def icon(name: str, color: str, disabled: str, size_px: int) -> QIcon:
    """Return resources/icons/NAME.svg with ``currentColor`` replaced.

    Args:
        name: File name without its ending.
        color: ``#rrggbb`` of the strokes.
        disabled: ``#rrggbb`` of the strokes where the button cannot be used.
        size_px: Edge length as shown.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    result = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, disabled)):
        result.addPixmap(_pixmap(svg.replace("currentColor", colour), size_px), mode)
    return result


def _pixmap(svg: str, size_px: int) -> QPixmap:
    edge = size_px * _OVERSAMPLING
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(_OVERSAMPLING)
    return pixmap
