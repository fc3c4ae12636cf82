"""The ground behind a letter: the surer the model was of it, the stronger."""

from __future__ import annotations

from PySide6.QtGui import QColor

#: Opacity of the accent behind a letter of probability 1. Text keeps a contrast of
#: more than 4.5 to 1 on it, in the light theme and in the dark.
STRONGEST = 0.5


def ground_of(probability: float, accent: str) -> QColor:
    """Return the colour to be laid under a letter.

    Args:
        probability: Of the letter; of several that are drawn as one sign, the product.
        accent: The colour of the sure ones.
    """
    colour = QColor(accent)
    # What is no probability has no ground.
    share = probability if 0 <= probability <= 1 else 0.0
    colour.setAlpha(round(255 * STRONGEST * share))
    return colour
