"""How large the cells of a text are, and what stands above and below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontMetrics

from microgpt_gui.gui.panels.tokens import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: How much larger than usual all can be drawn; below 1, cells alone are lower.
SCALES = (0.65, 1.0, 1.5, 2.2)

#: A cell's height, and its width at most and at least, in pixels at 100 %.
_HIGH, _MOST, _LEAST = 40, 44, 26

#: Cells that are narrower than this, relative to their height, are drawn smaller.
_SLIM = 0.65

#: Between two cells, and between two lines, in pixels at 100 %.
_GAP, _AIR = 4, 2

#: Of a sign, relative to its cell's height: of letters, and of BOS.
_SIGN, _BOS = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Line:
    """One of the four lines, in pixels of the view."""

    top: int
    height: int


class StripSizes:
    """Sizes and fonts at one scale.

    Attributes:
        position: Above the cells.
        cell: The cells.
        id: Below them.
        predict: Below these.
        left: Where cells begin, right of the words that say what is what.
        pitch: From cell to cell.
        gap: Between two.
    """

    def __init__(
        self,
        appearance: Appearance,
        scale: float,
        width: int,
        tokens: int,
        largest: int,
    ) -> None:
        """Measure.

        Args:
            appearance: Fonts and zoom.
            scale: One of SCALES.
            width: Of the view, in pixels.
            tokens: Room is wanted for so many.
            largest: Number that is written at a cell.
        """
        self._appearance = appearance
        self._letters = max(1.0, scale)
        number, caption = QFontMetrics(self.id_font()), QFontMetrics(self.caption())
        captions = (words.POSITION, words.TOKEN, words.ID, words.PREDICT)
        widest = max(map(caption.horizontalAdvance, captions))
        self.left = widest + self._px(sizes.SMALL)
        self.gap, air = self._px(_GAP), self._px(_AIR)
        least = max(appearance.px(_LEAST), number.horizontalAdvance(str(largest)) + air)
        room = max(1, width - self.left)
        most = self._px(_MOST) + self.gap
        self.pitch = max(least + self.gap, min(most, room // tokens))
        asked = QFontMetrics(self.asked_font(is_bos=False, is_told=False)).height()
        high = appearance.px(_HIGH * scale)
        top, lines = 0, []
        for height in (number.height(), high, number.height(), asked):
            lines.append(Line(top, height))
            top += height + air
        self.position, self.cell, self.id, self.predict = lines

    @property
    def height(self) -> int:
        """Of all lines."""
        return self.predict.top + self.predict.height

    @property
    def is_slim(self) -> bool:
        """Whether cells are too narrow for their height."""
        return self.pitch < _SLIM * self.cell.height

    def _px(self, size: float) -> int:
        return self._appearance.px(size * self._letters)

    def caption(self) -> QFont:
        """Return the font of the words that say what is what."""
        size = min(round(sizes.CAPTION * self._letters), sizes.TITLE)
        return self._appearance.font(size)

    def id_font(self) -> QFont:
        """Return the font of positions and ids."""
        size = round(sizes.CAPTION * self._letters)
        return self._appearance.font(size, QFont.Weight.Normal, MONO)

    def asked_font(self, *, is_bos: bool, is_told: bool) -> QFont:
        """Return the font of what is to be predicted."""
        size = sizes.CAPTION if is_bos else sizes.BODY
        weight = QFont.Weight.DemiBold if is_told else QFont.Weight.Normal
        return self._appearance.font(round(size * self._letters), weight)

    def sign_font(self, *, is_bos: bool) -> QFont:
        """Return the font of the signs in cells."""
        font = self._appearance.font(sizes.BODY, QFont.Weight.Medium)
        size = round(self.cell.height * (_BOS if is_bos else _SIGN))
        font.setPixelSize(max(self._appearance.px(sizes.CAPTION), size))
        return font


def fitting(
    appearance: Appearance, scale: float, width: int, tokens: int, largest: int
) -> StripSizes:
    """Return the largest sizes, up to ``scale``, at which cells are not slim.

    Args:
        appearance: Fonts and zoom.
        scale: At most; at least the smallest of SCALES.
        width: Of the view, in pixels.
        tokens: Room is wanted for so many.
        largest: Number that is written at a cell.
    """
    for one in sorted(SCALES, reverse=True):
        if one <= scale:
            found = StripSizes(appearance, one, width, tokens, largest)
            if not found.is_slim:
                break
    return found
