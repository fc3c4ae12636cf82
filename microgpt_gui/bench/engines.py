"""All engines in one process, in turns: what disturbs one disturbs all alike."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.bench.memory import peak_bytes
from microgpt_gui.bench.spread import Spread
from microgpt_gui.bench.trainee import Trainee
from microgpt_gui.session.collector import no_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.session.config import RunConfig

#: What others are compared with: it computes as the script does, with one object for
#: every number, but walks its graph without recursion and leaves no garbage.
BASELINE = "autograd"


@dataclass(frozen=True, slots=True)
class EngineSpeed:
    """How one engine did.

    Attributes:
        engine: A key of ENGINES.
        steps_per_s: Steps of the run's mean document in a second of CPU time, over
            the rounds.
        ratio: Against BASELINE in the same round; None where that did not take part.
        steps: How many were timed.
        peak_bytes: The most memory that a fresh process had in use which trained with
            this engine alone; None where the system does not tell.
    """

    engine: str
    steps_per_s: Spread
    ratio: Spread | None
    steps: int
    peak_bytes: int | None


def time_engines(
    config: RunConfig,
    engines: Sequence[str],
    rounds: int = 5,
    round_s: float = 1.0,
    progress: Callable[[int, str], None] = lambda _done, _note: None,
) -> tuple[EngineSpeed, ...]:
    """Time every engine on a run, in ``rounds`` rounds of shuffled order.

    Args:
        config: The run; its engine does not matter.
        engines: Keys of ENGINES.
        rounds: How often each engine has its turn.
        round_s: How long a turn takes, about; never less than one step.
        progress: Called with the number of turns done, of `turns`, and what is next.
    """
    with no_collector():
        trainees = [Trainee(config, engine) for engine in engines]
        steps = {}
        for trainee in trainees:
            progress(0, f"warming up {trainee.engine}")
            steps[trainee.engine] = trainee.warm_up(round_s)
        rates: dict[str, list[float]] = {engine: [] for engine in engines}
        order = random.Random(0)
        done = 0
        for _ in range(rounds):
            order.shuffle(trainees)
            for trainee in trainees:
                progress(done, trainee.engine)
                cost_s = trainee.seconds_a_step(steps[trainee.engine])
                rates[trainee.engine].append(1 / max(cost_s, 1e-9))
                done += 1
        del trainees
    results = []
    for engine in engines:
        progress(done, f"memory of {engine}")
        results.append(
            EngineSpeed(
                engine=engine,
                steps_per_s=Spread.of(rates[engine]),
                ratio=_ratio(rates[engine], rates.get(BASELINE)),
                steps=steps[engine] * rounds,
                peak_bytes=peak_bytes(config, engine, round_s),
            )
        )
        done += 1
    return tuple(results)


def turns(engines: Sequence[str], rounds: int) -> int:
    """Return how many turns `time_engines` takes, those for memory included."""
    return len(engines) * (rounds + 1)


def _ratio(rates: list[float], baseline: list[float] | None) -> Spread | None:
    if baseline is None:
        return None
    return Spread.of([a / b for a, b in zip(rates, baseline, strict=True)])
