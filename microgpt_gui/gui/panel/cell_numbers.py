"""Numbers in the cells of a map: as large and as exact as the cells hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGlyphRun, QRawFont

from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.theme.fonts import MONO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance

#: What numbers are written with; ``?`` stands for what is none.
_SIGNS = "0123456789.+-?"

#: A number keeps this from the edges above and below it, in pixels at 100 %, together.
_ABOVE = 4

#: Below this lightness (WCAG) of a cell, white on it has the better contrast.
DARK_CELL = 0.18


class NumberForm(NamedTuple):
    """How numbers are written."""

    font: QFont
    decimals: int
    drops_zero: bool  # .62 for 0.62
    length: int  # signs at most

    def written(self, value: float, *, is_signed: bool = False) -> str:
        """Return a number, shorter by decimals where it is too long."""
        sign = "+" if is_signed else ""
        for decimals in range(self.decimals, -1, -1):
            text = f"{value:{sign}.{decimals}f}"
            if self.drops_zero and abs(value) < 1:
                text = text.replace("0.", ".", 1)
            if len(text) <= self.length:
                break
        return text


class CellNumber(NamedTuple):
    """A number to be written; its cell begins at ``left`` and ``top``, in pixels."""

    left: float
    top: float
    text: str
    is_light: bool  # the cell is dark


def number_form(
    appearance: Appearance, wide: int, high: int, *, is_signed: bool = False
) -> NumberForm | None:
    """Return how numbers are written into cells; None where none fits.

    Args:
        appearance: Fonts and zoom.
        wide: Width of a cell, in pixels.
        high: Its height.
        is_signed: Each has a sign before it.
    """
    px = appearance.px
    for size, decimals, drops_zero, air in (
        (steps.DISPLAY, 3, False, steps.DISPLAY),
        (steps.TITLE, 3, False, steps.LARGE),
        (steps.BODY, 3, False, steps.TIGHT),
        (steps.CAPTION, 2, False, steps.SMALL),
        (steps.CAPTION, 2, True, steps.TIGHT),
    ):
        font = appearance.font(size, QFont.Weight.Normal, MONO)
        metrics = QFontMetrics(font)
        length = decimals + (1 if drops_zero else 2) + is_signed
        wanted = metrics.horizontalAdvance("0" * length) + px(air)
        if metrics.capHeight() + px(_ABOVE) <= high and wanted <= wide:
            return NumberForm(font, decimals, drops_zero, length)
    return None


def draw_numbers(
    painter: QPainter,
    form: NumberForm,
    cells: Iterable[CellNumber],
    wide: int,
    high: int,
) -> None:
    """Write every number into the middle of its cell, in two calls of the painter.

    Args:
        painter: Moved so that the cells' coordinates hold.
        form: See `number_form`.
        cells: The numbers.
        wide: Width of a cell, in pixels.
        high: Its height.
    """
    raw, metrics = QRawFont.fromFont(form.font), QFontMetrics(form.font)
    advance = metrics.horizontalAdvance("0")
    rise = (high + metrics.ascent() - metrics.descent()) / 2
    glyphs = dict(zip(_SIGNS, raw.glyphIndexesForString(_SIGNS), strict=True))
    runs: dict[bool, tuple[list[int], list[QPointF]]] = {
        True: ([], []),
        False: ([], []),
    }
    for left, top, text, is_light in cells:
        x = left + (wide - advance * len(text)) / 2
        indexes, positions = runs[is_light]
        for i, sign in enumerate(text):
            indexes.append(glyphs[sign])
            positions.append(QPointF(x + i * advance, top + rise))
    for is_light, (indexes, positions) in runs.items():
        run = QGlyphRun()
        run.setRawFont(raw)
        run.setGlyphIndexes(indexes)
        run.setPositions(positions)
        painter.setPen(QColor("#ffffff" if is_light else "#10131c"))
        painter.drawGlyphRun(QPointF(), run)
