"""What stands above the stages: as large, and as long, as the width allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QFont, QFontMetrics

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.inside.stages import Stage

#: The smallest titles, in pixels at 100 %.
_LEAST_TITLE = 9

#: Width of a stage, at least, and of the one with bars, in pixels at 100 %.
_LEAST_WIDTH, _LEAST_WIDTHS = 8, {"probs": 104}


class Titles(NamedTuple):
    """Titles, and the room that they take, in pixels.

    Attributes:
        font: Theirs.
        texts: What a stage is called, by its slot; where there is little room, what its
            numbers are called in formulas.
        widths: Of the slots, at least.
        gap: Between two slots.
    """

    font: QFont
    texts: Mapping[str, str]
    widths: Mapping[str, int]
    gap: int


def fitting_titles(
    appearance: Appearance, stages: Sequence[Stage], width: int, largest: int
) -> Titles:
    """Return the largest titles that fit; the smallest, if none do.

    Args:
        appearance: Fonts and zoom.
        stages: Of the model.
        width: What there is, in pixels.
        largest: Their size at most, in pixels at 100 %.
    """
    names = {stage.slot: stage.short for stage in stages}
    symbols = {stage.slot: stage.symbol for stage in stages}
    for size, gap, texts in (
        (largest, sizes.SMALL, names),
        (sizes.BODY, sizes.SMALL, names),
        (sizes.CAPTION, sizes.SMALL, names),
        (_LEAST_TITLE, 7, names),
        (_LEAST_TITLE, sizes.TIGHT, names),
        (sizes.CAPTION, sizes.TIGHT, symbols),
    ):
        titles = _titles(appearance, size, gap, texts)
        wanted = sum(titles.widths.values()) + titles.gap * (len(texts) - 1)
        if wanted <= width:
            break
    return titles


def _titles(
    appearance: Appearance, size: int, gap: int, texts: Mapping[str, str]
) -> Titles:
    px = appearance.px
    font = appearance.font(sizes.CAPTION, QFont.Weight.DemiBold)
    font.setPixelSize(px(size))
    advance = QFontMetrics(font).horizontalAdvance
    widths = {
        slot: max(px(_LEAST_WIDTHS.get(slot, _LEAST_WIDTH)), advance(text))
        for slot, text in texts.items()
    }
    return Titles(font, texts, widths, px(gap))
