"""The script's way and all engines in turns: what disturbs one disturbs all alike."""

from __future__ import annotations

import random
from contextlib import ExitStack
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from microgpt_gui.bench.at_hand import NotAtHand
from microgpt_gui.bench.child import ChildFailed
from microgpt_gui.bench.memory import peak_bytes
from microgpt_gui.bench.sampling import time_sampling
from microgpt_gui.bench.script_way import SCRIPT
from microgpt_gui.bench.script_way.trainee import ScriptTrainee
from microgpt_gui.bench.spread import Spread
from microgpt_gui.bench.trainee import Trainee
from microgpt_gui.session.collector import no_collector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.bench.trainee import Timed
    from microgpt_gui.session.config import RunConfig

#: What an engine's speed is given in times of, besides its steps a second.
BASELINES = (SCRIPT, "python")

#: One step a call is timed in a turn that is so many times shorter.
_SHORTER = 3


@dataclass(frozen=True, slots=True)
class EngineSpeed:
    """How one engine did.

    Attributes:
        engine: A key of ENGINES, or SCRIPT.
        steps_per_s: Steps of the run's mean document in a second of CPU time, over
            the rounds; None where there is a ``problem``.
        times: How many times as fast as each of BASELINES that took part, in the same
            rounds.
        one_a_call: Steps a second where each is a call of its own; None where they
            cannot be done otherwise.
        samples_ms: CPU time of `sampling.REQUEST`; None where nothing is drawn.
        steps: How many were timed.
        peak_bytes: The most memory that a fresh process had in use which trained with
            this engine alone; None where the system does not tell.
        problem: Why it could not be timed, for people; else empty.
    """

    engine: str
    steps_per_s: Spread | None
    times: Mapping[str, Spread]
    one_a_call: Spread | None
    samples_ms: Spread | None
    steps: int
    peak_bytes: int | None
    problem: str = ""


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
        engines: Keys of ENGINES, and SCRIPT.
        rounds: How often each engine has its turn.
        round_s: How long a turn takes, about; never less than one step.
        progress: Called with the number of turns done, of `turns`, and what is next.
    """
    with ExitStack() as stack:
        stack.enter_context(no_collector())
        trainees: list[tuple[Timed, int]] = []  # with the steps of a turn
        problems: dict[str, str] = {}
        peaks: dict[str, int | None] = {}
        for engine in engines:
            progress(0, f"warming up {engine}")
            try:
                trainee = _trainee(config, engine, stack)
                trainees.append((trainee, trainee.warm_up(round_s)))
            except (ChildFailed, ImportError, NotAtHand) as error:
                problems[engine] = str(error)
        steps = {trainee.engine: count * rounds for trainee, count in trainees}
        rates: dict[str, list[float]] = {engine: [] for engine in steps}
        called: dict[str, list[float]] = {engine: [] for engine in steps}
        order = random.Random(0)
        done = 0
        for _ in range(rounds):
            order.shuffle(trainees)
            for trainee, count in trainees:
                progress(done, trainee.engine)
                cost_s = trainee.seconds_a_step(count)
                rates[trainee.engine].append(1 / max(cost_s, 1e-9))
                if isinstance(trainee, Trainee):
                    cost_s = trainee.seconds_a_call(ceil(count / _SHORTER))
                    called[trainee.engine].append(1 / max(cost_s, 1e-9))
                done += 1
        for trainee, _ in trainees:
            if isinstance(trainee, ScriptTrainee):
                peaks[SCRIPT] = trainee.peak_bytes
        del trainees, trainee
    drawing = [engine for engine in rates if engine != SCRIPT]
    drawn_ms: dict[str, Spread] = {}
    if drawing:
        progress(done, "samples")
        quickest = max(drawing, key=lambda engine: max(rates[engine]))
        drawn_ms = time_sampling(config, drawing, quickest, rounds, round_s)
    for engine in rates:
        if engine not in peaks:
            progress(done, f"memory of {engine}")
            peaks[engine] = peak_bytes(config, engine, round_s)
        done += 1
    return tuple(
        EngineSpeed(
            engine=engine,
            steps_per_s=Spread.of(rates[engine]) if engine in rates else None,
            times=_times(rates, engine),
            one_a_call=Spread.of(called[engine]) if called.get(engine) else None,
            samples_ms=drawn_ms.get(engine),
            steps=steps.get(engine, 0),
            peak_bytes=peaks.get(engine),
            problem=problems.get(engine, ""),
        )
        for engine in engines
    )


def turns(engines: Sequence[str], rounds: int) -> int:
    """Return how many turns `time_engines` takes, those for memory included."""
    return len(engines) * (rounds + 1)


def _trainee(config: RunConfig, engine: str, stack: ExitStack) -> Timed:
    if engine == SCRIPT:
        return stack.enter_context(ScriptTrainee(config))
    return Trainee(config, engine)


def _times(rates: Mapping[str, list[float]], engine: str) -> dict[str, Spread]:
    return {
        baseline: Spread.of(
            [a / b for a, b in zip(rates[engine], rates[baseline], strict=True)]
        )
        for baseline in BASELINES
        if engine in rates and baseline in rates
    }
