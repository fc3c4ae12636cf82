"""Which file the run belongs to and whether it is up to date; saving and opening."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.files.filed import (
    Filed,
    FiledShelf,
    Wish,
    is_answer,
    state_of,
    with_save,
)
from microgpt_gui.gui.files.files_in_use import why_needed
from microgpt_gui.gui.jobs.run_file import (
    PastMoment,
    RunFileReader,
    RunFileWriter,
    Writing,
)
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.isolation import isolated
from microgpt_gui.session.run_files import with_suffix

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.run_files.saved_run import Mark, SavedRun


class Document(QObject):
    """The run in the window as a file, on the GUI thread.

    A file belongs to the run that it was opened as, or that was saved in it. Any other
    run, a fork included, begins without one: Save never puts a run in another's place.

    Attributes:
        path: The run's file, or None.
        marks: Moments of the run that were noted, by step.
        is_modified: There is training that no file holds.
        is_recovered: The run was brought back after a crash, and is in no file yet.

    Signals:
        changed: Something above changed, or ``is_saving`` or ``opening`` did.
        saved: The run is in this file now (Path).
        opening_progressed: To open a file takes long (share done, from 0 to 1: float).
        opened: The run of this file is about to be prepared (Path).
        text_missing: A file's run could go on if its text were found (Path, why: str).
        failed: A file could not be written or read; the run goes on (why: str).
    """

    changed = Signal()
    saved = Signal(object)
    opening_progressed = Signal(float)
    opened = Signal(object)
    text_missing = Signal(object, str)
    failed = Signal(str)

    def __init__(self, workshop: Workshop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.marks: tuple[Mark, ...] = ()
        self.is_modified = False
        self.is_recovered = False
        self._workshop = workshop
        self._run = run = workshop.run
        self._number = 0  # of the run in the window
        self._last_number = 0  # of all runs
        self._saved_as: tuple[int, RunConfig] | None = None  # step, settings
        self._saved_s = 0.0  # time trained by then
        self._shelved = FiledShelf()
        self._left = Filed()  # of the run before this one
        self._wishes: list[Wish] = []
        self._arriving: tuple[Path | None, SavedRun] | None = None
        self._writer = RunFileWriter(self)
        self._writer.written.connect(self._on_writer_written)
        self._writer.failed.connect(self._on_writer_failed)
        self._reader = RunFileReader(self)
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.text_missing.connect(self._on_reader_text_missing)
        self._reader.failed.connect(self._on_reader_failed)
        self._reader.progressed.connect(self.opening_progressed)
        run.leaving.connect(self._on_run_leaving)
        run.dropped.connect(self._on_run_dropped)
        run.started.connect(self._on_run_started)
        run.hearers.add(self._compare)
        run.config_changed.connect(self._compare)
        run.recorded.connect(self._on_run_recorded)
        run.failed.connect(self._on_run_failed)
        workshop.timeline.forked.connect(self._on_timeline_forked)

    @property
    def is_saving(self) -> bool:
        """Whether a file is still to be written."""
        return bool(self._wishes) or self._writer.is_busy

    @property
    def opening(self) -> Path | None:
        """The file being read, or None."""
        return self._reader.path

    @property
    def unsaved_steps(self) -> int:
        """Steps of training that no file holds."""
        if not self.is_modified:
            return 0
        return self._run.step - (self._saved_as[0] if self._saved_as else 0)

    @property
    def unsaved_s(self) -> float:
        """Seconds of training that no file holds."""
        return self._workshop.shelf.clock.seconds - self._saved_s

    def unsaved_steps_of(self, kept: ShelvedRun) -> int:
        """Steps of an earlier run that no file holds."""
        return kept.steps - self._shelved.of(kept).saved_steps

    def why_needed(self, path: Path) -> str:
        """Return why no export may take a file's place; empty if one may."""
        return why_needed(path, [self.path, *self._shelved.paths], self._workshop)

    def path_of(self, kept: ShelvedRun | None) -> Path | None:
        """Return the file of a run, if it has one; None stands for the current run."""
        return self.path if kept is None else self._shelved.of(kept).path

    def writing_of(self, kept: ShelvedRun | None, path: Path) -> Writing:
        """Return what saves a run as it is now; see `note_written`.

        Args:
            kept: The run; None stands for the current one.
            path: Where it goes.
        """
        run = self._run
        if kept is None:
            assert run.info is not None
            moment = PastMoment(run.info, run.recorder, run.step)
            return self._writing(path, moment, run.step)
        filed = self._shelved.of(kept)
        if not filed.number:
            filed = replace(filed, number=self._new_number())
            self._shelved.put(kept, filed)
        moment = PastMoment(kept.info, kept.recorder, kept.steps)
        marks = with_save(filed.marks, kept.steps)
        return Writing(path, moment, kept.name, marks, kept.trained_s, filed.number)

    def note_opened(self, kept: ShelvedRun, path: Path, saved: SavedRun) -> None:
        """Note in which file a run is that came to the shelf by itself."""
        filed = Filed(self._new_number(), path, saved.marks, state_of(saved))
        self._shelved.put(kept, filed)

    # What a person can do

    def save(self, path: Path) -> None:
        """Save the run as it stands now; training goes on. `saved` or `failed` follows.

        Args:
            path: The file; its name gets the suffix of run files if it has none.
        """
        path = with_suffix(path)
        run = self._run
        if run.state is RunState.FAILED and run.info is None:
            self.failed.emit(f"{isolated(path.name)}: there is no run to save.")
            return
        if problem := why_needed(path, (), self._workshop):
            self.failed.emit(f"Not saved: {problem}")
            return
        self._wishes.append(Wish(path, run.step, run.config))
        if run.state is RunState.FAILED:  # nobody is there to answer any more
            self._bring_back_wishes()
        else:
            run.request_record()
        self.changed.emit()

    def save_kept(self, kept: ShelvedRun, path: Path) -> None:
        """Save a run of the shelf. `saved` or `failed` follows."""
        path = with_suffix(path)
        if problem := why_needed(path, (), self._workshop):
            self.failed.emit(f"Not saved: {problem}")
            return
        self._writer.write(self.writing_of(kept, path))
        self.changed.emit()

    def open(self, path: Path, text: Path | None = None) -> None:
        """Open a run file in place of the run. `opened` or `failed` follows.

        Args:
            path: The file.
            text: Where the text lies that `text_missing` told of.
        """
        self._reader.read(path, text)
        self.changed.emit()

    def cancel_opening(self) -> None:
        """Do not open the file that is being read."""
        self._reader.cancel()
        self.changed.emit()

    def take_up(self, saved: SavedRun, path: Path | None = None) -> None:
        """Put a run that was read in place of the one there is.

        Args:
            saved: The run.
            path: Its file; None for a run that comes back after a crash.
        """
        self._reader.cancel()
        self._arriving = (path, saved)
        self._run.resume(saved.record)

    def shut_down(self) -> None:
        """Give up what is not written or read yet; takes a moment at most."""
        self._wishes.clear()
        self._writer.shut_down()
        self._reader.shut_down()

    # What the run says

    @Slot()
    def _on_run_leaving(self) -> None:
        self._left = self._filed()

    @Slot()
    def _on_run_dropped(self) -> None:
        # Asked for a moment ago: there is nobody left to answer, but it is all known.
        self._bring_back_wishes()
        if (kept := self._workshop.shelf.newly_kept) is not None:
            self._shelved.put(kept, self._filed())

    @Slot()
    def _on_run_started(self) -> None:
        for wish in self._take_wishes():
            self.failed.emit(
                f"{isolated(wish.path.name)}: not saved, for another run has taken "
                "its place."
            )
        self._reader.cancel()  # the newer wish counts
        self._number = self._new_number()
        arriving, self._arriving = self._arriving, None
        filed = Filed()
        if arriving is not None:
            path, saved = arriving
            at = state_of(saved) if path else None
            filed = Filed(0, path, saved.marks, at, path is None)
            self._workshop.shelf.clock.set(saved.trained_s)
            if saved.name:
                self._workshop.shelf.rename_current(saved.name)
        elif (resumed := self._workshop.shelf.resumed) is not None:
            filed = self._shelved.take(resumed) if resumed.steps else self._left
        self.path, self.marks = filed.path, filed.marks
        self._saved_as, self.is_recovered = filed.saved_as, filed.is_recovered
        self._saved_s = self._workshop.shelf.clock.seconds if filed.saved_as else 0.0
        self.is_modified = self._is_modified()
        self.changed.emit()
        if arriving is not None and self.path is not None:
            self.opened.emit(self.path)

    @Slot(int)
    def _on_timeline_forked(self, step: int) -> None:
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.run_files.saved_run import Mark

        shared = (mark for mark in self._left.marks if mark.step <= step)
        self.marks = (*shared, Mark(step, "fork"))

    @Slot()
    def _compare(self) -> None:
        if self.is_modified != self._is_modified():
            self.is_modified = not self.is_modified
            self.changed.emit()

    @Slot(object)
    def _on_run_recorded(self, record: RunRecord) -> None:
        # Records are asked for elsewhere too: one of an earlier moment is not meant.
        asked = [w for w in self._wishes if is_answer(record, w)]
        self._wishes = [w for w in self._wishes if w not in asked]
        for wish in asked:
            self._write(wish.path, record, record.steps_done)

    @Slot(str)
    def _on_run_failed(self, message: str) -> None:
        if self._run.info is not None:
            self._bring_back_wishes()
        for wish in self._take_wishes():
            self.failed.emit(f"{isolated(wish.path.name)}: not saved. {message}")

    def _bring_back_wishes(self) -> None:
        run = self._run
        if run.info is not None:
            for wish in self._take_wishes():
                moment = PastMoment(run.info, run.recorder, wish.step)
                self._write(wish.path, moment, wish.step)

    def _take_wishes(self) -> list[Wish]:
        wishes, self._wishes = self._wishes, []
        return wishes

    def _is_modified(self) -> bool:
        run = self._run
        return run.step > 0 and (run.step, run.config) != self._saved_as

    def _filed(self) -> Filed:
        return Filed(
            self._number, self.path, self.marks, self._saved_as, self.is_recovered
        )

    def _new_number(self) -> int:
        self._last_number += 1
        return self._last_number

    def _write(self, path: Path, source: RunRecord | PastMoment, step: int) -> None:
        self._writer.write(self._writing(path, source, step))

    def _writing(
        self, path: Path, source: RunRecord | PastMoment, step: int
    ) -> Writing:
        shelf = self._workshop.shelf
        return Writing(
            path,
            source,
            shelf.current_name,
            with_save(self.marks, step),
            shelf.current_trained_s,
            self._number,
        )

    # What the files say

    @Slot(object, object)
    def _on_writer_written(self, writing: Writing, saved: SavedRun) -> None:
        self.note_written(writing, saved)
        self.saved.emit(writing.path)

    def note_written(self, writing: Writing, saved: SavedRun) -> None:
        """Note that a run is in a file now, and no other run is any more."""
        if writing.number == self._number:
            self.path, self.marks = writing.path, saved.marks
            self._saved_as = state_of(saved)
            self.is_modified = self._is_modified()
            self.is_recovered = False
            self._saved_s = self._workshop.shelf.clock.seconds
        self._shelved.note_written(writing, saved)
        self.changed.emit()

    @Slot(object, str)
    def _on_writer_failed(self, _writing: Writing, message: str) -> None:
        self.changed.emit()
        self.failed.emit(f"Not saved: {message}")

    @Slot(object, object)
    def _on_reader_succeeded(self, path: Path, saved: SavedRun) -> None:
        self.take_up(saved, path)

    @Slot(object, str)
    def _on_reader_text_missing(self, path: Path, message: str) -> None:
        self.changed.emit()
        self.text_missing.emit(path, message)

    @Slot(object, str)
    def _on_reader_failed(self, _path: Path, message: str) -> None:
        self.changed.emit()
        self.failed.emit(f"Not opened: {message}")
