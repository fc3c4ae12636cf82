"""How fast a run shall train: watchable, at full speed, or exactly so many steps/s."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

#: Steps a second that an exact pace may have: one step in two seconds, and more than
#: any engine does with a model of use.
SLOWEST, FASTEST = 0.5, 100_000.0

#: A watchable run that would be over in less than the one takes about the other, in
#: seconds.
TOO_SHORT_S, WATCHABLE_S = 3.0, 5.0

#: Exact paces that are offered, and that Faster and Slower go through.
OFFERED = (0.5, 1.0, 3.0, 10.0, 30.0, 100.0, 1000.0, 10_000.0)


class PaceError(ValueError):
    """What was written is no pace; says what was wanted and what came."""


@dataclass(frozen=True, slots=True)
class TrainingPace:
    """A person's choice; see `WATCHABLE`, `FULL_SPEED` and `exactly`.

    Attributes:
        steps_per_s: Not more than so many; infinite where the engine's speed decides.
        is_watchable: Whether a run that is too short to be watched is stretched.
    """

    steps_per_s: float = inf
    is_watchable: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is a number of steps a second."""
        return self.steps_per_s < inf

    @property
    def stored(self) -> str | float:
        """What `of_stored` takes."""
        return self.steps_per_s if self.is_exact else self.words.lower()

    @property
    def words(self) -> str:
        """What people read."""
        if self.is_watchable:
            return "Watchable"
        if not self.is_exact:
            return "Full speed"
        if self.steps_per_s == SLOWEST:
            return f"1 step in {1 / SLOWEST:g} s"
        return f"{number(self.steps_per_s)} step{'s' * (self.steps_per_s != 1)}/s"


WATCHABLE, FULL_SPEED = TrainingPace(is_watchable=True), TrainingPace()


def exactly(steps_per_s: float) -> TrainingPace:
    """Return the pace of so many steps a second.

    Raises:
        PaceError: These are too few or too many, or no number.
    """
    if not SLOWEST <= steps_per_s <= FASTEST:
        raise PaceError(_refusal(f"not {steps_per_s:,.10g}"))
    return TrainingPace(float(steps_per_s))


def of_stored(stored: object) -> TrainingPace | None:
    """Return the pace that `TrainingPace.stored` gave; None for anything else.

    0 is what full speed was called once.
    """
    if stored == FULL_SPEED.stored or (stored == 0 and type(stored) in (int, float)):
        return FULL_SPEED
    if stored == WATCHABLE.stored:
        return WATCHABLE
    if type(stored) not in (int, float):
        return None
    assert isinstance(stored, int | float)
    return TrainingPace(float(stored)) if SLOWEST <= stored <= FASTEST else None


def read_pace(text: str) -> TrainingPace:
    """Return the exact pace that a person has written.

    As a number of steps a second, with or without its unit, or as "1 step in 2 s".

    Raises:
        PaceError: It is something else, or out of range.
    """
    words = " ".join(text.lower().split())
    rate = inf  # which nobody writes as a number
    if found := _PER_SECOND.fullmatch(words):
        rate = _number(found[1])
    elif (found := _EVERY.fullmatch(words)) and (seconds := _number(found[2])):
        rate = _number(found[1] or "1") / seconds
    if rate < inf:
        return exactly(rate)
    shown = text.strip()
    shown = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
    raise PaceError(_refusal(f"not “{shown}”" if words else "and the box is empty"))


def faster(pace: TrainingPace, steps: int) -> TrainingPace:
    """Return the next pace up; that of a run of ``steps`` steps, if it is watchable.

    Watchable stands among the exact ones where its own pace is.
    """
    if not pace.is_exact:
        return FULL_SPEED
    above = [rung for rung in OFFERED if rung > pace.steps_per_s]
    if pace.steps_per_s >= watchable_rate(steps):
        return TrainingPace(above[0]) if above else FULL_SPEED
    if above and above[0] < watchable_rate(steps):
        return TrainingPace(above[0])
    return WATCHABLE


def slower(pace: TrainingPace, steps: int) -> TrainingPace:
    """Return the next pace down; see `faster`."""
    if pace == FULL_SPEED:
        return WATCHABLE
    now = watchable_rate(steps) if pace.is_watchable else pace.steps_per_s
    below = [rung for rung in OFFERED if rung < now]
    return TrainingPace(below[-1] if below else SLOWEST)


def watchable_rate(steps: int) -> float:
    """Return how many steps a second stretch a run of ``steps`` steps enough."""
    return steps / WATCHABLE_S


def number(steps_per_s: float) -> str:
    """Return a pace's digits, as exact as it was written."""
    digits = f"{steps_per_s:,.3f}"
    return digits.rstrip("0").rstrip(".")


#: Of what is no pace, so many letters are repeated.
_LONGEST = 30

_NUMBER = r"(\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+\.?\d*|\.\d+)"
_PER_SECOND = re.compile(rf"{_NUMBER} ?(?:steps?)? ?(?:(?:/|per|a) ?(?:s|second))?")
_EVERY = re.compile(rf"{_NUMBER}? ?steps? (?:in|every) {_NUMBER} ?(?:s|seconds?)")


def _number(digits: str) -> float:
    return float(re.sub("[ ,]", "", digits))


def _refusal(what_came: str) -> str:
    return (
        f"A pace is a number of steps a second from {SLOWEST:g}, one step in "
        f"{1 / SLOWEST:g} s, to {FASTEST:,.0f}, {what_came}."
    )


#: A pace is kept to if that much of it is done: it is measured by a few steps.
_KEPT = 0.85


#: By single steps far apart, each from cold, an engine's speed is not to be measured.
_WARM = 30.0


class PaceInForce(NamedTuple):
    """What the trainer makes of a pace.

    Attributes:
        limit: Steps a second that it keeps to; infinite while the engine's speed
            decides.
        full_speed: Steps a second that the engine would do at least, if nothing else
            was to be done; None while not known.
    """

    limit: float = inf
    full_speed: float | None = None

    def rate(self, measured: float | None) -> float | None:
        """Return how many steps a second are done; None while not known.

        Args:
            measured: Over the last moments, as far as known. A few steps are too few to
                measure a pace by, which is kept to in the long run.
        """
        if measured is not None:
            return min(measured, self.limit)
        keeps_up = self.full_speed is not None and self.full_speed > self.limit
        return self.limit if keeps_up else None

    @property
    def possible(self) -> float | None:
        """Steps a second without the limit, where that is known well."""
        return self.full_speed if self.limit >= _WARM else None

    def is_kept_at(self, rate: float) -> bool:
        """Say whether it is the limit that makes it ``rate`` steps a second."""
        return self.limit < inf and rate >= _KEPT * self.limit
