"""What can be found out about documents, as tables that any program reads."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.exports.tables import table
from microgpt_gui.session.learning import learning_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from microgpt_gui.session.corpus.letter_counts import LetterCounts
    from microgpt_gui.session.corpus.listing import Listing
    from microgpt_gui.session.reading.sample_tally import Tally
    from microgpt_gui.session.reading.scored_lines import ScoredLines
    from microgpt_gui.session.segment import Segment


def documents_csv(
    shown: Listing, segments: Sequence[Segment], at: int, check: Callable[[], None]
) -> Iterator[str]:
    r"""Yield a list of documents as a table.

    Columns: training and file, the document's number in training's order and in the
    file, from 1; document, with a line break as the two characters \n; letters; step,
    the first that learns it, from 1, empty if none of the run does; times, how often it
    has been learnt.

    Args:
        shown: The list.
        segments: Of the run.
        at: Steps done.
        check: Called now and then; what it raises ends the work.
    """
    header = ("training", "file", "document", "letters", "step", "times")

    def rows() -> Iterator[Sequence[object]]:
        for row in range(len(shown)):
            place, document = shown.place(row), shown.document(row)
            learning = learning_of(segments, at, place)
            yield (
                place + 1,
                shown.number(row) + 1,
                with_escaped_breaks(document),
                len(document),
                "" if learning.first is None else learning.first,
                learning.times,
            )

    return table(header, rows(), check)


def lengths_csv(counts: Mapping[int, int], check: Callable[[], None]) -> Iterator[str]:
    """Yield how many documents have each length, as a table.

    Columns: letters; documents, how many have so many. A length that none has is left
    out.

    Args:
        counts: By length.
        check: Called now and then; what it raises ends the work.
    """
    return table(("letters", "documents"), sorted(counts.items()), check)


def positions_csv(counts: LetterCounts, check: Callable[[], None]) -> Iterator[str]:
    """Yield the letters by position as a table.

    Columns: position, from 1; token, BOS for the end; count; of, how many documents go
    so far, the end counted as a token; share, to the last digit. What never stands
    there is left out.

    Args:
        counts: Of the documents.
        check: Called now and then; what it raises ends the work.
    """
    header = ("position", "token", "count", "of", "share")
    labels = counts.labels

    def rows() -> Iterator[Sequence[object]]:
        for place, row in enumerate(counts.positions, start=1):
            whole = int(row.sum())
            for token in row.nonzero()[0].tolist():
                count = int(row[token])
                label = with_escaped_breaks(labels[token])
                yield place, label, count, whole, repr(count / whole)

    return table(header, rows(), check)


def pairs_csv(counts: LetterCounts, check: Callable[[], None]) -> Iterator[str]:
    """Yield which token follows which as a table.

    Columns: given, BOS for the start; next, BOS for the end; count; of, how often the
    given one is followed by any; chance, count / of, to the last digit. Pairs that
    never occur are left out.

    Args:
        counts: Of the documents.
        check: Called now and then; what it raises ends the work.
    """
    header = ("given", "next", "count", "of", "chance")
    labels = [with_escaped_breaks(label) for label in counts.labels]

    def rows() -> Iterator[Sequence[object]]:
        for given, row in enumerate(counts.pairs):
            whole = int(row.sum())
            for after in row.nonzero()[0].tolist():
                count = int(row[after])
                share = repr(count / whole)
                yield labels[given], labels[after], count, whole, share

    return table(header, rows(), check)


def lines_csv(
    scored: ScoredLines, order: Sequence[int], check: Callable[[], None]
) -> Iterator[str]:
    r"""Yield scored lines as a table.

    Columns: rank, from 1; number, of the line as it was typed, from 1; line; read, what
    was read of it; tokens, how many were predicted; mean and total, -log p in nats;
    percentile, how many in 100 of the documents measured surprise less, and measured,
    how many these are; unread, letters at the end that were not read; problem, why it
    has no score. Numbers to the last digit; empty where there are none.

    Args:
        scored: The lines.
        order: Their numbers, as they are ranked.
        check: Called now and then; what it raises ends the work.
    """
    header = (
        "rank",
        "number",
        "line",
        "read",
        "tokens",
        "mean",
        "total",
        "percentile",
        "measured",
        "unread",
        "problem",
    )
    by_number = {line.number: line for line in scored.lines}

    def rows() -> Iterator[Sequence[object]]:
        for rank, number in enumerate(order, start=1):
            line = by_number[number]
            yield (
                rank,
                number,
                line.typed,
                with_escaped_breaks(line.taken),
                len(line.surprises),
                _number(line.mean),
                _number(line.total),
                _number(scored.percentile(line)),
                len(scored.measured),
                line.unread,
                line.problem,
            )

    return table(header, rows(), check)


def _number(value: float) -> str:
    return "" if isnan(value) else repr(value)


def counted_samples_csv(tally: Tally, check: Callable[[], None]) -> Iterator[str]:
    r"""Yield samples with what is counted of each.

    Columns: number, from 1; sample, with a line break as the two characters \n; a
    column for each kind, yes or no; log_probability, in nats, to the last digit; step,
    temperature and seed, by which they can be drawn again.

    Args:
        tally: The samples.
        check: Called now and then; what it raises ends the work.
    """
    kinds = tally.kinds()
    names = [kind.value.replace(",", "").replace(" ", "_") for kind in kinds]
    header = (
        "number",
        "sample",
        *names,
        "log_probability",
        "step",
        "temperature",
        "seed",
    )
    members = [set(tally.of_kind(kind)) for kind in kinds]
    drawn = (tally.step, repr(tally.temperature), _seed(tally))

    def rows() -> Iterator[Sequence[object]]:
        for place, sample in enumerate(tally.samples):
            answers = ["yes" if place in some else "no" for some in members]
            text = with_escaped_breaks(sample.text)
            yield place + 1, text, *answers, repr(sample.log_probability), *drawn

    return table(header, rows(), check)


def sample_counts_csv(tally: Tally, check: Callable[[], None]) -> Iterator[str]:
    """Yield how many samples are of each kind, as a table.

    Columns: kind; count; of, all samples; share, to the last digit; step, temperature
    and seed, by which they can be drawn again.

    Args:
        tally: The samples.
        check: Called now and then; what it raises ends the work.
    """
    header = ("kind", "count", "of", "share", "step", "temperature", "seed")
    drawn = (tally.step, repr(tally.temperature), _seed(tally))
    of = len(tally.samples)

    def rows() -> Iterator[Sequence[object]]:
        for kind in tally.kinds():
            count = len(tally.of_kind(kind))
            yield kind.value, count, of, repr(count / of) if of else "", *drawn

    return table(header, rows(), check)


def _seed(tally: Tally) -> str:
    return "default" if tally.seed is None else str(tally.seed)
