"""The losses of a run, in an array that grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FIRST_CAPACITY = 4096


class LossHistory:
    """Losses by step, in nats; appending costs constant time on average."""

    def __init__(self) -> None:
        self._values = np.empty(_FIRST_CAPACITY)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def extend(self, losses: Sequence[float] | NDArray[np.float64]) -> None:
        """Append ``losses``."""
        size = self._size + len(losses)
        if size > len(self._values):
            grown = np.empty(max(size, 2 * len(self._values)))
            grown[: self._size] = self._values[: self._size]
            self._values = grown
        self._values[self._size : size] = losses
        self._size = size

    @property
    def values(self) -> NDArray[np.float64]:
        """A read-only view, [step]; what it shows never changes later."""
        view = self._values[: self._size]
        view.flags.writeable = False
        return view
