"""Which step of a run is due when: what a pace means while it trains."""

from __future__ import annotations

from collections import deque
from math import floor, inf
from typing import NamedTuple

from microgpt_gui.gui.run.training_pace import (
    FULL_SPEED,
    TOO_SHORT_S,
    WATCHABLE_S,
    PaceInForce,
    TrainingPace,
)

#: A trainer that was kept from its steps makes up for so much time at most, or for one
#: step: it must not hurry later. A watchable run is to be over in time, too.
_MAKE_UP_S, _MAKE_UP_WATCHABLE_S = 0.05, 0.4

#: Where steps are due more often, those of so many seconds are done together.
_TOGETHER_S = 0.008

#: The engine's speed is that of its last steps, which took so many seconds; so many it
#: takes to judge by it.
_SPEED_OF_S, _KNOWN_AFTER_S = 0.25, 0.1

#: Once it was judged whether the engine is too fast to be watched, only a speed that is
#: so much greater or smaller changes that: speeds are never quite even.
_STEADY = 1.2

#: Trained without a limit for so many seconds, a run does not become slower than it
#: was: that would look as if something had gone wrong.
_SEEN_S = 1.0


class Work(NamedTuple):
    """What an engine has done.

    Attributes:
        steps: How many.
        cpu_s: Processor time that they took: to wait for the interpreter, which the
            window needs too, would make the engine look slow.
    """

    steps: int
    cpu_s: float


