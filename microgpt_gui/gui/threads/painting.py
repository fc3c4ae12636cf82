"""SVG pictures painted into pixels, on any thread."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from microgpt_gui.gui.theme.fonts import SANS
from microgpt_gui.session.exports.svg import FONTS

#: Pixels to a unit of the picture, for screens of today.
SHARPNESS = 2.0

#: Longest side of a painted picture, in pixels.
MAX_SIDE = 12_000


def painted(svg: str, sharpness: float = SHARPNESS) -> QImage:
    """Return the picture, as sharp as asked for unless it would be very large."""
    # Qt takes a list of fonts for the name of one.
    renderer = QSvgRenderer(QByteArray(svg.replace(FONTS, SANS).encode()))
    size = renderer.defaultSize()
    scale = min(sharpness, MAX_SIDE / max(size.width(), size.height()))
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """Return the content of a PNG file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # takes str, not bytes
    return bytes(content.data())
