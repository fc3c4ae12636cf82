"""What can be found out about documents, as tables that any program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.corpus.learning import learning_of
from microgpt_gui.session.exports.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.corpus.listing import Listing
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
