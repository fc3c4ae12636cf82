"""The curves of the current run and, beside them, those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.weights.norms import words
from microgpt_gui.gui.panels.weights.norms.view import NormsView
from microgpt_gui.gui.panels.weights.whole_runs import WholeRuns
from microgpt_gui.session.reading.questions import NormsQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.weights.norms import Norms


class NormsBeside(WholeRuns):
    """One plot, or two with the same axes.

    Attributes:
        view: The current run's.
        other: The other run's; hidden while there is none.
    """

    view: NormsView
    other: NormsView

    answer: Norms | None
    other_answer: Norms | None

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self.view = NormsView(appearance)
        self.other = NormsView(appearance)
        self.other.setAccessibleName("Size of every matrix of the other run")
        super().__init__(workshop, appearance, self.view, self.other, NormsQuestion())
        for view in (self.view, self.other):
            view.pointed_changed.connect(self._read)

    def draw(self) -> None:
        """See `WholeRuns`."""
        pairs = ((self.view, self.answer), (self.other, self.other_answer))
        answers = [answer for _, answer in pairs if answer is not None]
        last = max((answer.step for answer in answers), default=0)
        for view, answer in pairs:
            view.norms = answer
        top = max(view.own_top() for view, _ in pairs)
        for view, answer in pairs:
            view.show_norms(answer, top, last)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.view.restyle()
        self.other.restyle()

    def _told(self, name: str, *, is_other: bool) -> str:
        """Say whose curves these are, or what is pointed at in both."""
        view = self.other if is_other else self.view
        leader = self.view if self.view.pointed is not None else self.other
        norms, ours = view.norms, leader.norms
        if leader.pointed is None or norms is None or ours is None:
            return super()._told(name, is_other=is_other)
        matrix, place = leader.pointed
        if ours.names[matrix] not in norms.names:
            return f"no {ours.names[matrix]} here"
        own = norms.names.index(ours.names[matrix])
        step = ours.steps[place]
        nearest = min(range(len(norms.steps)), key=lambda i: abs(norms.steps[i] - step))
        return words.reading(norms, own, nearest)
