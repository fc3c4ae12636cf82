"""How long samples take, drawn from the same weights by every engine's model."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.spread import Spread
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.reading.reader import Reader, never
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.run_info import RunInfo

#: What is drawn: as many as microgpt.py draws, at its temperature.
REQUEST = SampleRequest(temperature=0.5, seed=42, count=20)

#: Untrained, samples are longer than they ever are again: so many steps come first, if
#: there is time.
_TRAINED_STEPS = 1000


def time_sampling(
    config: RunConfig, engines: Sequence[str], donor: str, rounds: int, trained_s: float
) -> dict[str, Spread]:
    """Time `REQUEST` for each of ``engines``; return milliseconds of CPU time.

    Args:
        config: The run; its engine does not matter.
        engines: Keys of ENGINES; all must be able to draw here.
        donor: The engine that trains the weights.
        rounds: How often each has its turn; once more, before, it is not timed.
        trained_s: How long the donor trains, at most.
    """
    taken_ms: dict[str, list[float]] = {engine: [] for engine in engines}
    with no_collector():
        run = Run(replace(config, engine=donor))
        end_s = time.monotonic() + trained_s
        while run.steps_done < _TRAINED_STEPS and time.monotonic() < end_s:
            run.train(_TRAINED_STEPS - run.steps_done, end_s)
        moment = run.moment()
        readers = [(engine, Reader()) for engine in engines]
        order = random.Random(0)
        for turn in range(rounds + 1):
            order.shuffle(readers)
            for engine, reader in readers:
                read = replace(moment, config=replace(moment.config, engine=engine))
                took_ms = _draw_ms(read, run.info, reader)
                if turn:
                    taken_ms[engine].append(took_ms)
    return {engine: Spread.of(values) for engine, values in taken_ms.items()}


def _draw_ms(moment: Moment, info: RunInfo, reader: Reader) -> float:
    started_s = time.process_time()
    for _ in samples(moment, info, REQUEST, never, reader):
        pass  # each batch holds those before it, and comes as the window shows it
    return (time.process_time() - started_s) * 1000
