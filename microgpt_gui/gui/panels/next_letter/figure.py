"""The bars, what is chosen for them above, and the die below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.panels.next_letter.choices import Choices
from microgpt_gui.gui.panels.next_letter.die_bar import DieBar
from microgpt_gui.gui.panels.next_letter.die_row import DieRow
from microgpt_gui.gui.panels.next_letter.side_by_side import SideBySide
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.session.reading.next_letter import token_at

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.next_letter import NextLetter


class NextLetterFigure(QWidget):
    """Shows the odds after a text, and puts the die on them.

    Attributes:
        sides: The bars, of one run or of two.
        choices: Temperature, order, quantity.
        strip: The die on all probabilities.
        row: The die as a number, and what is done with it.
        other_die: Where a person has put the die; None for the true one.
        guess: What the person has guessed to come; None before that.
    """

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._letter: NextLetter | None = None
        self._end: int | None = None
        self.other_die: float | None = None
        self.guess: int | None = None
        self.sides = SideBySide(workshop, appearance)
        self.choices = Choices(workshop.chance, appearance)
        self.strip = DieBar(appearance)
        self.row = DieRow(appearance)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.choices)
        self._column.addWidget(self.sides, 1)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.row)
        self.choices.changed.connect(self._on_choices_changed)
        self.row.is_guessing.toggled.connect(self._on_choices_changed)
        self.strip.moved.connect(self._on_die_moved)
        self.row.typed.connect(self._on_die_moved)
        self.strip.put_back.connect(self._on_die_put_back)
        self.row.true_die.clicked.connect(self._on_die_put_back)

    @property
    def die(self) -> float:
        """Where the die is."""
        true = self._letter.die if self._letter is not None else 0.0
        return true if self.other_die is None else self.other_die

    @property
    def fallen(self) -> int | None:
        """The token that the die falls on; None where there are no odds."""
        letter = self._letter
        if letter is None or not letter.odds.probabilities:
            return None
        return token_at(letter.odds.probabilities, self.die)

    @property
    def is_covered(self) -> bool:
        """Whether the odds are to be guessed before they are shown."""
        is_there = self._letter is not None and bool(self._letter.odds.probabilities)
        is_open = self.guess is not None or self._end is not None
        return is_there and not is_open and self.row.is_guessing.isChecked()

    def take_guess(self, token: int) -> None:
        """Show the odds, and how good a guess was."""
        self.guess = token
        self._show_die()

    def show_letter(self, letter: NextLetter | None, end: int | None) -> None:
        """Draw ``letter``; nothing if None.

        Args:
            letter: The odds.
            end: The token that ended the document; None while it goes on.
        """
        before = self._letter
        if before is None or letter is None or letter.asked != before.asked:
            self.other_die = self.guess = None
        self._letter, self._end = letter, end
        self.choices.show_letter(letter)
        self.sides.show_letter(letter)
        self._show_die()

    def _show_die(self) -> None:
        letter, is_true = self._letter, self.other_die is None
        is_covered = self.is_covered
        said = words.COVERED if is_covered else ""
        if letter is not None and self.guess is not None and is_true:
            said = words.guessed(letter, self.guess)
        self.sides.set_covered(is_covered=is_covered)
        self.strip.show_die(letter, self.die, is_covered=is_covered)
        self.row.show_die(letter, self.die, self._end, is_true=is_true, said=said)
        self.sides.bars.show_hit(self.fallen)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._column.setSpacing(self._appearance.px(sizes.TIGHT))
        for part in (self.choices, self.sides, self.strip, self.row):
            part.restyle()
        self._make_room()

    def hasHeightForWidth(self) -> bool:
        """Ask for no more than the bars need: the rest stands where there is room."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Return what the bars and the die need."""
        strip = self.strip.sizeHint().height() + self._column.spacing()
        return QSize(1, self.sides.minimumSizeHint().height() + strip)

    def sizeHint(self) -> QSize:
        """See `minimumSizeHint`."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Show the choices, and the line of the die, where bars are left with enough.

        The temperature is among the samples, too, and bars and strip take the mouse.
        """
        gap = self._column.spacing()
        left = self.height() - self.minimumSizeHint().height()
        for part, needed in (
            (self.row, self.row.sizeHint().height() + gap),
            (self.choices, self.choices.heightForWidth(self.width()) + gap),
        ):
            has_room = needed <= left
            if part.isHidden() is has_room:
                part.setVisible(has_room)
            left -= needed

    @Slot()
    def _on_choices_changed(self) -> None:
        self.sides.set_order(is_sorted=self.choices.is_sorted.isChecked())
        self.sides.set_quantity(is_of_logits=self.choices.is_of_logits.isChecked())
        if not self.row.is_guessing.isChecked():
            self.guess = None
        self._show_die()

    @Slot(float)
    def _on_die_moved(self, die: float) -> None:
        self.other_die = die
        self._show_die()

    @Slot()
    def _on_die_put_back(self) -> None:
        self.other_die = None
        self._show_die()
