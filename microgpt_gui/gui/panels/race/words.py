"""What the race panel says, in words and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.jobs.race import RaceState
from microgpt_gui.session.machine_code.at_hand import COMPILED, needs_compiling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.gui.jobs.race import Entrant, RaceController
    from microgpt_gui.session.race import Comparison

#: Engines' titles by key.
Titles = dict[str, str]

WELCOME = (
    "The whole algorithm is in microgpt.py; all that is added here is speed. See for "
    "yourself: engines train the same run side by side, with the same data, settings "
    "and seed. Their curves lie on each other, their clocks do not."
)
_HINT = "Press Start the race."
_TOO_FEW = "Tick at least two engines."
#: What takes long the first time.
_COMPILES = "One is compiled for this processor first: 5 to 15 s."


def empty(can_start: bool, is_enough: bool) -> str:
    """Return what the plot says before the first race."""
    if not can_start:
        return f"{WELCOME}\n\nA race needs a run: choose a dataset in the Run panel."
    return f"{WELCOME}\n\n{_HINT if is_enough else _TOO_FEW}"


def clock(seconds: float, *, is_finished: bool = False) -> str:
    """Return a clock: tenths while it goes, three figures at least when it stands."""
    places = 1
    if is_finished and seconds < 10:
        places = 2 if seconds >= 1 else 3
    return f"{seconds:,.{places}f} s"


def counter(step: int, steps: int) -> str:
    """Return how far an entrant is."""
    return f"{step:,} / {steps:,}"


def speed(steps_per_s: float | None) -> str:
    """Return a speed, in about three figures; empty where it is not known."""
    return "" if steps_per_s is None else f"{_figures(steps_per_s)} steps/s"


def times(factor: float | None) -> tuple[str, ...]:
    """Return how many times as fast as the slowest, longest wording first."""
    if factor is None:
        return ("",)
    number = f"{_figures(factor)} ×"
    return (f"{number} as fast", number)


def _figures(number: float) -> str:
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= 1 else f"{number:.2f}"


def factors(entrants: Mapping[str, Entrant]) -> dict[str, float]:
    """Return how many times as fast as the slowest each is; the slowest is left out."""
    speeds = {key: e.steps_per_s for key, e in entrants.items()}
    known = {key: speed for key, speed in speeds.items() if speed is not None}
    if len(known) < 2:
        return {}
    slowest = min(known, key=known.__getitem__)
    return {k: s / known[slowest] for k, s in known.items() if k != slowest}


def agreement(comparisons: Sequence[Comparison], titles: Titles) -> str:
    """Say how far the losses agree; empty before there is anything to compare."""
    return " ".join(_compared(c, titles) for c in comparisons if c.steps)


def _compared(comparison: Comparison, titles: Titles) -> str:
    pair = f"{titles[comparison.reference]} and {titles[comparison.entrant]}"
    over = f"over {comparison.steps:,} {_steps(comparison.steps)}"
    if comparison.first is None:
        return f"{pair}: losses identical to the last digit {over}."
    return (
        f"{pair}: losses differ by at most {comparison.largest:.0e} (relative) {over}, "
        f"first at step {comparison.first:,}."
    )


def _steps(count: int) -> str:
    return "step" if count == 1 else "steps"


def arrivals(entrants: Mapping[str, Entrant], titles: Titles) -> str:
    """Say who has arrived when, the first first; empty where nobody has."""
    arrived = sorted((e.seconds, key) for key, e in entrants.items() if e.is_finished)
    if not arrived:
        return ""
    told = [
        f"{titles[key]} after {clock(seconds, is_finished=True)}"
        for seconds, key in arrived
    ]
    return f"Arrived: {', '.join(told)}."


def status(race: RaceController, run_step: int, titles: Titles) -> str:
    """Say what is going on, besides the figures; the main run is at ``run_step``."""
    sentences = []
    if race.state is RaceState.LOADING:
        sentences.append("Preparing a model for each engine …")
        if COMPILED in race.entrants and needs_compiling():
            sentences.append(_COMPILES)
    if race.state is RaceState.FAILED:
        sentences.append(race.problem)
    if race.state is RaceState.RESTING:
        sentences.append(
            "The race rests while the main run trains; it goes on when you pause that."
        )
    if race.has_paused and race.is_under_way:
        sentences.append(f"The main run is paused meanwhile, at step {run_step:,}.")
    if race.state is RaceState.STOPPED:
        sentences.append("Stopped.")
    sentences.append(arrivals(race.entrants, titles))
    if race.entrants and not race.is_under_way and not race.is_of_run:
        sentences.append("The run has other settings by now: race again to see them.")
    return " ".join(filter(None, sentences))
