"""Runs that a crash has left behind: found at the start, offered, brought back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.threads.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.gui.files.autosaver import Autosaver
    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.session.autosave import Autosave, Offer
    from microgpt_gui.session.run_files.saved_run import SavedRun


@dataclass(frozen=True, slots=True)
class _Recovered:
    saved: SavedRun
    autosave: Autosave | None  # None where another window was faster
    is_offer: bool  # it was offered, not dismissed


@dataclass(frozen=True, slots=True)
class _Found:
    offers: tuple[Offer, ...]
    damaged: tuple[Path, ...]  # where they are now


class Recovery(QObject):
    """What can be brought back, on the GUI thread.

    Attributes:
        offers: Runs that no file holds and no window has, the newest first.
        is_busy: One of them, or one that was dismissed, is being brought back.

    Signals:
        changed: Something above changed.
        failed: A run could not be brought back (why, for people: str).
        noticed: Something that a person should know (str).
    """

    changed = Signal()
    failed = Signal(str)
    noticed = Signal(str)

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
        """Put the first offer away; `take_back` brings it back for a month."""
        if self.offers and not self.is_busy:
            # Not at the top, here and below: the first window needs none of it.
            from microgpt_gui.session.dismissed import KEPT_DAYS, dismiss

            try:
                dismiss(self.offers[0])
            except OSError as error:
                self.failed.emit(f"Not dismissed: {error}")
                return
            self._go_on()
            self.noticed.emit(
                f"Dismissed. File > Dismissed runs can bring it back for {KEPT_DAYS} "
                "days."
            )

    def dismissed(self) -> tuple[Offer, ...]:
        """Return what was dismissed and can be taken back, the newest first."""
        from microgpt_gui.session.dismissed import dismissed

        return dismissed()

    def take_back(self, offer: Offer) -> None:
        """Put a run that was dismissed in place of the one in the window."""
        if not self.is_busy:
            self.is_busy = True
            self._reader.start(partial(_read_dismissed, offer))
            self.changed.emit()

    def shut_down(self) -> None:
        """Give up; what was offered is offered again at the next start."""
        self._search.shut_down()
        self._reader.shut_down()

    def _go_on(self) -> None:
        self.is_busy = False
        self.offers = self.offers[1:]
        self.changed.emit()

    @Slot(object)
    def _on_search_succeeded(self, found: _Found) -> None:
        self.offers = found.offers
        self.changed.emit()
        if found.damaged:
            self.failed.emit(
                "A run that was kept safe is damaged and cannot be recovered; it is "
                f"kept as {', '.join(map(str, found.damaged))}."
            )

    @Slot(object)
    def _on_reader_succeeded(self, recovered: _Recovered) -> None:
        if recovered.autosave is None:
            self.failed.emit("Another window has taken that run up already.")
        else:
            self._document.take_up(recovered.saved)
            self._autosaver.adopt(recovered.autosave)
        if recovered.is_offer:
            self._go_on()
            return
        self.is_busy = False
        self.changed.emit()

    @Slot(str)
    def _on_reader_failed(self, message: str) -> None:
        self.failed.emit(f"Not recovered: {message}")
        self.is_busy = False
        self.changed.emit()


def _find(_check: Callable[[], None]) -> _Found:
    from microgpt_gui.session.autosave import (
        leftovers,
        set_damaged_aside,
        unfinished_folder,
    )
    from microgpt_gui.session.dismissed import sweep_dismissed
    from microgpt_gui.unfinished import sweep

    sweep(unfinished_folder())
    sweep_dismissed()
    damaged = set_damaged_aside()
    return _Found(leftovers(), damaged)


def _read(offer: Offer, check: Callable[[], None]) -> _Recovered:
    from microgpt_gui.session.autosave import claim
    from microgpt_gui.session.run_files.reading import read_run

    saved = read_run(offer.path, check)
    return _Recovered(saved, claim(offer), is_offer=True)


def _read_dismissed(offer: Offer, check: Callable[[], None]) -> _Recovered:
    from microgpt_gui.session.dismissed import take_back
    from microgpt_gui.session.run_files.reading import read_run

    saved = read_run(offer.path, check)
    return _Recovered(saved, take_back(offer), is_offer=False)
