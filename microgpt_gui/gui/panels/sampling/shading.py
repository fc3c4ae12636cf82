"""The ground behind a letter: the surer the model was of it, the stronger."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Opacity of the accent behind a letter of probability 1. Text keeps a contrast of
#: more than 4.5 to 1 on it, in the light theme and in the dark.
STRONGEST = 0.5


def shading(rows: Sequence[Sequence[float]], accent: str) -> QImage:
    """Return an image to be stretched behind letters: one pixel each, a line a row.

    Args:
        rows: The probabilities of the letters of each row.
        accent: The colour of the sure ones.

    One image for all costs the window a small part of what a rectangle a letter does.
    """
    colour = QColor(accent).rgb() & 0xFFFFFF
    width = max(1, *map(len, rows)) if rows else 1
    pixels = array("I")
    for row in rows:
        pixels.extend(colour | round(255 * STRONGEST * p) << 24 for p in row)
        pixels.extend([0] * (width - len(row)))
    image = QImage(
        pixels.tobytes(), width, len(rows), 4 * width, QImage.Format.Format_ARGB32
    )
    return image.copy()  # the bytes go with this function
