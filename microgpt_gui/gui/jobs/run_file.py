"""Run files, written and read on threads of their own: nothing waits for a disk."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.threads.seldom import seldom

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.gui.threads.background import Check, Tell
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_files.problems import TextMissing
    from microgpt_gui.session.run_files.saved_run import Mark, SavedRun
    from microgpt_gui.session.run_info import RunInfo


@dataclass(frozen=True, slots=True, eq=False)
class PastMoment:
    """A moment of a run that is no more; it is brought back before it is written."""

    info: RunInfo
    recorder: Recorder
    step: int  # steps done

    def record(self, check: Callable[[], None]) -> RunRecord:
        """Return the run as it was then; takes as long as a replay."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.moments.recorded import record_at

        return record_at(self.info, self.recorder, self.step, check)


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """One file to be written.

    Attributes:
        path: Where it goes.
        source: What it will hold.
        name: What people call the run.
        marks: Moments of it.
        trained_s: See `SavedRun`.
        number: Of the run, for whoever asked.
    """

    path: Path
    source: RunRecord | PastMoment
    name: str
    marks: tuple[Mark, ...]
    trained_s: float | None
    number: int

    def saved_run(self, check: Callable[[], None]) -> SavedRun:
        """Return what the file will hold."""
        from microgpt_gui.session.run_files.saved_run import SavedRun

        source = self.source
        record = source.record(check) if isinstance(source, PastMoment) else source
        return SavedRun(record, self.name, self.marks, trained_s=self.trained_s)


class RunFileWriter(QObject):
    """Writes one file after the other, in the order of the wishes; on the GUI thread.

    Signals:
        written: It is on the disk (Writing, SavedRun).
        failed: It is not, and an older file of that name is as it was (Writing, why,
            for people: str).
    """

    written = Signal(object, object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Writing] = deque()
        self._current: Writing | None = None
        self._background = Background("saving", self)
        self._background.succeeded.connect(self._on_background_succeeded)
        self._background.failed.connect(self._on_background_failed)

    @property
    def is_busy(self) -> bool:
        """Whether a file is still to be written."""
        return self._current is not None

    def write(self, writing: Writing) -> None:
        """Write a file as soon as those before are done.

        One that waits for the same place is left out: it would be overwritten.
        """
        self._waiting = deque(w for w in self._waiting if w.path != writing.path)
        self._waiting.append(writing)
        self._go_on()

    def shut_down(self) -> None:
        """Give up what is not written yet, and wait for the thread."""
        self._waiting.clear()
        self._current = None
        self._background.shut_down()

    def _go_on(self) -> None:
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._background.start(partial(_write, self._current))

    def _end(self) -> Writing:
        writing, self._current = self._current, None
        assert writing is not None
        return writing

    @Slot(object)
    def _on_background_succeeded(self, saved: SavedRun) -> None:
        writing = self._end()
        self._go_on()
        self.written.emit(writing, saved)

    @Slot(str)
    def _on_background_failed(self, message: str) -> None:
        writing = self._end()
        self._go_on()
        self.failed.emit(writing, message)


class RunFileReader(QObject):
    """Reads the file that was asked for last; on the GUI thread.

    Attributes:
        path: The file being read, or None.

    Signals:
        succeeded: It is a sound run file (Path, SavedRun).
        text_missing: It would be, but the text the run learns from was not found
            (Path, why, for people: str).
        failed: It is none (Path, why, for people: str).
        progressed: It takes long (share done, from 0 to 1: float).
    """

    progressed = Signal(float)
    succeeded = Signal(object, object)
    text_missing = Signal(object, str)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._background = Background("opening", self)
        self._background.told.connect(self._on_background_told)
        self._background.succeeded.connect(self._on_background_succeeded)
        self._background.failed.connect(self._on_background_failed)

    def read(self, path: Path, text: Path | None = None) -> None:
        """Begin to read; what is being read is given up.

        Args:
            path: The run file.
            text: Where the text that was missing lies.
        """
        self.path = path
        self._background.start_telling(partial(_read, path, text))

    def cancel(self) -> None:
        """Give up what is being read; no signal follows."""
        self.path = None
        self._background.cancel()

    def shut_down(self) -> None:
        """Give up, and wait for the thread."""
        self.path = None
        self._background.shut_down()

    @Slot(object)
    def _on_background_told(self, news: tuple[float]) -> None:
        self.progressed.emit(*news)

    @Slot(object)
    def _on_background_succeeded(self, result: SavedRun | TextMissing) -> None:
        from microgpt_gui.session.run_files.problems import TextMissing

        path, self.path = self.path, None
        if isinstance(result, TextMissing):
            self.text_missing.emit(path, str(result))
        else:
            self.succeeded.emit(path, result)

    @Slot(str)
    def _on_background_failed(self, message: str) -> None:
        path, self.path = self.path, None
        self.failed.emit(path, message)


def _write(writing: Writing, check: Callable[[], None]) -> SavedRun:
    from microgpt_gui.session.run_files.writing import write_run

    saved = writing.saved_run(check)
    write_run(writing.path, saved, check)
    return saved


def _read(
    path: Path, text: Path | None, check: Check, tell: Tell
) -> SavedRun | TextMissing:
    from microgpt_gui.session.run_files.problems import TextMissing
    from microgpt_gui.session.run_files.reading import read_run

    try:
        tell_seldom = seldom(tell, at_once=False)
        return read_run(path, check, text=text, tell=tell_seldom)
    except TextMissing as missing:
        return missing
