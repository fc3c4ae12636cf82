"""The odds of the current run and, beside them, those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.two_runs import TwoRuns
from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.panels.next_letter.bars import Bars
from microgpt_gui.session.reading.questions import NextLetterQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.next_letter import NextLetter


class SideBySide(TwoRuns):
    """Bars, or two of them after the same text at the same step.

    Attributes:
        bars: The current run's.
        other: The other run's; hidden while there is none.
    """

    least_width = 480

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self.bars = Bars(appearance)
        self.other = Bars(appearance)
        self.other.setAccessibleName(words.OTHER_BARS)
        super().__init__(workshop, appearance, self.bars, self.other)
        self.bars.pointed_changed.connect(self._read)
        self.other.pointed_changed.connect(self._read)
        self._on_shelf_compared_changed()

    def show_letter(self, letter: NextLetter | None) -> None:
        """Draw ``letter``, and want the same of the other run."""
        self.bars.show_letter(letter)
        self._want()

    def set_order(self, *, is_sorted: bool) -> None:
        """See `Bars`."""
        self.bars.set_order(is_sorted=is_sorted)
        self.other.set_order(is_sorted=is_sorted)

    def set_quantity(self, *, is_of_logits: bool) -> None:
        """See `Bars`."""
        self.bars.set_quantity(is_of_logits=is_of_logits)
        self.other.set_quantity(is_of_logits=is_of_logits)

    def set_covered(self, *, is_covered: bool) -> None:
        """See `Bars`."""
        self.bars.set_covered(is_covered=is_covered)
        self.other.set_covered(is_covered=is_covered)
        self._read()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.bars.rearrange()
        self.other.rearrange()

    def _want(self) -> None:
        letter = self.bars.letter
        if letter is None or not self.isVisible():
            return
        question = NextLetterQuestion(letter.text, letter.odds.temperature)
        is_asked_for = not self._run.is_training
        self._want_at(letter.step, question, is_asked_for=is_asked_for)

    def _empty_other(self) -> None:
        self.other.show_letter(None)

    def _take(self, answer: NextLetter) -> None:
        self.other.show_letter(answer)

    def _told(self, name: str, *, is_other: bool) -> str:
        """Say whose odds these are, or what is pointed at in both."""
        view = self.other if is_other else self.bars
        pointed = self.bars if self.bars.pointed is not None else self.other
        letter, token = view.letter, pointed.spoken_token
        name = name if is_other else f"this run, {name}"
        if letter is None:
            return f"{name} …"
        is_told = token is not None and not view.is_covered
        if is_told and token is not None and pointed.letter is not None:
            return self._told_of(letter, pointed.letter.label_of(token))
        return self._told_moment(name, letter, self.bars.letter, is_other=is_other)

    @staticmethod
    def _told_of(letter: NextLetter, label: str) -> str:
        """Say what the odds of a token are that another run may be without."""
        labels = [*letter.chars, letter.label_of(len(letter.chars))]
        if label not in labels or not letter.odds.probabilities:
            return "it has no odds here"
        return words.short(letter, labels.index(label))
