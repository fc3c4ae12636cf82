"""Runs that a crash has left behind: found at the start, offered, brought back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.jobs.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.autosaver import Autosaver
    from microgpt_gui.gui.documents import Document
    from microgpt_gui.session.autosave import Autosave, Offer
    from microgpt_gui.session.run_files.saved_run import SavedRun


@dataclass(frozen=True, slots=True)
class _Recovered:
    saved: SavedRun
    autosave: Autosave | None  # None where another window was faster


class Recovery(QObject):
    """What can be brought back, on the GUI thread.

    Attributes:
        offers: Runs that no file holds and no window has, the newest first.
        is_busy: One of them is being brought back.

    Signals:
        changed: Something above changed.
        failed: A run could not be brought back (why, for people: str).
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self, document: Document, autosaver: Autosaver, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.offers: tuple[Offer, ...] = ()
        self.is_busy = False
        self._document = document
        self._autosaver = autosaver
        self._search = Background("leftovers", self)
        self._search.succeeded.connect(self._on_search_succeeded)
        self._reader = Background("recovery", self)
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self._on_reader_failed)

    @Slot()
    def look(self) -> None:
        """Look for what crashes have left behind."""
        self._search.start(_find)

    def recover(self) -> None:
        """Put the first offer in place of the run in the window, which is kept."""
        if self.offers and not self.is_busy:
            self.is_busy = True
            self._reader.start(partial(_read, self.offers[0]))
            self.changed.emit()

    def dismiss(self) -> None:
        """Forget the first offer for good."""
        if self.offers and not self.is_busy:
            # Not at the top, here and below: the first window needs none of it.
            from microgpt_gui.session.autosave import dismiss

            dismiss(self.offers[0])
            self._go_on()

    def shut_down(self) -> None:
        """Give up; what was offered is offered again at the next start."""
        self._search.shut_down()
        self._reader.shut_down()

    def _go_on(self) -> None:
        self.is_busy = False
        self.offers = self.offers[1:]
        self.changed.emit()

    @Slot(object)
    def _on_search_succeeded(self, offers: tuple[Offer, ...]) -> None:
        self.offers = offers
        self.changed.emit()

    @Slot(object)
    def _on_reader_succeeded(self, recovered: _Recovered) -> None:
        if recovered.autosave is None:
            self.failed.emit("Another window has taken that run up already.")
        else:
            self._document.take_up(recovered.saved)
            self._autosaver.adopt(recovered.autosave)
        self._go_on()

    @Slot(str)
    def _on_reader_failed(self, message: str) -> None:
        self.failed.emit(f"Not recovered: {message}")
        self.is_busy = False
        self.changed.emit()


def _find(_check: Callable[[], None]) -> tuple[Offer, ...]:
    from microgpt_gui.session.autosave import leftovers

    return leftovers()


def _read(offer: Offer, check: Callable[[], None]) -> _Recovered:
    from microgpt_gui.session.autosave import claim
    from microgpt_gui.session.run_files.reading import read_run

    saved = read_run(offer.path, check)
    return _Recovered(saved, claim(offer))
