"""The same run trained by several engines side by side, each with its own clock."""

from __future__ import annotations

import time
from array import array
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.engine.memory_words import too_large
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.machine_code.at_hand import COMPILED
from microgpt_gui.session.machine_code.supply import Supply
from microgpt_gui.session.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from microgpt_gui.session.config import RunConfig

#: An entrant trains for so long by its own clock before another gets its turn.
SLICE_S = 0.010


@dataclass(frozen=True, slots=True)
class RaceSnapshot:
    """News of one entrant."""

    entrant: str  # the engine's key
    step: int  # steps done
    losses: array[float]  # nats; of steps ``step - len(losses)`` to ``step - 1``
    seconds: float  # that its own steps took, so far
    is_finished: bool  # it has done all steps of the race
    problem: str = ""  # why it gave up; for people


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the losses of one entrant differ from another's at the same steps."""

    entrant: str
    reference: str
    steps: int  # that both have done
    first: int | None  # the first step, from 1, whose losses differ; None for none
    largest: float  # difference, relative to the larger of the two losses


@dataclass(frozen=True, slots=True)
class RaceNews:
    """What happened since the last news."""

    snapshots: tuple[RaceSnapshot, ...]  # of entrants of which there is anything new
    comparisons: tuple[Comparison, ...]  # of every other entrant with the first


class Race:
    """A race between engines. Belongs to one thread at a time.

    Whoever has the least time on its clock trains next, so that all clocks go together:
    at any moment the counters stand as if each engine had a computer to itself.
    """

    def __init__(
        self,
        config: RunConfig,
        entrants: Sequence[str],
        steps: int,
        cancel: CancelToken | None = None,
    ) -> None:
        """Prepare a run for each entrant, untrained.

        The engine "compiled" is compiled first, if it is not.

        Args:
            config: Settings of all of them, but for the engine.
            entrants: Keys of engines; the first is what the others are compared with.
            steps: How far to go: the first ``steps`` of the run that ``config`` means.
            cancel: Stops a long step from another thread.

        Raises:
            ValueError: ``steps`` is not from 1 to the run's.
            CorpusError: The text cannot be used.
            Cancelled: ``cancel`` was cancelled on the way.
        """
        if not 1 <= steps <= config.steps:
            raise ValueError(f"steps must be from 1 to {config.steps}, not {steps}")
        cancel = cancel or CancelToken()
        dataset = load_dataset(config.dataset, cancel.check, reading=config.reading)
        self._lanes: list[_Lane] = []
        for name in entrants:
            lane = _Lane(name, steps)
            self._lanes.append(lane)
            with _alone(lane):
                if name == COMPILED:
                    # Nobody may stand in for it here, as in other runs.
                    Supply().wait(cancel.check)
                own = replace(config, engine=name)
                lane.run = Run(own, cancel=cancel, dataset=dataset)
        self._tallies = [_Tally(lane, self._lanes[0]) for lane in self._lanes[1:]]

    @property
    def is_over(self) -> bool:
        """Whether everyone has arrived or given up."""
        return not any(lane.is_racing for lane in self._lanes)

    def advance(self) -> None:
        """Let one entrant train for a slice of time; at least one step.

        Raises:
            Cancelled: The token was cancelled; what was done before stays news.
        """
        racing = [lane for lane in self._lanes if lane.is_racing]
        if racing:
            lane = min(racing, key=_Lane.by_clock)
            with _alone(lane):
                lane.train(SLICE_S)

    def news(self) -> RaceNews:
        """Return what happened since this was last called."""
        snapshots = tuple(lane.take() for lane in self._lanes if lane.has_news)
        for tally in self._tallies:
            tally.catch_up()
        return RaceNews(snapshots, tuple(tally.result() for tally in self._tallies))


@dataclass(slots=True)
class _Lane:
    """One entrant."""

    entrant: str
    steps: int
    run: Run | None = None  # None once it needs none any more
    losses: array[float] = field(default_factory=lambda: array("d"))
    seconds: float = 0.0
    problem: str = ""
    _told: RaceSnapshot | None = None

    @property
    def is_racing(self) -> bool:
        return self.run is not None

    def by_clock(self) -> float:
        return self.seconds

    def give_up(self, problem: str) -> None:
        self.run = None
        self.problem = problem

    def train(self, slice_s: float) -> None:
        assert self.run is not None
        end_s = self.seconds + slice_s
        while (left_s := end_s - self.seconds) > 0:
            began_s, clock_s = time.perf_counter(), time.monotonic()
            done = self.run.train(self.steps - len(self.losses), clock_s + left_s)
            self.seconds += time.perf_counter() - began_s
            self.losses.extend(done.losses)
            if len(self.losses) >= self.steps:
                self.run = None
                return

    @property
    def has_news(self) -> bool:
        told = self._told
        return (
            told is None or told.step < len(self.losses) or told.problem != self.problem
        )

    def take(self) -> RaceSnapshot:
        start = 0 if self._told is None else self._told.step
        self._told = RaceSnapshot(
            entrant=self.entrant,
            step=len(self.losses),
            losses=self.losses[start:],
            seconds=self.seconds,
            is_finished=len(self.losses) >= self.steps,
            problem=self.problem,
        )
        return self._told


@contextmanager
def _alone(lane: _Lane) -> Iterator[None]:
    """Let a fault end one entrant's race, not the others'."""
    try:
        yield
    except Cancelled:
        raise
    except MemoryError as error:
        lane.give_up(too_large(error, "this model"))
    except Exception as error:
        lane.give_up(str(error) or type(error).__name__)


class _Tally:
    """Compares each loss of a lane once with the reference's."""

    def __init__(self, lane: _Lane, reference: _Lane) -> None:
        self._lane, self._reference = lane, reference
        self._steps = 0
        self._first: int | None = None
        self._largest = 0.0

    def catch_up(self) -> None:
        ours, theirs = self._lane.losses, self._reference.losses
        until = min(len(ours), len(theirs))
        for step in range(self._steps, until):
            if ours[step] != theirs[step]:
                self._first = self._first or step + 1
                size = relative_difference(ours[step], theirs[step])
                self._largest = max(self._largest, size)
        self._steps = until

    def result(self) -> Comparison:
        return Comparison(
            entrant=self._lane.entrant,
            reference=self._reference.entrant,
            steps=self._steps,
            first=self._first,
            largest=self._largest,
        )


def relative_difference(one: float, other: float) -> float:
    """Return how far apart two losses are, relative to the larger; inf if one is not.

    Two that are both no number are not apart.
    """
    if one == other or (one != one and other != other):
        return 0.0
    if not (isfinite(one) and isfinite(other)):
        return float("inf")
    return abs(one - other) / max(abs(one), abs(other))
