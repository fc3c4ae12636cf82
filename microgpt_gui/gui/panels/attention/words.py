"""What the attention panel says, in words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.gui.panels.attention.roles.words import HOW_MEASURED
from microgpt_gui.letters import named, visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.text import TextReading

HOW_TO_READ = (
    "Rows look from, columns are looked at: each row shares 1 among its own token and "
    "those before."
)

LINES_READ = (
    "Letters above look, letters below are looked at: the thicker a line, the larger "
    "its share."
)


def point(*, is_all: bool, is_of_lines: bool) -> str:
    """Say how to point at a part of the figure.

    Args:
        is_all: All heads are shown, not one.
        is_of_lines: As lines.
    """
    part = "line or a letter" if is_of_lines else "cell"
    if is_all:
        return f"Point at a {part} to read its value. Click a head to enlarge it."
    return (
        f"Point at a {part} to read its value, or go there with Down. Left and Right "
        "show the others, Escape all."
    )


WORDS = FrameWords(
    seen=(
        "One square for each head of the model, as it is at the moment shown, reading "
        "the text above. A row is a token that looks, a column a token that is looked "
        "at: the stronger its colour, the larger its share. Above the diagonal is "
        "nothing, since no token sees what comes later. BOS is the beginning. As lines "
        "(a button in the title, or M), letters above look at letters below; shares "
        "below 0.02 have no line."
    ),
    computed=(
        "Each head makes a query of the token that looks, and a key of each token up "
        "to it. Their dot products, divided by the square root of the head's size, go "
        "through softmax: so each row shares 1. These are the model's own numbers. "
        + HOW_MEASURED
    ),
    tried=(
        "Type a name, and change its first letter. Train, and see the even rows of the "
        "untrained model take shape. Click a head to read its numbers. Switch one off "
        "beside its name, or by X: how much worse are the odds? Where the cells are "
        "pale, choose another range for the colours."
    ),
    parts="heads",
    loading="The run is being prepared. Its attention appears as soon as it stands.",
    failed=(
        "There is no model to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
    meaning="share of attention",
    ranges={
        ColourRange.FIXED: ("0 to 1", "0 to 1 in every head"),
        ColourRange.PART: ("by head", "By head: as far as 19 in 20 of its shares"),
        ColourRange.ROW: ("by row", "By row: as far as its largest share"),
    },
    widest_tick="0.05+",
    how_to_read=HOW_TO_READ,
)


def ticks(colour_range: ColourRange, span: float | None) -> tuple[str, str, str]:
    """Return the numbers of the colours.

    Args:
        colour_range: How far they reach.
        span: The share that has the end colour; None where there are several.
    """
    if span is None:
        return "0", "", "most"
    beyond = "+" if colour_range is ColourRange.PART and span < 1 else ""
    return "0", f"{span / 2:.2g}", f"{span:.2g}{beyond}"


def head_title(layer: int, head: int, layers: int) -> tuple[str, ...]:
    """Return ways to write the name of a head, longest first.

    Args:
        layer: From 0.
        head: From 0.
        layers: Of the model; with only one, it goes without saying.
    """
    if layers == 1:
        return f"head {head + 1}", f"H{head + 1}"
    return f"layer {layer + 1} · head {head + 1}", f"L{layer + 1} · H{head + 1}"


def reading(look: TextReading, layer: int, head: int, query: int, key: int) -> str:
    """Say what the cell of ``query`` and ``key`` shows; all count from 0."""
    attention = look.attention
    of = "" if len(attention) == 1 else f"layer {layer + 1}, "
    of += f"head {head + 1}: "
    looks_from = _token(look.labels[query], query)
    looks_at = _token(look.labels[key], key)
    if key > query:
        return f"{of}{looks_from} cannot see {looks_at}, which comes later: no weight"
    value = attention[layer][head][query][key]
    looks_at = "itself" if key == query else looks_at
    if not 0.0 <= value <= 1.0 + 1e-9:  # NaN is neither
        told = f"no number ({value})" if not isfinite(value) else f"no share: {value:g}"
        return (
            f"{of}what {looks_from} gives to {looks_at} is {told}: the weights have "
            "grown too large"
        )
    return (
        f"{of}{looks_from} gives {value:.3f} of its attention to "
        f"{looks_at} · {_exact(value)}"
    )


def spoken(reading: TextReading, layer: int, head: int, query: int, key: int) -> str:
    """Say the same to a screen reader, in short: "head 2, from r to BOS: 0.62"."""
    attention = reading.attention
    of = spoken_head(layer, head, len(attention))
    looks_from, looks_at = (_letter(reading.labels[i]) for i in (query, key))
    if key > query:
        return f"{of}, {looks_from} cannot see {looks_at}, which comes later"
    value = attention[layer][head][query][key]
    told = f"{value:.2f}" if isfinite(value) else "no number"
    return f"{of}, from {looks_from} to {looks_at}: {told}"


def spoken_head(layer: int, head: int, layers: int) -> str:
    """Return what a head is called where nothing is seen."""
    of = "" if layers == 1 else f"layer {layer + 1}, "
    return f"{of}head {head + 1}"


def _letter(label: str) -> str:
    is_seen = len(label) != 1 or visible(label) == label
    return label if is_seen else named(label)


def longest_reading(look: TextReading) -> str:
    """Return a sentence for the pointer as long as any of ``look`` gets."""
    attention = look.attention
    of = "" if len(attention) == 1 else f"layer {len(attention)}, "
    last = max(99, len(look.labels))  # as many digits for every usual document
    return (
        f'{of}head {len(attention[0])}: "w" (position {last}) gives 0.000 '
        f"of its attention to {BOS_LABEL} (the beginning, position 0) · 0.00000000"
    )


def _token(label: str, position: int) -> str:
    if position == 0:
        return f"{BOS_LABEL} (the beginning, position 0)"
    return f"{named(label)} (position {position})"


def _exact(value: float) -> str:
    return f"{value:.8f}" if value >= 1e-4 or value == 0 else f"{value:.7e}"
