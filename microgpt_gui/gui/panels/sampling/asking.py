"""Asks the run for samples: one question at a time, and the newest wish wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest


class Asking(QObject):
    """Questions to the model that trains, and which batches answer them.

    Attributes:
        asked: What is asked for and not answered yet; None for nothing.
        is_passing: Whether that is asked for in passing, by a slider that moves.
    """

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self.asked: SampleRequest | None = None
        self.is_passing = False
        self._workshop = workshop
        self._wanted: SampleRequest | None = None  # at the first news of that
        self._next: SampleRequest | None = None  # at its end

    def ask(self, request: SampleRequest, *, is_asked_for: bool = True) -> None:
        """Ask; the latest wish waits for the first news of the one before.

        Then it cuts that one short. The same samples again wait for its end.
        """
        if self.asked is None:
            self._put(request, is_asked_for=is_asked_for)
        else:
            self._wanted = request

    def ask_in_passing(self, request: SampleRequest) -> None:
        """Ask; while one draw is under way only the latest wish waits, for its end."""
        if self.asked is None:
            self._put(request, is_asked_for=False, is_passing=True)
        else:
            self._next = request

    def forget(self) -> None:
        """Expect no answers any more."""
        self.asked = self._wanted = self._next = None

    def go_on(self, answer: SampleBatch) -> None:
        """Ask for what is wanted next, if ``answer`` leaves it to be asked."""
        wanted = self._wanted
        if answer.is_complete:
            wanted = wanted or self._next
        elif wanted in (None, answer.request):
            return
        is_passing = self._wanted is None
        self.asked = self._wanted = self._next = None
        if wanted is not None:
            self._put(wanted, is_asked_for=not is_passing, is_passing=is_passing)

    def _put(
        self, request: SampleRequest, *, is_asked_for: bool, is_passing: bool = False
    ) -> None:
        self.asked, self.is_passing = request, is_passing
        self._workshop.draws.sample(request, is_asked_for=is_asked_for)