class Pacer:
    """Says how many steps may be done now. Has no clock; belongs to one thread.

    What `WATCHABLE` stretches is a *stretch* of steps: from where training began to the
    end of the run. A new one begins with a run, be it new, opened or forked; where more
    steps are asked for at the end; where another pace is chosen. Going on after a pause
    goes on in the same stretch, and as fast. When its end is moved, the steps
    to come are spread anew, though no slower than before; and likewise when the engine
    turns out to be another one in mid-run, much faster.

    Attributes:
        pace: The person's choice.
    """

    def __init__(self) -> None:
        self.pace = FULL_SPEED
        self._limit = inf
        self._from = self._to = 0  # the stretch
        self._origin_s, self._origin = 0.0, 0  # time and step that the plan counts from
        self._unlimited: tuple[float, int] | None = None  # since when, and which step
        self._is_judged = False
        self._speed = _Speed()

    def begin_anew(self) -> None:
        """Forget the run: another one is taken up."""
        self._from = self._to = 0
        self._speed = _Speed()

    def set_pace(self, pace: TrainingPace, step: int, end: int, now_s: float) -> None:
        """Keep to ``pace`` from now on."""
        self.pace = pace
        self._begin_stretch(step, end, now_s)

    def go_on(self, step: int, end: int, now_s: float) -> None:
        """Begin to train, or go on after a pause: the first step is due at once.

        Args:
            step: Steps done.
            end: Steps of the run.
            now_s: The time; of any clock, the same at each call.
        """
        if step >= self._to:
            self._begin_stretch(step, end, now_s)
        self._count_from(step, now_s)
        if self._unlimited is not None:
            self._unlimited = now_s, step

    def due(self, step: int, end: int, now_s: float) -> int:
        """Return how many steps may be done now; as `go_on`, and 0 for none."""
        if end != self._to:
            self._move_end(step, end, now_s)
        if self._limit == inf:
            return max(end - step, 0)
        late_s = now_s - self._time_of(step)
        if late_s < 0:
            return 0
        most_s = _MAKE_UP_WATCHABLE_S if self.pace.is_watchable else _MAKE_UP_S
        most_s = max(1 / self._limit, most_s)
        if late_s > most_s:
            self._count_from(step, now_s - most_s)
        planned = floor((now_s - self._origin_s) * self._limit) + self._origin
        # Time is a sum of floating point: the step that was late just now is due.
        return min(max(planned + 1 - step, 1), end - step)

    def wait_s(self, step: int, now_s: float) -> float:
        """Return for how long nothing is due; 0 where something is."""
        if self._limit == inf:
            return 0.0
        wait_s = self._time_of(step) - now_s
        return max(wait_s, _TOGETHER_S) if wait_s > 0 else 0.0

    def note(self, step: int, end: int, work: Work, now_s: float) -> None:
        """Note that the engine has done ``work``; the others as `go_on`, after it."""
        self._speed.note(work)
        if self.pace.is_watchable and self._speed.cpu_s >= _KNOWN_AFTER_S:
            self._judge(step, end, now_s)

    @property
    def in_force(self) -> PaceInForce:
        """What the pace comes to."""
        return PaceInForce(self._limit, self._speed.steps_per_s)

    def _begin_stretch(self, step: int, end: int, now_s: float) -> None:
        self._from, self._to = step, end
        self._unlimited = None
        self._is_judged = False
        # Watchable begins with its limit: a slow engine is soon known to need none,
        # while a fast one would be at the end before it is known.
        watchable = max(end - step, 1) / WATCHABLE_S
        self._limit = watchable if self.pace.is_watchable else self.pace.steps_per_s
        self._count_from(step, now_s)

    def _move_end(self, step: int, end: int, now_s: float) -> None:
        self._to = end
        if self.pace.is_watchable and self._limit < inf:
            self._spread(step, end, now_s, self._limit)

    def _judge(self, step: int, end: int, now_s: float) -> None:
        """Decide whether the engine needs a limit to be watched."""
        speed = self._speed.steps_per_s
        assert speed is not None
        whole_s = (self._to - self._from) / speed
        is_limited = self._limit < inf
        steady = _STEADY if self._is_judged else 1.0
        self._is_judged = True
        if is_limited and whole_s >= TOO_SHORT_S * steady:
            self._limit = inf
            self._unlimited = now_s, step
        elif not is_limited and whole_s < TOO_SHORT_S / steady:
            self._spread(step, end, now_s, self._seen(step, now_s))

    def _seen(self, step: int, now_s: float) -> float:
        """Return how many steps a second were seen without a limit; 0 if not long."""
        if self._unlimited is None:
            return 0.0
        since_s, first = self._unlimited
        passed_s = now_s - since_s
        return (step - first) / passed_s if passed_s >= _SEEN_S else 0.0

    def _spread(self, step: int, end: int, now_s: float, least: float) -> None:
        self._unlimited = None
        self._limit = max(least, max(end - step, 1) / WATCHABLE_S)
        self._count_from(step, now_s)

    def _count_from(self, step: int, now_s: float) -> None:
        self._origin, self._origin_s = step, now_s

    def _time_of(self, step: int) -> float:
        """Return when the step after ``step`` steps is due."""
        return self._origin_s + (step - self._origin) / self._limit


class _Speed:
    """How fast an engine is while it is at work.

    Attributes:
        cpu_s: Processor time of the steps that it is judged by.
    """

    def __init__(self) -> None:
        self._last: deque[Work] = deque()
        self._is_first = True
        self._forget()

    def _forget(self) -> None:
        self._last.clear()
        self._steps, self.cpu_s = 0, 0.0

    def note(self, work: Work) -> None:
        if (
            self._is_first and self._last
        ):  # what is done for the first time takes longer
            self._forget()
            self._is_first = False
        self._last.append(work)
        self._add(work, 1)
        while len(self._last) > 1 and self.cpu_s - self._last[0].cpu_s >= _SPEED_OF_S:
            self._add(self._last.popleft(), -1)

    def _add(self, work: Work, sign: int) -> None:
        self._steps += sign * work.steps
        self.cpu_s += sign * work.cpu_s

    @property
    def steps_per_s(self) -> float | None:
        """Steps a second of processor time; None while not known."""
        return self._steps / self.cpu_s if self.cpu_s > 0 else None
