"""What is known of a run as a file, and of a wish to save one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.gui.jobs.run_file import Writing
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.run_files.saved_run import Mark, SavedRun


@dataclass(frozen=True, slots=True)
class Filed:
    """Which file a run belongs to, and how much of it that holds."""

    number: int = 0  # of the run
    path: Path | None = None
    marks: tuple[Mark, ...] = ()
    saved_as: tuple[int, RunConfig] | None = None  # step, settings
    is_recovered: bool = False

    @property
    def saved_steps(self) -> int:
        """Steps that the file holds."""
        return self.saved_as[0] if self.saved_as else 0


class FiledShelf:
    """Which files the runs of the shelf are in; on the GUI thread."""

    def __init__(self) -> None:
        self._filed: dict[ShelvedRun, Filed] = {}

    @property
    def paths(self) -> list[Path | None]:
        """The files; None stands for a run that is in no file."""
        return [filed.path for filed in self._filed.values()]

    def of(self, kept: ShelvedRun) -> Filed:
        """Return what is known of a run."""
        return self._filed.get(kept, Filed())

    def put(self, kept: ShelvedRun, filed: Filed) -> None:
        """Note what is known of a run."""
        self._filed[kept] = filed

    def take(self, kept: ShelvedRun) -> Filed:
        """Return what is known of a run, which leaves the shelf."""
        return self._filed.pop(kept, Filed())

    def note_written(self, writing: Writing, saved: SavedRun) -> None:
        """Note that a run is in a file now, and no other run is any more.

        It may be a run that gave way while the file was written.
        """
        for kept, filed in self._filed.items():
            if filed.number == writing.number:
                self._filed[kept] = replace(
                    filed,
                    path=writing.path,
                    marks=saved.marks,
                    saved_as=state_of(saved),
                )
            elif filed.path == writing.path:
                self._filed[kept] = replace(filed, path=None, saved_as=None)


@dataclass(frozen=True, slots=True)
class Wish:
    """A run is to be saved as soon as all of it is at hand."""

    path: Path
    step: int  # steps done when it was asked for
    config: RunConfig  # and the settings then


def state_of(saved: SavedRun) -> tuple[int, RunConfig]:
    """Return steps done and settings of a run, which tell whether it has gone on."""
    return saved.record.steps_done, saved.record.config


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
