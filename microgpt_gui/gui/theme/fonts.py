"""The fonts the window brings along, so that it looks alike everywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.resources import resource

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.scale import Scale

SANS, MONO = "Inter", "JetBrains Mono"

_FILES = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Medium.ttf",
)


@cache
def load_fonts() -> None:
    """Make the bundled fonts known to Qt, once. Needs a QApplication.

    With each font that Qt is given, it forgets what it knows of all others.
    """
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}")))


def font(
    scale: Scale,
    size: int = sizes.BODY,
    weight: QFont.Weight = QFont.Weight.Normal,
    family: str = SANS,
) -> QFont:
    """Return a font of the type scale; digits are all of one width."""
    return font_of(scale.px(size), weight, family)


def font_of(
    px: int, weight: QFont.Weight = QFont.Weight.Normal, family: str = SANS
) -> QFont:
    """Return such a font, ``px`` pixels large on the screen."""
    result = QFont(family)
    result.setPixelSize(px)
    result.setWeight(weight)
    if family == SANS:
        result.setFeature(QFont.Tag("tnum"), 1)
    return result
