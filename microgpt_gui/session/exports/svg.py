"""The parts of an SVG picture, written by hand: any program opens it."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

from microgpt_gui.letters import beginning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from microgpt_gui.session.exports.ink import Ink

#: The window's own font, where it is installed, or one much like it.
FONTS = "Inter, 'Noto Sans', 'Segoe UI', Helvetica, Arial, sans-serif"

#: How long a scale of colours is.
SCALE = 140.0

# XML has no way to write these.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Return a coordinate: two decimals are finer than any screen."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def written(text: str) -> str:
    """Return ``text`` as the content of an element."""
    return escape(_UNWRITABLE.sub("\ufffd", text), quote=False)


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Return an element; ``_`` in names of attributes stands for ``-``.

    Args:
        name: Of the element.
        content: XML.
        attributes: Numbers are coordinates; texts are escaped.
    """
    shown = "".join(
        f' {key.replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{shown}>{content}</{name}>" if content else f"<{name}{shown}/>"


def _attribute(value: str | float) -> str:
    if isinstance(value, str):
        return escape(_UNWRITABLE.sub("\ufffd", value))
    return number(value)


def text(
    x: float, y: float, content: str, size: float, **attributes: str | float
) -> str:
    """Return a line of text whose base line begins at (``x``, ``y``)."""
    return element("text", written(content), x=x, y=y, font_size=size, **attributes)


def picture(
    width: float, height: float, ink: Ink, title: str, about: str, parts: Iterable[str]
) -> str:
    """Return a whole file.

    Args:
        width: In pixels, as it is meant; it can be shown at any size.
        height: Likewise.
        ink: Its colours.
        title: What it is called where it cannot be seen.
        about: What it shows, likewise.
        parts: Elements.
    """
    body = "\n".join(
        (
            element("title", written(title)),
            element("desc", written(about)),
            element("rect", width=width, height=height, fill=ink.ground),
            *parts,
        )
    )
    attributes = (
        f'xmlns="http://www.w3.org/2000/svg" width="{number(width)}" '
        f'height="{number(height)}" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="img" font-family="{FONTS}" fill="{ink.text}" stroke="none"'
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg {attributes}>\n{body}\n</svg>\n'
    )


def width_of(content: str, size: float) -> float:
    """Return about how wide a text is; rather too much than too little."""
    return sum(map(_share_of_size, content)) * size


def fitted(content: str, size: float, width: float) -> str:
    """Return as much of a text as fits into ``width``, with an ellipsis if cut."""
    if width_of(content, size) <= width:
        return content
    while content and width_of(content + "…", size) > width:
        content = beginning(content, len(content) - 1)
    return content.rstrip() + "…"


def wrapped(content: str, size: float, width: float) -> list[str]:
    """Return a text in lines that fit into ``width``, broken between its parts.

    Its parts are those between middle dots, else its words; a word that is wider than a
    line is cut.
    """
    lines = [""]
    for part in content.split(" · "):
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        if width_of(longer, size) <= width:
            lines[-1] = longer
            continue
        for number, word in enumerate(part.split(" ")):
            longer = f"{lines[-1]} {word}"
            if number and width_of(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(fitted(word, size, width))
    return [line for line in lines if line]


def gradient(name: str, stops: Sequence[str]) -> str:
    """Return what defines a gradient from left to right: ``fill="url(#NAME)"``.

    Args:
        name: Of this gradient in its file.
        stops: Colours at equal distances.
    """
    last = len(stops) - 1
    marks = "".join(
        element("stop", offset=f"{100 * number / last:g}%", stop_color=colour)
        for number, colour in enumerate(stops)
    )
    return element("defs", element("linearGradient", marks, id=name))


def colour_scale(
    name: str,
    stops: Sequence[str],
    ticks: tuple[str, str, str],
    corner: tuple[float, float],
    ink: Ink,
) -> Iterator[str]:
    """Yield a bar of colours, `SCALE` long, and what stands for what below it.

    Args:
        name: Of its gradient in its file.
        stops: Colours at equal distances.
        ticks: At its start, middle and end.
        corner: Its left upper one (x, y).
        ink: Of border and ticks.
    """
    x, y = corner
    yield gradient(name, stops)
    fill = f"url(#{name})"
    yield element(
        "rect", x=x, y=y, width=SCALE, height=10, fill=fill, stroke=ink.border
    )
    anchors = ("start", "middle", "end")
    for half, (tick, anchor) in enumerate(zip(ticks, anchors, strict=True)):
        at = x + half * SCALE / 2
        yield text(at, y + 25, tick, 11, text_anchor=anchor, fill=ink.muted)


def _share_of_size(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.1
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if char in "ijl.,:;'|! ()[]ft":
        return 0.34
    return 0.86 if char in "mwMW@%" else 0.64 if char.isupper() else 0.6
