"""What is shown of all of a run, and beside it the same of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Signal, Slot

from microgpt_gui.gui.panel.two_runs import TwoRuns

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.question import Question


class OfRun(Protocol):
    """An answer about a run up to one of its moments."""

    @property
    def step(self) -> int:
        """Steps done at the last moment."""


class WholeRuns(TwoRuns):
    """Two views, each of a run from its start; the other's reaches as far, or ends.

    Subclasses implement `draw`.

    Attributes:
        view: Shows the current run.
        other: Shows the one that is compared.
        answer: What is shown of the current run; None for nothing.
        other_answer: Likewise of the other.
        question: What is asked of the newest moment of each.
        newest: Asks it of the current run.

    Signals:
        answered: ``answer`` changed, and is drawn.
    """

    answered = Signal()

    view: EnlargingView
    other: EnlargingView

    least_width = 480

    def __init__(
        self,
        workshop: Workshop,
        appearance: Appearance,
        view: EnlargingView,
        other: EnlargingView,
        question: Question[Any],
    ) -> None:
        """Lay out both, and ask.

        Args:
            workshop: The current run, and the one beside it.
            appearance: Theme and zoom.
            view: Shows the current run.
            other: Shows the run that is compared.
            question: What is asked of the newest moment of each.
        """
        self.answer: Any = None
        self.other_answer: Any = None
        self.question = question
        super().__init__(workshop, appearance, view, other)
        self.newest = workshop.wish_of_newest(self, question)
        self.newest.answered.connect(self._on_newest_answered)
        workshop.timeline.emptied.connect(self._on_timeline_emptied)
        self._on_shelf_compared_changed()

    def draw(self) -> None:
        """Draw both answers, alike enough to be compared."""
        raise NotImplementedError

    def whole_answer(self) -> Any:
        """Return ``answer`` if it is seen, and nothing of it is on its way."""
        return None if self.newest.is_under_way or not self.isVisible() else self.answer

    def ask(self, question: Question[Any]) -> None:
        """Ask another question from now on."""
        if question != self.question:
            self.question = question
            self.newest.ask(question)
            self._want()

    def _want(self) -> None:
        if self.answer is not None and self.isVisible():
            is_asked_for = not self._run.is_training
            self._want_at(self.answer.step, self.question, is_asked_for=is_asked_for)

    def _empty_other(self) -> None:
        self.other_answer = None
        self.draw()

    def _take(self, answer: OfRun) -> None:
        self.other_answer = answer
        self.draw()

    def _told(self, name: str, *, is_other: bool) -> str:
        answer = self.other_answer if is_other else self.answer
        name = name if is_other else f"this run, {name}"
        return f"{name} …" if answer is None else f"up to step {answer.step:,}: {name}"

    @Slot()
    def _on_newest_answered(self) -> None:
        self.answer = self.newest.answer
        self.draw()
        self._want()
        self._read()
        self.answered.emit()

    @Slot()
    def _on_timeline_emptied(self) -> None:
        self.answer = None
        self.draw()
        self.answered.emit()
