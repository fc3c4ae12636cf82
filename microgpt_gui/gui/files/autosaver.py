"""Keeps the run safe from crashes while it trains. See `session.autosave`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.jobs.run_file import PastMoment
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.threads.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.autosave import Autosave
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.run_files.saved_run import Mark

#: What a crash can cost, together with the time of a write.
AUTOSAVE_MS = 20_000

#: So many runs that gave way to another are kept safe too, the newest ones.
MAX_SHELVED = 4


class Autosaver(QObject):
    """Writes what no file holds to a place of its own; on the GUI thread.

    Does nothing until `start`: a window that plays by itself leaves no traces.

    Signals:
        kept: The run is safe as it was a moment ago.
        failed: The run cannot be kept safe (why, for people: str). Said once, until it
            works again.
    """

    kept = Signal()
    failed = Signal(str)

    def __init__(
        self, workshop: Workshop, document: Document, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._run = run = workshop.run
        self._document = document
        self._own: Autosave | None = None  # the current run's; None until it is needed
        self._shelved: dict[ShelvedRun, Autosave] = {}
        self._claimed: list[Autosave] = []  # that hold what a crash has left
        self._is_asked = False  # for a record
        self._kept_at: tuple[int, RunConfig] | None = None  # step, settings
        self._is_failing = False
        self._background = Background("autosave", self)
        self._background.succeeded.connect(self._on_background_succeeded)
        self._background.failed.connect(self._on_background_failed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.save)
        run.dropped.connect(self._on_run_dropped)
        run.started.connect(self._on_run_started)
        run.recorded.connect(self._on_run_recorded)
        document.saved.connect(self._on_document_saved)

    def start(self, every_ms: int = AUTOSAVE_MS) -> None:
        """Keep the run safe from now on, as often as that."""
        self._timer.start(every_ms)

    def adopt(self, autosave: Autosave) -> None:
        """Go on with what was kept of the current run before a crash."""
        self._own = autosave
        self._claimed.append(autosave)

    @Slot()
    def save(self) -> None:
        """Keep the run safe as it is now, unless a file holds it."""
        run = self._run
        is_kept = self._kept_at == (run.step, run.config)
        if is_kept or not self._document.is_modified or self._background.is_active:
            return
        if run.state is not RunState.FAILED:
            self._is_asked = True
            run.request_record()
        elif run.info is not None:  # nobody is there to answer any more
            self._keep(PastMoment(run.info, run.recorder, run.step).record)
            self._kept_at = (run.step, run.config)

    def leave(self) -> None:
        """End without a word, as a crash would: the next start offers the run."""
        self._timer.stop()
        self._own = None
        self._shelved.clear()
        self._background.shut_down()

    def shut_down(self) -> None:
        """End as it should be: nothing is left behind."""
        self._timer.stop()
        self._background.cancel()
        for autosave in (self._own, *self._shelved.values()):
            if autosave is not None:
                autosave.end()
        self._own = None
        self._shelved.clear()
        self._background.shut_down()

    def _keep(self, source: Callable[[Callable[[], None]], RunRecord]) -> None:
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.autosave import begin
        from microgpt_gui.session.run_files.problems import RunFileError

        try:
            self._own = self._own or begin()
        except RunFileError as error:
            self._on_background_failed(str(error))
            return
        shelf, marks = self._workshop.shelf, self._document.marks
        self._background.start(
            partial(
                _save,
                self._own,
                source,
                shelf.current_name,
                marks,
                shelf.current_trained_s,
            )
        )

    @Slot()
    def _on_run_dropped(self) -> None:
        if self._own is None or not self._document.is_modified:
            return
        if (kept := self._workshop.shelf.newly_kept) is not None:
            self._shelved[kept] = self._own
        # What is not kept there was not even loaded: the next start offers it again.
        self._own = None
        own = [k for k, a in self._shelved.items() if a not in self._claimed]
        for oldest in own[:-MAX_SHELVED]:
            self._background.start(partial(_end, self._shelved.pop(oldest)))

    @Slot()
    def _on_run_started(self) -> None:
        self._is_asked = False
        self._kept_at = None
        resumed = self._workshop.shelf.resumed
        if resumed is not None and resumed in self._shelved:
            self._own = self._shelved.pop(resumed)

    @Slot(object)
    def _on_run_recorded(self, record: RunRecord) -> None:
        if self._is_asked and self._document.is_modified:
            self._keep(partial(_give, record))
            self._kept_at = (record.steps_done, record.config)
        self._is_asked = False

    @Slot()
    def _on_document_saved(self) -> None:
        if self._own is not None and not self._document.is_modified:
            self._background.start(partial(_discard, self._own))

    @Slot(object)
    def _on_background_succeeded(self, is_kept: bool) -> None:
        self._is_failing = False
        if is_kept:
            self.kept.emit()

    @Slot(str)
    def _on_background_failed(self, message: str) -> None:
        self._kept_at = None
        if not self._is_failing:
            self._is_failing = True
            self.failed.emit(f"This run is not safe from a crash: {message}")


def _give(record: RunRecord, _check: Callable[[], None]) -> RunRecord:
    return record


def _save(
    autosave: Autosave,
    source: Callable[[Callable[[], None]], RunRecord],
    name: str,
    marks: tuple[Mark, ...],
    trained_s: float | None,
    check: Callable[[], None],
) -> bool:
    return autosave.save(source(check), name, marks, trained_s)


def _discard(autosave: Autosave, _check: Callable[[], None]) -> None:
    autosave.discard()


def _end(autosave: Autosave, _check: Callable[[], None]) -> None:
    autosave.end()
