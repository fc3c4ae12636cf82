"""All runs of the window into a folder, and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.jobs.run_file import RunFileWriter, Writing
from microgpt_gui.gui.threads.background import Background
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.jobs.lesson import Lesson
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.lesson import Entry
    from microgpt_gui.session.run_files.saved_run import SavedRun


class Lessons(QObject):
    """Saves all runs of the window and opens those of a folder; on the GUI thread.

    Signals:
        saved: All runs are in this folder now (Path).
        opened: The runs of this folder are in the window now (Path).
        told: What came of it (str).
        failed: Something could not be written or read (why, for people: str).
    """

    saved = Signal(object)
    opened = Signal(object)
    told = Signal(str)
    failed = Signal(str)

    def __init__(
        self, workshop: Workshop, document: Document, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._run = run = workshop.run
        self._document = document
        self._folder: Path | None = None  # that is being written
        self._entries: list[Entry] = []  # of it
        self._waiting = 0  # files that are not written yet
        self._problems: list[str] = []
        self._writer = RunFileWriter(self)
        self._writer.written.connect(self._on_writer_written)
        self._writer.failed.connect(self._on_writer_failed)
        self._list_writer = Background("list of runs", self)
        self._list_writer.succeeded.connect(self._on_list_written)
        self._list_writer.failed.connect(self._on_list_failed)
        self._reader = Background("folder of runs", self)
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self._on_reader_failed)
        run.started.connect(self._reader.cancel)  # the newer wish counts

    @property
    def is_saving(self) -> bool:
        """Whether something is still to be written."""
        return self._folder is not None

    # What a person can do

    def save(self, folder: Path) -> None:
        """Save every run in a file of its own. `saved` or `failed` follows."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.lesson import Entry, unused_path

        runs = self._runs()
        if self.is_saving or not runs:
            why = "the last time is not over" if runs else "there is no run to save"
            self.failed.emit(f"Not saved: {why}.")
            return
        self._folder, self._entries, self._problems = folder, [], []
        writings: list[Writing] = []
        for kept in runs:
            taken = [writing.path for writing in writings]
            own = self._document.path_of(kept)
            is_here = own is not None and own.parent == folder and own not in taken
            name = self._workshop.shelf.current_name if kept is None else kept.name
            path = own if is_here and own else unused_path(folder, name, taken)
            writings.append(self._document.writing_of(kept, path))
            self._entries.append(
                Entry(path.name, name, is_current=True)
                if kept is None
                else Entry(path.name, name, kept.is_named, kept.overlay, kept.is_hidden)
            )
        self._waiting = len(writings)
        for writing in writings:
            self._writer.write(writing)

    def open(self, folder: Path) -> None:
        """Bring back the runs of a folder. `opened` or `failed` follows."""
        from microgpt_gui.gui.jobs.lesson import read_lesson

        self.told.emit(f"Opening the runs in {isolated(str(folder))} …")
        self._reader.start(partial(read_lesson, folder, self._run.keyframe_bytes))

    def shut_down(self) -> None:
        """Give up what is not written or read yet; takes a moment at most."""
        self._folder = None
        self._writer.shut_down()
        self._list_writer.shut_down()
        self._reader.shut_down()

    # How it goes on

    def _runs(self) -> list[ShelvedRun | None]:
        """Return the runs to save, the newest first; None is the current one."""
        run = self._run
        current = [None] if run.info is not None and run.step else []
        return [*current, *self._workshop.shelf.runs]

    @Slot(object, object)
    def _on_writer_written(self, writing: Writing, saved: SavedRun) -> None:
        self._document.note_written(writing, saved)
        self._note_done()

    @Slot(object, str)
    def _on_writer_failed(self, writing: Writing, message: str) -> None:
        self._problems.append(message)
        self._entries = [e for e in self._entries if e.file != writing.path.name]
        self._note_done()

    def _note_done(self) -> None:
        self._waiting -= 1
        if self._waiting or self._folder is None:
            return
        if self._entries:
            work = partial(_write_list, self._folder, tuple(self._entries))
            self._list_writer.start(work)
        else:
            self._end()

    @Slot()
    def _on_list_written(self) -> None:
        self._end()

    @Slot(str)
    def _on_list_failed(self, message: str) -> None:
        self._problems.append(message)
        self._end()

    def _end(self) -> None:
        folder, self._folder = self._folder, None
        if folder is None:
            return
        if self._problems:
            self.failed.emit(f"Not saved: {'; '.join(self._problems)}")
            return
        runs = _runs_in_words(len(self._entries))
        self.told.emit(f"Saved {runs} in {isolated(str(folder))}")
        self.saved.emit(folder)

    @Slot(object)
    def _on_reader_succeeded(self, lesson: Lesson) -> None:
        shelf, current = self._workshop.shelf, lesson.current
        self._document.take_up(current.saved, current.path)
        if current.kept.is_named:
            shelf.rename_current(current.kept.name)
        others = [run for run in lesson.runs if run is not current]
        shelf.add([run.kept for run in others], current.kept.before)
        for run in others:
            self._document.note_opened(run.kept, run.path, run.saved)
        if lesson.problems:
            self.failed.emit(f"Not opened: {'; '.join(lesson.problems)}")
        else:
            runs = _runs_in_words(len(lesson.runs))
            self.told.emit(f"Opened {runs} from {isolated(str(lesson.folder))}")
        self.opened.emit(lesson.folder)

    @Slot(str)
    def _on_reader_failed(self, message: str) -> None:
        self.failed.emit(f"Not opened: {message}")


def _runs_in_words(count: int) -> str:
    return "1 run" if count == 1 else f"{count:,} runs"


def _write_list(
    folder: Path, entries: tuple[Entry, ...], _check: Callable[[], None]
) -> None:
    from microgpt_gui.session.lesson import write_list
    from microgpt_gui.session.writable import CannotWrite

    try:
        write_list(folder, entries)
    except CannotWrite as error:
        raise ValueError(str(error)) from None
