"""What the page of one's own words says, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.letters import beginning, quoted, visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.scored_lines import ScoredLine, ScoredLines

WORDS = FrameWords(
    seen=(
        "Lines that you type or paste, ranked by how much they surprise the model at "
        "the moment shown. The ground behind each letter is the stronger the less the "
        "model expected it there; the last one is the end. The percentile says how "
        "many of 100 documents that the model was not trained on surprise it less."
    ),
    computed=(
        "Each line is read as a document: BOS, its letters, BOS. Surprise is the loss: "
        "the mean of -log p over the tokens that are predicted, the end included, in "
        "nats; the total is their sum. A line is read as far as the context length, "
        "like in training. Of documents that surprise exactly as much, half count as "
        "less. Percentiles compare with the first documents, in training's order, "
        "that training has not learnt."
    ),
    tried=(
        "Paste names of your friends under names that nobody has. Write one backwards. "
        "Train, and watch the order settle. Drag the timeline to the first steps."
    ),
    parts="lines",
    loading="The run is being prepared. Your lines are scored as soon as it stands.",
    failed=(
        "There is no model to score lines with, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
)

PLACEHOLDER = "Type or paste lines,\none document each"
EMPTY = (
    "Type or paste lines into the box, one document each. They are ranked here by how "
    "much they surprise the model."
)
SCORING = "Being scored …"
POINT = (
    "Point at a line to read its letters. Click it, or press Enter on it, to look at "
    "it in every view."
)

#: The orders, by their numbers.
SURPRISING, EXPECTED, TYPED = range(3)
ORDERS = ("Most surprising first", "Least surprising first", "As typed")

#: Letters of a line that a sentence has room for, and of which it tells each.
_QUOTED, _TOLD = 24, 40


def number(value: float, decimals: int = 2) -> str:
    """Return a number of a cell; a dash where there is none."""
    if math.isnan(value):
        return "–"
    return "∞" if math.isinf(value) else f"{value:,.{decimals}f}"


def percentile(value: float) -> str:
    """Return a percentile; a dash where there is none."""
    return "–" if math.isnan(value) else f"{value:.1f}"


def remark(line: ScoredLine) -> str:
    """Return what is to be said of a line in its row; empty as a rule."""
    if line.problem:
        return line.problem
    if line.unread:
        letters = "letter is" if line.unread == 1 else "letters are"
        return f"the last {line.unread:,} {letters} not read"
    if not line.has_end and line.surprises:
        return "its end is not read"
    return line.note


def reading(line: ScoredLine, scored: ScoredLines) -> str:
    """Return the sentence on a line."""
    text = quoted(_cut(line.taken))
    if line.problem:
        return f"{text} has no score: {line.problem}."
    count = len(line.surprises)
    tokens = f"{count:,} {'token' if count == 1 else 'tokens'}"
    said = f"{text}: {number(line.mean, 3)} nats a token, {number(line.total)} in all"
    said += f" ({tokens})"
    place = scored.percentile(line)
    if not math.isnan(place):
        percent = f"{place:.1f}\N{NO-BREAK SPACE}%"
        said += f"; more than {percent} of {len(scored.measured):,} documents"
    if what := remark(line):
        said += f"; {what}"
    return f"{said}. {_letters(line)}"


def _letters(line: ScoredLine) -> str:
    labels = [*map(visible, line.taken), BOS_LABEL]
    some = [
        f"{label} {number(value)}"
        for label, value in zip(labels, line.surprises, strict=False)
    ]
    return ", ".join(some[:_TOLD]) + (" …" if len(some) > _TOLD else "")


def summary(scored: ScoredLines) -> str:
    """Say what is shown: of when, against what, and what is left out."""
    count = len(scored.lines)
    lines = f"{count:,} {'line' if count == 1 else 'lines'}"
    parts = [f"{lines} after step {scored.step:,}"]
    measured = len(scored.measured)
    if measured:
        what = "held out" if scored.is_held_out else "not trained on yet"
        documents = "document" if measured == 1 else "documents"
        parts.append(f"against {measured:,} {documents} {what}")
    if scored.empty:
        lines = "line" if scored.empty == 1 else "lines"
        parts.append(f"{scored.empty:,} empty {lines} left out")
    if scored.beyond:
        parts.append(f"{scored.beyond:,} more lines are too many")
    if scored.problem:
        parts.append(f"no percentiles: {scored.problem[0].lower()}{scored.problem[1:]}")
    return ", ".join(parts)


def _cut(text: str) -> str:
    some = beginning(text, _QUOTED)
    return some if len(some) == len(text) else f"{some}…"
