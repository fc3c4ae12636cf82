"""The Qt style sheet: the roles and scales, applied to every kind of widget.

Widgets ask for a variant by a dynamic property: ``role`` of a QLabel (caption, title,
display, warning), ``kind`` of a button (primary, quiet).
"""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.resources import resource

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.theme.scale import Scale


@lru_cache(maxsize=8)
def stylesheet(theme: Theme, scale: Scale) -> str:
    """Return resources/styles/window.qss with roles and sizes filled in.

    In it ``@name`` stands for a colour role and ``@12px`` for 12 pixels at 100 %.
    """
    text = resource("styles/window.qss").read_text(encoding="utf-8")
    arrow = "dark" if theme.name == "dark" else "light"
    icons = resource(f"icons/chevron-{arrow}.svg").parent.as_posix()
    text = text.replace("@icons", icons).replace("@mode", arrow)
    colours = {k: v for k, v in asdict(theme).items() if isinstance(v, str)}
    for name in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{name};", f"{colours[name]};")
    named = {
        "caption": sizes.CAPTION,
        "body": sizes.BODY,
        "title": sizes.TITLE,
        "display": sizes.DISPLAY,
    }
    for name, size in named.items():
        text = text.replace(f"@{name}px", f"{scale.px(size)}px")
    for size in range(40, 0, -1):
        text = text.replace(f"@{size}px", f"{scale.px(size)}px")
    return text
