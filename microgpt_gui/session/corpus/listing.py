"""Which documents a list shows, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.session.corpus.orders import orders_of
from microgpt_gui.session.corpus.search import search

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.session.corpus.orders import Orders
    from microgpt_gui.session.corpus.search import Found, Where
    from microgpt_gui.session.shuffled import Shuffled


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to show.

    Attributes:
        docs: Of all these.
        text: Those that it is in; empty for all.
        where: Where in them it is.
        is_shuffled: Whether they stand as training meets them, not as in the file.
    """

    docs: Shuffled
    text: str = ""
    where: Where = "contains"
    is_shuffled: bool = True


class Listing:
    """A list of documents, in rows from 0. From any thread.

    Attributes:
        asked: What it is to show.
        is_complete: Whether all documents were looked through.
    """

    def __init__(self, asked: Asked, orders: Orders, found: Found | None) -> None:
        """Put what is found in order; of millions, off the window's thread.

        Args:
            asked: What it is to show.
            orders: Of its documents.
            found: What its text is in; None where there is no text.
        """
        self.asked = asked
        self.is_complete = found is None or found.is_complete
        self._orders = orders
        self._rows: NDArray[np.uint32] | None = None  # numbers or places, ascending
        if found is not None:
            self._rows = found.numbers
            if asked.is_shuffled:
                self._rows = orders.places[found.numbers]
                self._rows.sort()

    def __len__(self) -> int:
        return len(self.asked.docs) if self._rows is None else len(self._rows)

    def number(self, row: int) -> int:
        """Return the place in the file of the document in a row."""
        at = self._at(row)
        return int(self._orders.numbers[at]) if self.asked.is_shuffled else at

    def place(self, row: int) -> int:
        """Return its place in the shuffled order."""
        at = self._at(row)
        return at if self.asked.is_shuffled else int(self._orders.places[at])

    def document(self, row: int) -> str:
        """Return it."""
        return self.asked.docs.documents[self.number(row)]

    def row_of(self, place: int) -> int | None:
        """Return the row of the document at a place of the shuffled order, if any."""
        at = place if self.asked.is_shuffled else int(self._orders.numbers[place])
        if self._rows is None:
            return at
        row = int(self._rows.searchsorted(at))
        is_there = row < len(self._rows) and self._rows[row] == at
        return row if is_there else None

    def _at(self, row: int) -> int:
        return row if self._rows is None else int(self._rows[row])


def listing(
    asked: Asked,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[Callable[[], Listing]], None] = lambda _made: None,
) -> Listing:
    """Return the list of documents that is asked for.

    Args:
        asked: See there.
        check: Called often; what it raises ends the work.
        tell: Called as often with a function that returns what is found so far.
    """
    orders = orders_of(asked.docs, check)
    if not asked.text:
        return Listing(asked, orders, None)
    found = search(
        asked.docs.documents,
        asked.text,
        asked.where,
        check,
        lambda found: tell(partial(Listing, asked, orders, found)),
    )
    return Listing(asked, orders, found)
