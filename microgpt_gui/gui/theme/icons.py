"""The icons: one family of SVG strokes, coloured by the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
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
    result = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, disabled)):
        result.addPixmap(QPixmap.fromImage(_image(name, colour, size_px)), mode)
    return result


@lru_cache(maxsize=256)
def _image(name: str, color: str, size_px: int) -> QImage:
    """Return one state of an icon; many buttons have the same, and ask again."""
    svg = resource(f"icons/{name}.svg").read_bytes()
    svg = svg.replace(b"currentColor", color.encode())
    edge = size_px * _OVERSAMPLING
    image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    image.setDevicePixelRatio(_OVERSAMPLING)
    return image
