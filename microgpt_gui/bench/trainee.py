"""One engine in training, timed."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.session.run import Run

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.run_info import RunInfo

#: So long an engine works untimed, at most: time to make what it makes for each length
#: of document. Less where the rounds are short.
_WARM_UP_S = 1.0
_WARM_UP_ROUNDS = 3

#: Documents that decide how long the mean document is.
_MEAN_OVER = 1000


class Trainee:
    """A run that goes on a few steps at a time.

    Attributes:
        engine: A key of ENGINES.
    """

    def __init__(self, config: RunConfig, engine: str) -> None:
        self._run = Run(replace(config, engine=engine))
        self.engine = engine
        first = range(min(_MEAN_OVER, len(self._run.info.docs)))
        self._mean_positions = self._positions(first) / len(first)

    def seconds_a_step(self, steps: int) -> float:
        """Train ``steps`` steps and return what one costs, in seconds of CPU time.

        It is scaled to the run's mean document: a slow engine sees few documents, and
        a step takes about as long as its document.
        """
        done = self._run.steps_done
        positions = self._positions(range(done, done + steps))
        started_s = time.process_time()
        end = done + steps
        while (left := end - self._run.steps_done) > 0:
            self._run.train(left)
        taken_s = time.process_time() - started_s
        return taken_s / positions * self._mean_positions

    def warm_up(self, round_s: float) -> int:
        """Train untimed; return how many steps make a round of about so long."""
        cost_s = self.train_for(min(_WARM_UP_ROUNDS * round_s, _WARM_UP_S))
        return max(1, round(round_s / cost_s))

    def train_for(self, seconds: float) -> float:
        """Train for about so long; return what a step costs at its end, in seconds."""
        end_s = time.process_time() + seconds
        steps = 1
        while True:
            cost_s = max(self.seconds_a_step(steps), 1e-9)
            left_s = end_s - time.process_time()
            if left_s <= 0:
                return cost_s
            steps = max(min(int(left_s / cost_s), steps * 4), 1)

    def _positions(self, steps: range) -> int:
        return sum(positions_of(self._run.info, step) for step in steps)


def positions_of(info: RunInfo, step: int) -> int:
    """Return how many tokens ``step`` (from 0) of a run predicts."""
    return min(info.config.block_size, len(info.document_of(step)) + 1)
