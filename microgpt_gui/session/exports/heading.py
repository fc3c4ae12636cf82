"""What stands above an exported figure: its title, and of what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports import svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.exports.ink import Ink

#: Around the figure, in pixels; and how large the words above it are.
EDGE, CAPTION = 24.0, 12.0
_TITLE = 17.0
_LINE = 18.0  # from a line to the next


def heading(title: str, lines: Sequence[str], ink: Ink) -> list[str]:
    """Return the title, and below it the lines, the first of them stronger.

    Args:
        title: What the figure is.
        lines: At least one; see `lines_of` for what they are made of.
        ink: Of the picture.
    """
    parts = [svg.text(EDGE, EDGE + 15, title, _TITLE, font_weight="600")]
    for number, line in enumerate(lines):
        y = EDGE + 38 + _LINE * number
        colour = ink.muted if number else ink.text
        parts.append(svg.text(EDGE, y, line, CAPTION, fill=colour))
    return parts


def lines_of(first: str, told: str, caption: str, room: float) -> list[str]:
    """Return the lines of a heading: which moment, what is read there, of which run.

    Args:
        first: A line of its own: no step of a film may move what stands below.
        told: Cut where it is too long.
        caption: Goes on in the next line where it is.
        room: Width of the picture between its edges.
    """
    return [
        first,
        svg.fitted(told, CAPTION, room),
        *svg.wrapped(caption, CAPTION, room),
    ]


def bottom_of(lines: Sequence[str]) -> float:
    """Return where the next line of a heading would have its base line."""
    return EDGE + 38 + _LINE * len(lines)


def check_cells(count: int, most: int, instead: str) -> None:
    """Refuse a picture of more cells than programs show well.

    Raises:
        ValueError: There are more; says what to do ``instead``.
    """
    if count > most:
        raise ValueError(
            f"this picture would have {count:,} cells, and {most:,} is the most that "
            f"programs show well; {instead}"
        )
