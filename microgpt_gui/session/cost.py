"""How long a step will take, roughly: enough to warn of an hour."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from microgpt_gui.engine import ENGINES
from microgpt_gui.session.machine_code.at_hand import COMPILED, missing_package

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.run_info import RunInfo

#: Steps that take longer deserve a warning beside the settings that make them.
SLOW_STEP_S = 0.5

#: Steps that take longer deserve one before training begins: for so long nothing moves.
STILL_STEP_S = 5.0

#: Runs that take longer than this deserve to have it said.
LONG_RUN_S = 60.0

#: Another engine is worth a word if it is so many times as fast.
_FAR_LESS = 3.0

#: Seconds of every step, and seconds for each token and each weight of a matrix that it
#: is multiplied with, there and back and with the optimizer's update; measured on one
#: slow core.
_SECONDS = {
    "python": (0.0, 1.8e-7),
    "autograd": (0.0, 1.5e-6),
    "numpy": (2e-4, 2e-9),
    "compiled": (1e-5, 1.2e-9),
}


def step_seconds(
    config: RunConfig, vocab_size: int, mean_length: float
) -> float | None:
    """Return about how long one step takes; half or double of it is no surprise.

    Args:
        config: Of the run.
        vocab_size: Of its corpus, BOS included.
        mean_length: Characters in a document, on average.

    Returns:
        Seconds, or None for an engine whose speed is not known.
    """
    if config.engine not in _SECONDS:
        return None
    base, seconds = _SECONDS[config.engine]
    model = config.model(vocab_size)
    embeddings = (vocab_size + config.block_size) * config.n_embd
    tokens = min(mean_length + 1, config.block_size)
    return base + seconds * tokens * (model.num_params - embeddings)


def run_step_seconds(info: RunInfo, config: RunConfig) -> float | None:
    """Return what `step_seconds` says of a run that was prepared, or None.

    Args:
        info: Of the run.
        config: The settings in force.
    """
    mean_length = info.docs.documents.mean_length
    return step_seconds(config, info.vocab_size, mean_length)


def slowness_in_words(
    step_s: float | None, steps: int = 0, *, above_s: float = SLOW_STEP_S
) -> str:
    """Return a warning of steps that take ``step_s`` each; empty if that is not long.

    Args:
        step_s: About how many seconds; None where nobody knows.
        steps: How many are to be done, to say how long these take together; 0 for none.
        above_s: What is not long.
    """
    if step_s is None or step_s < above_s:
        return ""
    together = f", {steps:,} steps about {_about(steps * step_s)}" if steps > 1 else ""
    return f"Slow: each step may take about {_about(step_s)}{together}."


def length_in_words(config: RunConfig, vocab_size: int, mean_length: float) -> str:
    """Return how long a whole run will take where that is long, else nothing.

    With it, how long with the fastest engine that is there, if that is far less.

    Args:
        config: Of the run.
        vocab_size: Of its corpus, BOS included.
        mean_length: Characters in a document, on average.
    """

    def run_seconds(engine: str) -> float:
        of_engine = replace(config, engine=engine)
        step_s = step_seconds(of_engine, vocab_size, mean_length)
        return inf if step_s is None else config.steps * step_s

    seconds = run_seconds(config.engine)
    if not LONG_RUN_S <= seconds < inf:
        return ""
    told = f"All {config.steps:,} steps take about {_about(seconds)}"
    there = [key for key in ENGINES if key != COMPILED or not missing_package()]
    fastest = min(there, key=run_seconds)
    if run_seconds(fastest) * _FAR_LESS > seconds:
        return f"{told}."
    title = ENGINES[fastest].title
    return f"{told}; with the engine {title} about {_about(run_seconds(fastest))}."


def _about(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds:.1f} s"
    unit, size = next(
        (unit, size)
        for unit, size in (("days", 86_400), ("h", 3600), ("min", 60), ("s", 1))
        if seconds >= (2 if unit == "days" else 1) * size
    )
    return f"{seconds / size:,.0f} {unit}"
