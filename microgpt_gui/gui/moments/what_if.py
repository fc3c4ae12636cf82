"""What is otherwise in the scratch copy that the views read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.session.moments.alteration import UNALTERED, Alteration
from microgpt_gui.session.reading.altered_question import with_alteration

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.reading.question import Question

Answer = TypeVar("Answer")

_ENDED = (
    "The what-if ({}) ended with its run. All views show the new run as it is, nothing "
    "of it altered."
)


class WhatIf(QObject):
    """One alteration for all views, whoever made it. On the GUI thread.

    The run, its files and its training know nothing of it. It ends with its run.

    Attributes:
        alteration: What is otherwise at every moment that is shown; false for nothing.

    Signals:
        changed: ``alteration`` changed.
        ended: Its run gave way to another (what that means, for people: str).
    """

    changed = Signal()
    ended = Signal(str)

    def __init__(self, run: RunController, parent: QObject) -> None:
        super().__init__(parent)
        self.alteration = UNALTERED
        self._run = run
        self._drawn: dict[int, tuple[object, Alteration]] = {}  # by view
        self._farewell = ""  # to be said when the next run stands
        run.started.connect(self._on_run_started)
        run.prepared.connect(self._on_run_prepared)

    @property
    def told(self) -> str:
        """What is altered, in words; empty for nothing."""
        return self.alteration.told()

    def alter(self, alteration: Alteration) -> None:
        """Let this be otherwise from now on, and all else as it is.

        What the model has not, as a view may show that is still of another run, is
        refused with a word.
        """
        run = self._run
        if run.info is None or alteration == self.alteration:
            return
        try:
            alteration.check_fits(run.config.model(run.info.vocab_size))
        except LookupError as error:
            run.noticed.emit(f"Nothing was altered: {error}.")
            return
        self.alteration = alteration
        self.changed.emit()

    def put_back(self) -> None:
        """Let all be as the run has it."""
        self.alter(UNALTERED)

    def asked(self, question: Question[Answer]) -> Question[Answer]:
        """Return ``question`` as it is put to the moment shown, altered or not."""
        return with_alteration(question, self.alteration)

    def note_drawn(self, view: object, answer: object, alteration: Alteration) -> None:
        """Remember what is altered in the ``answer`` that ``view`` draws now."""
        self._drawn[id(view)] = answer, alteration

    def alteration_of(self, answer: object) -> Alteration:
        """Return what is altered in an answer that is drawn."""
        drawn = (kept for kept in self._drawn.values() if kept[0] is answer)
        return next(drawn, (answer, UNALTERED))[1]

    @Slot()
    def _on_run_started(self) -> None:
        self._drawn.clear()
        if self.alteration:
            self._farewell = _ENDED.format(self.told)
            self.alteration = UNALTERED
            self.changed.emit()

    @Slot()
    def _on_run_prepared(self) -> None:
        farewell, self._farewell = self._farewell, ""
        if farewell:
            self.ended.emit(farewell)
