"""Reading all runs of a folder, on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from microgpt_gui.gui.run.history import LossHistory
from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
from microgpt_gui.session.lesson import Entry, read_list
from microgpt_gui.session.recipe import Recipe
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.run_info import RunInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.session.run_files.saved_run import SavedRun


@dataclass(frozen=True, slots=True)
class Opened:
    """A run of the folder that could be read.

    Attributes:
        path: Its file.
        entry: What the list says of it.
        saved: The run.
        kept: The same as the shelf has it.
    """

    path: Path
    entry: Entry
    saved: SavedRun
    kept: ShelvedRun


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was found in a folder.

    Attributes:
        folder: Where.
        runs: The newest first; at least one.
        problems: Why others could not be read; one line each.
    """

    folder: Path
    runs: tuple[Opened, ...]
    problems: tuple[str, ...]

    @property
    def current(self) -> Opened:
        """The run that was the current one, or else the newest."""
        return next((run for run in self.runs if run.entry.is_current), self.runs[0])


def read_lesson(folder: Path, keyframe_bytes: int, check: Callable[[], None]) -> Lesson:
    """Return the runs in a folder.

    Args:
        folder: Where.
        keyframe_bytes: What the keyframes of all together may take.
        check: Called often; what it raises ends the reading.

    Raises:
        RunFileError: None can be read; one line for people.
    """
    entries = read_list(folder)
    runs, problems = [], []
    for entry in entries:
        path = folder / entry.file
        try:
            saved = read_run(path, check)
        except RunFileError as error:
            problems.append(str(error))
            continue
        kept = _kept(entry, saved, keyframe_bytes // len(entries))
        runs.append(Opened(path, entry, saved, kept))
    if not runs:
        raise RunFileError("; ".join(problems))
    for run, before in pairwise(runs):
        run.kept.before = before.kept.recipe
    looks: set[int | None] = set()
    for run in runs:
        if run.kept.overlay in looks or run.kept.is_hidden:
            run.kept.overlay = None
        looks.add(run.kept.overlay)
    return Lesson(folder, tuple(runs), tuple(problems))


def _kept(entry: Entry, saved: SavedRun, keyframe_bytes: int) -> ShelvedRun:
    record = saved.record
    recipe = Recipe.of(record.segments, record.steps_done)
    name = entry.name or saved.name or run_words.suggested_name(recipe)
    losses = LossHistory()
    losses.extend(record.figures.losses)
    return ShelvedRun(
        name=name,
        is_named=entry.is_named or name != run_words.suggested_name(recipe),
        recipe=recipe,
        before=None,
        info=RunInfo.of(record),
        recorder=Recorder.of(record, keyframe_bytes),
        losses=losses,
        trained_s=saved.trained_s,
        is_hidden=entry.is_hidden,
        overlay=entry.overlay,
    )
