"""What a step costs as the model grows."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.trainee import Trainee
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.datasets import load_dataset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.session.config import RunConfig

LAYERS = (1, 2, 4)
WIDTHS = (16, 32, 64, 128)

#: A step that would take longer than this is not tried: its graph would need gigabytes.
LONGEST_STEP_S = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One engine on one size of model.

    Attributes:
        engine: A key of ENGINES.
        num_params: Of the model.
        step_ms: CPU time of a step on the run's mean document; None: left out.
        expected_ms: Where it was left out, what it would have taken, about.
    """

    engine: str
    n_layer: int
    n_embd: int
    num_params: int
    step_ms: float | None
    expected_ms: float | None = None


def time_scale(
    config: RunConfig,
    engines: Sequence[str],
    rounds: int = 3,
    round_s: float = 0.3,
    progress: Callable[[int, str], None] = lambda _done, _note: None,
) -> tuple[Cell, ...]:
    """Time every engine on every size, smallest first; medians over ``rounds`` rounds.

    Args:
        config: The run; its engine, n_layer and n_embd do not matter.
        engines: Keys of ENGINES.
        rounds: How often each engine has its turn on a size.
        round_s: How long a turn takes, about; never less than one step.
        progress: Called with the number of cells done, of `cells`, and what is next.
    """
    vocab_size = load_dataset(config.dataset, _do_nothing).corpus.vocabulary.size
    costs: dict[str, float] = {}  # seconds a step and parameter, on the last size
    result: list[Cell] = []
    for n_layer in LAYERS:
        for n_embd in WIDTHS:
            size = replace(config, n_layer=n_layer, n_embd=n_embd)
            progress(len(result), f"n_layer {n_layer}, n_embd {n_embd}")
            num_params = size.model(vocab_size).num_params
            expected = {e: costs.get(e, 0.0) * num_params for e in engines}
            tried = [e for e in engines if expected[e] <= LONGEST_STEP_S]
            timed = _time_size(size, tried, rounds, round_s)
            costs |= {e: step_s / num_params for e, step_s in timed.items()}
            result += [
                Cell(
                    engine,
                    n_layer,
                    n_embd,
                    num_params,
                    step_ms=timed[engine] * 1000 if engine in timed else None,
                    expected_ms=None if engine in timed else expected[engine] * 1000,
                )
                for engine in engines
            ]
    return tuple(result)


def cells(engines: Sequence[str]) -> int:
    """Return how many cells `time_scale` fills."""
    return len(LAYERS) * len(WIDTHS) * len(engines)


def _time_size(
    config: RunConfig, engines: Sequence[str], rounds: int, round_s: float
) -> dict[str, float]:
    """Return the median seconds a step takes, by engine."""
    costs: dict[str, list[float]] = {engine: [] for engine in engines}
    with no_collector():
        trainees = []
        for engine in engines:
            trainee = Trainee(config, engine)
            trainees.append((trainee, trainee.warm_up(round_s)))
        order = random.Random(0)
        for _ in range(rounds):
            order.shuffle(trainees)
            for trainee, steps in trainees:
                costs[trainee.engine].append(trainee.seconds_a_step(steps))
    return {engine: statistics.median(values) for engine, values in costs.items()}


def _do_nothing() -> None:
    """Go on loading."""
