"""A long run that is taken down, and moments of it brought back; in its own process."""

from __future__ import annotations

import random
import time
from typing import Any

from microgpt_gui.bench.child import answer, argument_of_child
from microgpt_gui.bench.peak import bytes_of_this_process
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run

#: So many steps come before memory is looked at for the first time: what is made once.
_FIRST_STEPS = 200

#: What a moment may take, for which `Holdings.bytes_for` is asked.
_SOON_S = 0.1


def measure(config: RunConfig, seconds: float, moments: int) -> dict[str, Any]:
    """Train to the end or for so long, then go to random moments for as long."""
    with no_collector():
        recorder = Recorder()
        run = Run(config, recorder=recorder)
        _train(run, min(_FIRST_STEPS, config.steps), seconds)
        first_bytes = bytes_of_this_process()
        kept_bytes = recorder.holdings().size_bytes
        began_s = time.perf_counter()
        _train(run, config.steps, seconds)
        taken_s = time.perf_counter() - began_s
        last_bytes, held = bytes_of_this_process(), recorder.holdings()
        replay, cancel = Replay(run.info, recorder), CancelToken()
        replay.go_to(0, cancel)  # makes its engine
        moments_ms: list[float] = []
        draw = random.Random(0)
        end_s = time.monotonic() + seconds
        while len(moments_ms) < moments and time.monotonic() < end_s:
            step = draw.randint(0, run.steps_done)
            asked_s = time.perf_counter()
            replay.go_to(step, cancel)
            replay.moment()
            moments_ms.append((time.perf_counter() - asked_s) * 1000)
    grown = None
    if first_bytes is not None and last_bytes is not None:
        grown = last_bytes - first_bytes - (held.size_bytes - kept_bytes)
    return {
        "steps": run.steps_done,
        "taken_s": taken_s,
        "moments_ms": moments_ms,
        "grown_bytes": grown,
        "keyframe_bytes": held.size_bytes,
        "keyframes": held.keyframes,
        "widest_gap": held.widest_gap,
        "bytes_for_soon": held.bytes_for(_SOON_S),
    }


def _train(run: Run, until: int, seconds: float) -> None:
    end_s = time.monotonic() + seconds
    while run.steps_done < until and time.monotonic() < end_s:
        run.train(until - run.steps_done, end_s)


if __name__ == "__main__":
    given = argument_of_child()
    given["config"] = RunConfig(**given["config"])
    answer(measure(**given))
