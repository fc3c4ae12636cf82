"""Of which steps samples are drawn though nobody has just asked for them."""

from __future__ import annotations

import sys

from microgpt_gui.gui.run.allowance import Allowance

#: Draws every so many steps may take this share of the time, and so many seconds in
#: advance: a quick engine would spend half its time on samples nobody can follow.
DRAW_SHARE, DRAW_ADVANCE_S = 0.05, 0.5

#: No more draws wait to be done than these: who trains does not wait for them.
MOST_OPEN = 2


class DueDraws:
    """Every so many steps, as long as the draws leave the time to training.

    Has no clock of its own. Belongs to one thread.

    Attributes:
        every: How many steps; 0 never.
    """

    def __init__(self) -> None:
        self.every = 0
        self._open = 0
        self._allowance = Allowance(DRAW_SHARE, DRAW_ADVANCE_S)

    def begin_anew(self) -> None:
        """Expect to hear of no draw that is still open: there is another run."""
        self._open = 0

    def is_due(self, step: int, *, is_last: bool, now_s: float) -> bool:
        """Say whether to draw after ``step`` steps; the last of them always is."""
        if not self.every:
            return False
        if is_last:
            return True
        is_turn = step % self.every == 0 and self._open < MOST_OPEN
        return is_turn and self._allowance.is_left(now_s)

    def steps_until(self, step: int, now_s: float) -> int:
        """Return after how many steps more than ``step`` it may be another's turn."""
        if not self.every or self._open >= MOST_OPEN:
            return sys.maxsize
        if not self._allowance.is_left(now_s):
            return sys.maxsize
        return self.every - step % self.every

    def note_begun(self) -> None:
        """Note that one is going to be drawn."""
        self._open += 1

    def note_drawn(self, took_s: float) -> None:
        """Note that one was drawn, and how long that took."""
        self._open = max(0, self._open - 1)
        self._allowance.spend(took_s)
