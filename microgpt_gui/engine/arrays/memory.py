"""Memory that documents of all lengths use in turn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Memory:
    """Lends the same arrays to every length, as only one document is learnt at a time.

    So a model needs the memory of its longest document, not of all lengths together,
    and what the processor has in its cache serves the next document too.
    """

    def __init__(self) -> None:
        self._arrays: list[Floats] = []
        self._lent = 0

    def take_back(self) -> None:
        """Begin to lend anew, from the first array on."""
        self._lent = 0

    def lend(self, *shape: int) -> Floats:
        """Return an array of unknown content, contiguous.

        Every borrower asks in the same order; the largest should come first.
        """
        size = math.prod(shape)
        if self._lent == len(self._arrays):
            self._arrays.append(np.empty(size))
        elif self._arrays[self._lent].size < size:
            self._arrays[self._lent] = np.empty(size)
        array = self._arrays[self._lent]
        self._lent += 1
        return array[:size].reshape(shape)
