"""The two orders of a run's documents: the file's, and the one training meets them in.

A document's number is its place in the file, its place is the one in the shuffled
order; both count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.data.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.session.shuffled import Shuffled


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Orders:
    """Leads from either to the other. Nobody writes to what it holds.

    Attributes:
        docs: The documents.
        numbers: Of the document at each place, [place].
        places: Of the document with each number, [number].
    """

    docs: Shuffled
    numbers: NDArray[np.uint32]
    places: NDArray[np.uint32]


def orders_of(docs: Shuffled, check: Callable[[], None] = lambda: None) -> Orders:
    """Return the orders of documents, made once for all who hold them.

    Four million take a second, so call it off the window's thread.

    Args:
        docs: Shuffled.
        check: Called often; what it raises ends the work.
    """
    return _kept.get(docs, partial(_orders, docs, check))


def _orders(docs: Shuffled, check: Callable[[], None]) -> Orders:
    import numpy as np  # not at the top: a session alone does without

    numbers = np.array(docs.numbers(check), dtype=np.uint32)
    check()
    places = np.empty_like(numbers)
    places[numbers] = np.arange(len(numbers), dtype=np.uint32)
    return Orders(docs, numbers, places)


_kept: Kept[Orders] = Kept()
