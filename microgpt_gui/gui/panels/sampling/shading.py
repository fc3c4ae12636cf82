"""The ground behind a letter: the surer the model was of it, the stronger."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Opacity of the accent behind a letter of probability 1. Text keeps a contrast of
#: more than 4.5 to 1 on it, in the light theme and in the dark.
STRONGEST = 0.5


def shading(probabilities: Iterable[float], accent: str) -> QImage:
    """Return an image of one pixel a letter, to be stretched behind them.

    One image a row costs the window a tenth of what one rectangle a letter does.
    """
    colour = QColor(accent).rgb() & 0xFFFFFF
    pixels = array("I")
    pixels.extend(colour | round(255 * STRONGEST * p) << 24 for p in probabilities)
    image = QImage(
        pixels.tobytes(), len(pixels), 1, 4 * len(pixels), QImage.Format.Format_ARGB32
    )
    return image.copy()  # the bytes go with this function
