"""The losses of one run with what is drawn of them, kept up to date bit by bit."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.panels.loss.smoothing import MovingAverage
from microgpt_gui.session.loss_extent import (
    AVERAGED,
    NOTHING,
    SINGLE,
    around,
    looked_at,
    usual_of_sorted,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.loss.smoothing import Smoothing
    from microgpt_gui.gui.run.history import LossHistory
    from microgpt_gui.session.loss_extent import Extent


#: Outliers are found anew when there is one loss more in so many.
_SHARE = 64


class LossSeries:
    """Losses, their average and their extent.

    Attributes:
        low, high: Extent of the finite losses; ``low > high`` while there are none.
        usual: Their extent but for outliers; follows with a delay of a few steps.
        first_broken: First step, from 1, whose loss is not finite; 0 for none.
    """

    def __init__(self, history: LossHistory, smoothing: Smoothing) -> None:
        self._history = history
        self._average = MovingAverage(smoothing.weight)
        self.low, self.high = inf, -inf
        self.usual = NOTHING
        self._judged = 0  # losses that ``usual`` was found from
        self.first_broken = 0

    def __len__(self) -> int:
        return len(self._average)

    @property
    def raw(self) -> NDArray[np.float64]:
        """Loss of each step taken in, in nats, [step]."""
        return self._history.values[: len(self)]

    @property
    def smooth(self) -> NDArray[np.float64]:
        """Average after each step taken in, in nats, [step]; nan where the loss is."""
        return self._average.averages

    def catch_up(self) -> None:
        """Take in what the history has gained; costs what is new."""
        done = len(self)
        new = self._history.values[done:]
        if not len(new):
            return
        known, finite = new, np.isfinite(new)
        if not finite.all():
            known = new[finite]
            if not self.first_broken:
                self.first_broken = done + int(finite.argmin()) + 1
        if len(known):
            self.low = min(self.low, float(known.min()))
            self.high = max(self.high, float(known.max()))
        self._average.extend(new)
        # Seldom, so that the price of all does not come with each.
        if len(self) - self._judged > self._judged // _SHARE:
            self._judged = len(self)
            self.usual = around(_usual(self.raw, SINGLE), _usual(self.smooth, AVERAGED))

    def set_smoothing(self, smoothing: Smoothing) -> None:
        """Average anew, from the first step on."""
        self._average = MovingAverage(smoothing.weight)
        self.catch_up()


def _usual(losses: NDArray[np.float64], fence: float) -> Extent:
    """Return what `usual_extent` does, in a tenth of its time."""
    known = np.asarray(looked_at(losses))
    return usual_of_sorted(np.sort(known[np.isfinite(known)]), fence)
