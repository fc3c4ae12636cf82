"""One engine in training, timed."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.at_hand import check_at_hand
from microgpt_gui.bench.positions import mean_positions, positions_of
from microgpt_gui.session.run import Run

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig

#: So long an engine works untimed, at most: time to make what it makes for each length
#: of document. Less where the rounds are short.
_WARM_UP_S = 1.0
_WARM_UP_ROUNDS = 3


class Timed(ABC):
    """Something that trains a few steps at a time, and is timed.

    Attributes:
        engine: What trains: a key of ENGINES, or another name.
    """

    engine: str

    @abstractmethod
    def seconds_a_step(self, steps: int) -> float:
        """Train ``steps`` steps and return what one costs, in seconds of CPU time.

        It is scaled to the run's mean document: a slow engine sees few documents, and
        a step takes about as long as its document.
        """

    def warm_up(self, round_s: float) -> int:
        """Train untimed; return how many steps make a round of about so long."""
        cost_s = self.train_for(min(_WARM_UP_ROUNDS * round_s, _WARM_UP_S))
        return max(1, round(round_s / cost_s))

    def train_for(self, seconds: float) -> float:
        """Train for about so long; return what a step costs at its end, in seconds."""
        left_s = seconds
        steps = 1
        while True:
            cost_s = max(self.seconds_a_step(steps), 1e-9)
            left_s -= steps * cost_s
            if left_s <= 0:
                return cost_s
            steps = max(min(int(left_s / cost_s), steps * 4), 1)


class Trainee(Timed):
    """A run of one engine, in this process.

    Raises:
        NotAtHand: The engine does not work here, and another would stand in for it.
        ImportError: A library of the engine is missing.
    """

    def __init__(self, config: RunConfig, engine: str) -> None:
        check_at_hand(engine)
        self._run = Run(replace(config, engine=engine))
        self.engine = engine
        self._mean_positions = mean_positions(self._run.info)

    def seconds_a_step(self, steps: int) -> float:
        """See the base class."""
        done = self._run.steps_done
        started_s = time.process_time()
        while (left := done + steps - self._run.steps_done) > 0:
            self._run.train(left)
        return self._scaled(time.process_time() - started_s, done)

    def seconds_a_call(self, steps: int) -> float:
        """Do the same with one step a call."""
        done = self._run.steps_done
        started_s = time.process_time()
        for _ in range(steps):
            self._run.train(1)
        return self._scaled(time.process_time() - started_s, done)

    def _scaled(self, taken_s: float, done: int) -> float:
        """Return what a step on the mean document costs, of those after ``done``."""
        steps = range(done, self._run.steps_done)
        positions = sum(positions_of(self._run.info, step) for step in steps)
        return taken_s / positions * self._mean_positions
