"""What the page of statistics says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.gui.panels.data.statistics.shown import LENGTHS, PAIRS
from microgpt_gui.letters import named
from microgpt_gui.session.corpus.letter_counts import OTHERS_LABEL
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.data.statistics.shown import Statistics
    from microgpt_gui.session.corpus.count_maps import CountMap
    from microgpt_gui.session.corpus.lengths import LengthBar, Lengths

WORDS = FrameWords(
    seen=(
        "The text itself, counted, whatever the model has made of it: how long its "
        "documents are; which letter stands how often at each position; and which "
        "letter follows which, BOS before the first and after the last one included. "
        "Letters stand in the order of their frequency."
    ),
    computed=(
        "Every document is counted, whole. By position: the share of a letter among "
        "the documents that go so far; the end counts as a letter. Pairs: how often "
        "the letter of a row is followed by that of a column, as a share of all that "
        "follows it. On logarithmic colours each power of 10 takes a third of the "
        "scale; a pair that never occurs has no colour."
    ),
    tried=(
        "Find the letters that end a document. Compare a row of the pairs with Next "
        "letter after the same letter: a model that has learnt nothing but pairs would "
        "give the same odds. See how much of the documents the context length cuts off."
    ),
    parts="statistics",
    loading="The run is being prepared. Its text is counted as soon as it stands.",
    failed=(
        "There is no text to count, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
)

POINT = "Point at a bar or a cell to read it. Click a part to enlarge it."
COUNTING = "counting …"
TITLES = ("Lengths", "Letters by position", "Pairs of letters")


def part_title(part: int, shown: CountMap | None) -> str:
    """Return what stands above a part."""
    title = TITLES[part]
    if part == LENGTHS:
        return title
    if shown is None:
        return f"{title}: {COUNTING}"
    if shown.is_all:
        return title
    most = len(shown.rows) - 1
    return f"{title}: the {most:,} most frequent of {shown.letters:,}"


def summary(shown: Statistics) -> str:
    """Say in a few words what the text is."""
    lengths = shown.lengths
    count = lengths.documents
    documents = f"{count:,} {'document' if count == 1 else 'documents'}"
    extent = f"{lengths.shortest:,} to {lengths.longest:,} letters"
    if lengths.shortest == lengths.longest:
        extent = _letters(lengths.longest)
    return f"{documents} of {shown.title}, {extent}, {lengths.mean:.1f} on average"


def cut(lengths: Lengths) -> str:
    """Say how much the context length cuts off."""
    if not lengths.cut:
        return f"block_size {lengths.block_size:,}: none is cut"
    share = _percent(lengths.cut / lengths.documents)
    return (
        f"block_size {lengths.block_size:,}: {lengths.cut:,} are cut ({share}), at "
        "their end at least"
    )


def of_lengths(shown: Statistics) -> str:
    """Say what the bars of lengths show, all in all."""
    return f"{TITLES[LENGTHS]}: {summary(shown)}; {cut(shown.lengths)}"


def of_bar(lengths: Lengths, bar: LengthBar) -> str:
    """Return the sentence on a bar."""
    extent = _letters(bar.least)
    if bar.is_open:
        extent = f"{bar.least:,} letters or more"
    elif bar.most > bar.least:
        extent = f"{bar.least:,} to {bar.most:,} letters"
    share = _percent(bar.count / lengths.documents)
    are = "is" if bar.count == 1 else "are"
    count = f"{bar.count:,} of {lengths.documents:,} documents"
    said = f"{count} {are} of {extent}: {share}"
    if bar.least >= lengths.block_size:
        return f"{said}. Of these, the model reads {lengths.block_size:,} positions"
    return said


def of_cell(part: int, shown: CountMap, row: int, column: int) -> str:
    """Return the sentence on a cell."""
    count, whole = int(shown.counts[row, column]), shown.whole(row, column)
    share = f"{_percent(shown.share(row, column))} ({count:,} of {whole:,})"
    if part == PAIRS:
        given, after = shown.rows[row], shown.columns[column]
        return f"{_given(given)}, {_after(after)}: {share}"
    token = shown.rows[row]
    if token == BOS_LABEL:
        return f"The end comes at position {column + 1:,}: {share} that go so far"
    return f"Letter {column + 1:,} is {_named(token)}: {share} that go so far"


def _given(token: str) -> str:
    return "At the start (BOS)" if token == BOS_LABEL else f"After {_named(token)}"


def _after(token: str) -> str:
    if token == BOS_LABEL:
        return "the end (BOS) comes next"
    return f"{_named(token)} comes next"


def _named(token: str) -> str:
    return "one of the others" if token == OTHERS_LABEL else named(token)


def _letters(count: int) -> str:
    return f"{count:,} {'letter' if count == 1 else 'letters'}"


def _percent(share: float) -> str:
    percent = 100 * share
    decimals = 1 if percent >= 1 or not share else 3
    return f"{percent:.{decimals}f}\N{NO-BREAK SPACE}%"
