"""How large the letters of a figure are: on a stage, to be read from the back row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Callable

#: A view so high, in pixels at 100 %, has larger letters.
_HIGH, _HIGHEST = 420, 620


def letter_size(height: int, px: Callable[[float], int]) -> int:
    """Return the size of letters in a view, as a step of the type scale.

    Args:
        height: Of the view, in pixels.
        px: Gives pixels at the zoom.
    """
    if height >= px(_HIGHEST):
        return sizes.TITLE
    return sizes.BODY if height >= px(_HIGH) else sizes.CAPTION
