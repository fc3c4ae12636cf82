"""As what heads are drawn: maps of cells, or lines from letter to letter."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.attention.lines.picture import LinesPicture
from microgpt_gui.gui.panels.attention.maps.picture import Picture

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.attention.heads_picture import HeadsPicture, Wanted
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.text import TextReading


class Drawing(Enum):
    """What is drawn of a head."""

    MAPS = "maps"
    LINES = "lines"


def picture_of(
    drawing: Drawing, appearance: Appearance, look: TextReading, wanted: Wanted
) -> HeadsPicture:
    """Return the picture of ``look``, drawn as wanted."""
    kind = Picture if drawing is Drawing.MAPS else LinesPicture
    return kind(appearance, look, wanted)
