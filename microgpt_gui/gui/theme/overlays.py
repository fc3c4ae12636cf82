"""How lines of earlier runs look, so that no two of a few look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: Lengths of dashes and gaps, in widths of the line.
_DASHES: tuple[tuple[float, ...], ...] = (
    (7, 4),
    (2, 3),
    (10, 3, 2, 3),
    (6, 3, 2, 3, 2, 3),
)


def overlay_pen(appearance: Appearance, number: int) -> QPen:
    """Return the pen of the overlay ``number`` (from 0): a colour and its dashes.

    Whoever sees no colours tells four by their dashes; colours and dashes together tell
    sixteen apart.
    """
    colours = appearance.theme.series[1:]
    pen = QPen(QColor(colours[number % len(colours)]))
    pen.setWidthF(max(1.0, appearance.px(5) / 4))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(_DASHES[(number + number // len(colours)) % len(_DASHES)])
    return pen
