"""The yardstick of the window: the same run with no window; a process of its own."""

from __future__ import annotations

import time

from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.positions import positions_of
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run

#: So long a run trains before it is timed, here and in the window.
WARM_UP_S = 1.5

#: More than a run gives in one call.
MOST_STEPS = 10**6


def measure(config: RunConfig, seconds: float) -> dict[str, float]:
    """Train for so long; return steps and positions a second, by the clock."""
    with no_collector():
        run = Run(config)
        _train(run, WARM_UP_S)
        first = run.steps_done
        taken_s = _train(run, seconds)
    steps = range(first, run.steps_done)
    return {
        "steps_per_s": len(steps) / taken_s,
        "positions_per_s": sum(positions_of(run.info, s) for s in steps) / taken_s,
    }


def _train(run: Run, seconds: float) -> float:
    """Train for at least so long and one step; return how long it took."""
    started_s = time.perf_counter()
    end_s = time.monotonic() + seconds
    while True:
        run.train(MOST_STEPS, end_s)
        taken_s = time.perf_counter() - started_s
        if taken_s >= seconds:
            return taken_s


if __name__ == "__main__":
    given = argument_of_child()
    answer(measure(RunConfig(**given["config"]), given["seconds"]))
