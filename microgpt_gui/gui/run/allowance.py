"""How much of the trainer's time may go to what nobody has asked for."""

from __future__ import annotations


class Allowance:
    """A share of the time that passes, saved up to a limit. Has no clock of its own."""

    def __init__(self, share: float, most_s: float) -> None:
        """Begin with all that can be saved, ``most_s`` seconds."""
        self._share = share
        self._most_s = most_s
        self._left_s = most_s
        self._last_s = most_s  # what it took the last time
        self._at_s = float("-inf")

    def is_left(self, now_s: float) -> bool:
        """Say whether something may be begun, whatever it will take."""
        earned_s = self._share * (now_s - self._at_s)
        self._left_s = min(self._most_s, self._left_s + earned_s)
        self._at_s = now_s
        return self._left_s > 0

    def spend(self, seconds: float) -> None:
        """Take off what it took; where that is too much, the next time must wait.

        But for no longer than it takes to save up all. And what took longer than the
        time before is charged as that: the first time there is much to prepare, and
        now and then a computer is busy elsewhere.
        """
        charged_s = min(seconds, self._last_s)
        self._last_s = seconds
        self._left_s = max(self._left_s - charged_s, -self._most_s)


class Rest:
    """What lies between two goes at something that takes time; has no clock either.

    Attributes:
        most_s: What a rest may take, at most, in seconds; but see the constructor.
    """

    def __init__(self, share: float, most_s: float, most_share: float) -> None:
        """Begin with none.

        Args:
            share: Of the time that it may take.
            most_s: What a rest may take, at most; but see the next.
            most_share: It takes no more than this share, however long the rest.
        """
        self._share = share
        self.most_s = most_s
        self._most_share = most_share
        self.forget()

    def forget(self) -> None:
        """Let the next go begin at once, whatever was."""
        self._took_s = self._rest_s = 0.0
        self._ended_s = float("-inf")

    def begin(self, began_s: float, ended_s: float) -> None:
        """Rest after a go that took from the one time to the other."""
        took_s, before_s = ended_s - began_s, self._took_s
        # One that is slow by accident, or the first, must not keep the next away.
        cost_s = min(took_s, before_s)
        most_s = max(self.most_s, cost_s * (1 / self._most_share - 1))
        self._rest_s = min(most_s, cost_s * (1 / self._share - 1))
        self._took_s, self._ended_s = took_s, ended_s

    def is_over(self, now_s: float) -> bool:
        """Say whether the next go may begin."""
        return self.left_s(now_s) <= 0

    def left_s(self, now_s: float) -> float:
        """Return how long it lasts yet, in seconds; not above 0 if it is over."""
        return self._rest_s - (now_s - self._ended_s)
