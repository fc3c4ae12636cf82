"""What a person waits for before a run is there, and the button that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from microgpt_gui.gui.run.run_state import RunState

if TYPE_CHECKING:
    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.window.progress import Progress
    from microgpt_gui.gui.workshop import Workshop


class Waiting(QObject):
    """Shows in the top bar how far a text is loaded or a file opened."""

    def __init__(
        self, progress: Progress, workshop: Workshop, document: Document
    ) -> None:
        super().__init__(progress)
        self._progress = progress
        self._workshop = workshop
        self._run = run = workshop.run
        self._document = document
        run.loading.progressed.connect(self._on_loading_progressed)
        run.state_changed.connect(self._refresh)
        document.opening_progressed.connect(self._on_opening_progressed)
        document.changed.connect(self._refresh)
        workshop.timeline.forking.connect(self._on_timeline_forking)
        workshop.timeline.moved.connect(self._refresh)
        workshop.timeline.refused.connect(self._refresh)
        progress.cancel.clicked.connect(self._on_cancel_clicked)

    @Slot(float)
    def _on_loading_progressed(self, share: float) -> None:
        if self._run.state is RunState.LOADING:
            tip = "Do not load this text; go back to the run before"
            self._progress.show_wait("loading", share, tip)

    @Slot(float)
    def _on_opening_progressed(self, share: float) -> None:
        self._progress.show_wait("opening", share, "Do not open this file")

    @Slot(float)
    def _on_timeline_forking(self, share: float) -> None:
        self._progress.show_wait("loading", share, "Do not fork")

    @Slot()
    def _refresh(self) -> None:
        run = self._run
        is_loading = run.state is RunState.LOADING or self._workshop.timeline.is_forking
        if not is_loading and self._document.opening is None:
            self._progress.end_wait()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        if self._document.opening is not None:
            self._document.cancel_opening()
        elif self._workshop.timeline.is_forking:
            self._workshop.timeline.cancel_fork()
            self._refresh()
        elif self._run.state is RunState.LOADING:
            self._run.loading.cancel()
