"""What is known of a run as a file, and of a wish to save one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.run_files.saved_run import Mark


@dataclass(frozen=True, slots=True)
class Filed:
    """Which file a run belongs to, and how much of it that holds."""

    number: int = 0  # of the run
    path: Path | None = None
    marks: tuple[Mark, ...] = ()
    saved_as: tuple[int, RunConfig] | None = None  # step, settings
    is_recovered: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """A run is to be saved as soon as all of it is at hand."""

    path: Path
    step: int  # steps done when it was asked for
    config: RunConfig  # and the settings then


def is_answer(record: RunRecord, wish: Wish) -> bool:
    """Say whether a record is one that a wish has waited for."""
    return record.steps_done >= wish.step and record.config == wish.config


def with_save(marks: tuple[Mark, ...], step: int) -> tuple[Mark, ...]:
    """Return ``marks`` with one that the run is saved at ``step``."""
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.run_files.saved_run import Mark

    kept = [m for m in marks if (m.step, m.kind) != (step, "save")]
    return tuple(sorted([*kept, Mark(step, "save")], key=_step_of))


def _step_of(mark: Mark) -> int:
    return mark.step
