"""The line below the bars: back and draw, the die, and what it falls on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from microgpt_gui.gui.panels.next_letter import words
from microgpt_gui.gui.panels.next_letter.slow_button import SlowButton
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.number_field import DecimalField
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.reading.next_letter import token_at

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.next_letter import NextLetter

#: Decimals of the field; the true die has all digits.
_DECIMALS = 4

_BACK, _DRAW = "Back", "Draw"

#: With less width, in pixels at 100 %, buttons have no words.
_NARROW = 400


class DieRow(QWidget):
    """Buttons and a field; the panel knows what they do.

    Attributes:
        slow: Draws letter by letter.
        is_guessing: Whether odds are covered until somebody has guessed.

    Signals:
        typed: A person typed another number for the die (float).
    """

    typed = Signal(float)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.back = QPushButton(_BACK)
        self.draw = QPushButton(_DRAW)
        self.slow = SlowButton()
        self.field = DecimalField(0.0, 1.0 - 10.0**-_DECIMALS, _DECIMALS)
        self.field.setSingleStep(0.01)
        self.true_die = QToolButton()
        self.true_die.setProperty("kind", "quiet")
        self._label = PlainLabel("Die")
        self._label.setBuddy(self.field)
        self._told = ElidedLabel()
        self.is_guessing = QCheckBox("Guess")
        for widget, name, explanation in (
            (self.back, "Back", "Take the last letter back (Backspace on the bars)."),
            (
                self.draw,
                "Draw",
                "Write the letter that the die falls on, and take the next number.",
            ),
            (
                self.field,
                "Die",
                "The random number that decides, from 0 to 1: for the seed chosen in "
                "Sampling, the one that the first sample with this text is drawn "
                "with. Type another to see what it would have drawn.",
            ),
            (
                self.is_guessing,
                "Guess first",
                "The odds after each text stay covered until you have chosen a bar; "
                "then you are told how far down the list your guess was.",
            ),
            (self.true_die, "True die", "Put the die back to the number of the seed."),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(wrapped(explanation))
        for button in (self.back, self.draw, self.true_die, self.is_guessing):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for part in (
            self.back,
            self.draw,
            self.slow,
            self._label,
            self.field,
            self.true_die,
        ):
            self._row.addWidget(part)
        self._row.addWidget(self._told, 1)
        self._row.addWidget(self.is_guessing)
        self.field.valueChanged.connect(self.typed)

    @property
    def told(self) -> str:
        """What is said of the die."""
        return self._told.text()

    def show_die(
        self,
        letter: NextLetter | None,
        die: float,
        end: int | None,
        *,
        is_true: bool,
        said: str = "",
    ) -> None:
        """Say where the die is, what it falls on, and which number it is.

        Args:
            letter: What may come; None for nothing.
            die: From 0 to 1.
            end: The token that ended the document, or None.
            is_true: Whether it is the number that will be drawn.
            said: What is to be said instead of what it falls on.
        """
        is_there = letter is not None and bool(letter.odds.probabilities)
        self.draw.setEnabled(is_there and end is None)
        self.back.setEnabled(
            letter is not None and (bool(letter.asked) or end is not None)
        )
        self.slow.setEnabled(is_there)
        self.field.setEnabled(is_there)
        if self.true_die.isHidden() is not is_true:
            self.true_die.setHidden(is_true)
        if round(die, _DECIMALS) != round(self.field.value(), _DECIMALS):
            self.field.blockSignals(True)  # it is shown, not typed
            self.field.setValue(die)
            self.field.blockSignals(False)
        told = ""
        if letter is not None and is_there:
            if end is not None:
                told = words.ended(letter, end)
            elif said:
                told = said
            else:
                token = token_at(letter.odds.probabilities, die)
                told = words.die(letter, token, is_true=is_true)
        say(self._told, told)
        set_look(self._told, "role", "" if is_true else "warning")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words that have no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < self._appearance.px(_NARROW)
        if self._label.isHidden() is not is_narrow:
            self._label.setHidden(is_narrow)
            self.back.setText("" if is_narrow else _BACK)
            self.draw.setText("" if is_narrow else _DRAW)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look = self._appearance
        self._row.setSpacing(look.px(sizes.SMALL))
        self.field.fit(look.px)
        for button, name in (
            (self.back, "back"),
            (self.draw, "dice"),
            (self.slow, "play"),
            (self.true_die, "reset"),
        ):
            button.setIcon(look.icon(name))
            button.setIconSize(QSize(look.px(16), look.px(16)))
