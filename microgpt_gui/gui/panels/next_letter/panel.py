"""The panel of the next letter: the odds after a text, and the document they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.text_panel import TextPanel
from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.panels.next_letter.exports import NextLetterExports
from microgpt_gui.gui.panels.next_letter.figure import NextLetterFigure
from microgpt_gui.gui.panels.next_letter.legend import BarsLegend
from microgpt_gui.gui.panels.next_letter.walk import Walk
from microgpt_gui.session.reading.next_letter import NextLetter
from microgpt_gui.session.reading.questions import NextLetterQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.sample_batch import SampledLetter


class NextLetterPanel(TextPanel[NextLetter]):
    """Shows what may come next, and goes on with what is chosen or drawn.

    Attributes:
        bars: The odds of the current run.
        figure: All that is shown.
    """

    title = "Next letter"
    hint = (
        "What the model holds likely to come next after a text, and the random number "
        "that decides when it writes."
    )
    words = words.WORDS

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._walk = Walk()
        self._draws_due = 0  # that wait for the odds they are to be drawn by
        self.figure = figure = NextLetterFigure(workshop, appearance)
        self.bars = figure.sides.bars
        self.put_figure(self.bars, figure, BarsLegend(appearance))
        self.frame.set_tight(True)
        self._exports = NextLetterExports(self.bars, workshop, self.question)
        workshop.chance.changed.connect(self._on_chance_changed)
        for bars in (self.bars, figure.sides.other):
            bars.taken_back.connect(self.take_back)
        self.bars.chosen.connect(self._on_bars_chosen)
        figure.sides.other.chosen.connect(self._on_other_chosen)
        figure.row.back.clicked.connect(self.take_back)
        figure.row.draw.clicked.connect(self.draw_letter)
        figure.row.slow.begun.connect(self._on_slow_begun)
        figure.row.slow.due.connect(self._on_slow_due)
        self.run.started.connect(self._end_slow)
        figure.sides.other.pointed_changed.connect(self.read)
        figure.row.is_guessing.toggled.connect(self.read)
        self.restyle()

    def question(self) -> NextLetterQuestion:
        """See `FigurePanel`."""
        chance = self.workshop.chance
        self._walk.follow(self.workshop.subject.text)
        return NextLetterQuestion(
            self._walk.text, chance.temperature, chance.seed, self._walk.used
        )

    def draw_text(self, shown: NextLetter | None, usual_tokens: int) -> None:
        """See `TextPanel`."""
        if shown is not None:
            self.frame.make_room_to_read(words.longest_reading(shown))
        self.figure.show_letter(shown, self._walk.end)
        if self._draws_due and self._is_fresh():
            self._draws_due -= 1
            self.draw_letter()

    def subject_of(self, shown: NextLetter) -> str:
        """See `FigurePanel`."""
        return words.subject(shown)

    def reading_of(self, shown: NextLetter) -> str:
        """See `FigurePanel`."""
        token = self.bars.spoken_token
        if token is None or not shown.odds.probabilities:
            return words.POINT
        told = words.covered if self.figure.is_covered else words.reading
        return told(shown, token)

    def is_other_subject(self, before: NextLetter, shown: NextLetter) -> bool:
        """See `FigurePanel`."""
        return (before.text, before.chars) != (shown.text, shown.chars)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.figure.restyle()

    def take_letter(self, letter: SampledLetter) -> bool:
        """See `Panel`: its text, its moment or scratch copy, its odds, its die."""
        workshop = self.workshop
        workshop.what_if.alter(letter.alteration)
        workshop.chance.choose(letter.temperature, letter.seed)
        self._walk.go_to(letter.prefix, letter.drawn, letter.before)
        workshop.subject.watch(letter.prefix)
        self.wish.ask(self.question())
        if workshop.timeline.at != letter.step:
            workshop.timeline.show(letter.step)
        return True

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    # How the document goes on

    def _is_fresh(self) -> bool:
        """Whether the odds shown are those of the text, temperature and die chosen."""
        shown, asked = self.drawn, self.question()
        return shown is not None and asked == NextLetterQuestion(
            shown.asked, shown.odds.temperature, shown.seed, shown.drawn
        )

    @Slot()
    def draw_letter(self) -> None:
        """Write the letter that the die falls on, once its odds are there."""
        if self._walk.end is not None:
            self._draws_due = 0
        elif not self._is_fresh():
            self._draws_due += 1
        elif (token := self.figure.fallen) is not None and self.drawn is not None:
            is_true = self.figure.other_die is None
            self._write(self.drawn, token, is_drawn=is_true)

    @Slot()
    def _on_slow_begun(self) -> None:
        """Begin with what was given, where the document has ended."""
        if self._walk.end is not None:
            self._walk.begin_anew()
            self._go_on()
        else:
            self._on_slow_due()

    @Slot()
    def _on_slow_due(self) -> None:
        """Draw a letter, unless the odds are still on their way: then with the next."""
        if self._is_fresh():
            self.draw_letter()
        if self._walk.end is not None:
            self._end_slow()

    @Slot()
    def _end_slow(self) -> None:
        self.figure.row.slow.setChecked(False)

    @Slot()
    def take_back(self) -> None:
        """Take the last token back."""
        self._end_slow()
        self._draws_due = 0
        self._walk.follow(self.workshop.subject.text)
        self._walk.take_back()
        self._go_on()

    @Slot(int)
    def _on_bars_chosen(self, token: int) -> None:
        if self.drawn is None:
            return
        if self.figure.is_covered:
            self.figure.take_guess(token)
            self.read()
        else:
            self._write(self.drawn, token, is_drawn=False)

    @Slot(int)
    def _on_other_chosen(self, token: int) -> None:
        other = self.figure.sides.other.letter
        if self.drawn is None or other is None:
            return
        labels = [*self.drawn.chars, self.drawn.label_of(len(self.drawn.chars))]
        if (label := other.label_of(token)) in labels:
            self._on_bars_chosen(labels.index(label))

    def _write(self, shown: NextLetter, token: int, *, is_drawn: bool) -> None:
        """Go on with ``token`` after what is shown."""
        self._walk.follow(self.workshop.subject.text)
        if shown.is_last or token == len(shown.chars):
            self._walk.end = token
        else:
            self._walk.write(shown.text + shown.chars[token], is_drawn=is_drawn)
        self._go_on()

    def _go_on(self) -> None:
        """Let all views read where the document is now."""
        self.workshop.subject.watch(self._walk.text)
        self.wish.ask(self.question())
        self.figure.show_letter(self.drawn, self._walk.end)

    @Slot()
    def _on_chance_changed(self) -> None:
        self.wish.ask(self.question())
