"""What the panel says of runs, in words."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.gui import glossary
from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.letters import ended
from microgpt_gui.session.duration import duration

if TYPE_CHECKING:
    from microgpt_gui.gui.shelf.shelf import RunShelf
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.recipe import Recipe

EMPTY = (
    "Runs that are over stay here, whole. Change a setting and apply it, or press "
    "Reset (R) or New seed (N): the present run then moves into this list."
)


class Row(NamedTuple):
    """What a row says."""

    name: str
    loss: str
    changes: str
    figures: str
    has_diverged: bool


def row_of(kept: ShelvedRun) -> Row:
    """Return what is said of a run that is over."""
    return Row(
        run_words.shown(kept.name),
        loss(kept.loss),
        kept.changes or ("same settings" if kept.before else "first run"),
        _figures(_steps(kept.steps), kept.trained_s, kept.recipe, kept.divergence),
        bool(kept.divergence),
    )


def row_of_current(workshop: Workshop) -> Row:
    """Return what is said of the current run."""
    run, shelf = workshop.run, workshop.shelf
    done = f"{run.step:,} / {_steps(run.config.steps)}"
    return Row(
        run_words.shown(shelf.current_name),
        loss(shelf.current_loss),
        shelf.current_changes
        or ("first run" if shelf.is_current_first else "same settings"),
        _figures(done, shelf.current_trained_s, run.recipe, run.divergence),
        bool(run.divergence),
    )


def _figures(
    steps: str, trained_s: float | None, recipe: Recipe, divergence: str
) -> str:
    end = ("diverged",) if divergence else ()
    time = () if trained_s is None else (duration(trained_s, tenths=True),)
    return " · ".join((steps, *end, *time, run_words.told(recipe.values("engine"))))


def loss(of: float) -> str:
    """Return a loss with three decimals; a dash where there is none."""
    if isnan(of):
        return "–"
    return f"{of:.3f}" if abs(of) < 1e4 else f"{of:.3g}"


def spoken(row: Row, state: str) -> str:
    """Return a row for a screen reader."""
    parts = (row.name, state, f"loss {row.loss} nats", row.changes, row.figures)
    return ", ".join(part for part in parts if part)


def tip(row: Row, state: str) -> str:
    """Return all of a row, for its tooltip."""
    changed = ended(f"Changed: {row.changes}") if row.changes else ""
    number = (
        f"Loss {row.loss} nats, averaged over about the last 20 steps. {glossary.NATS}"
    )
    return wrapped(*filter(None, (row.name, changed, number, row.figures, state)))


def held(shelf: RunShelf, budget_bytes: int) -> str:
    """Return what the kept runs take."""
    count = len(shelf.runs)
    noun = "run" if count == 1 else "runs"
    size, most = shelf.held_bytes / 2**20, budget_bytes / 2**20
    return f"{count} {noun} kept, in {size:.1f} of {most:.0f} MB"


def _steps(count: int) -> str:
    return f"{count:,} step" if count == 1 else f"{count:,} steps"
