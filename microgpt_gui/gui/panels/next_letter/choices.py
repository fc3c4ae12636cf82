"""The line above the bars: the temperature, what bars show, and two numbers of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.figure import Figure
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.slider_field import SliderField
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.sample_batch import TEMPERATURE_RANGE

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.chance import Chance
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.next_letter import NextLetter

#: In pixels at 100 %.
_SLIDER_WIDTH = 216


class Choices(QWidget):
    """Temperature, order, and quantity; entropy and perplexity.

    Attributes:
        temperature: That of the samples, too.
        is_sorted: Whether the likeliest stand first.
        is_of_logits: Whether bars are logits.

    Signals:
        changed: Order or quantity is another one.
    """

    changed = Signal()

    def __init__(self, chance: Chance, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._chance = chance
        self.temperature = SliderField(
            "Temperature",
            TEMPERATURE_RANGE,
            ("cautious", "wild"),
            "The logits are divided by this before they become probabilities. It is "
            "the temperature of the samples, too.",
            appearance,
            is_one_line=True,
        )
        self.is_sorted = self._check(
            "Sorted",
            "Put the likeliest first; otherwise they stand in the alphabet's "
            "order, which is that of the ids, and keep their places.",
        )
        self.is_of_logits = self._check(
            "Logits",
            "Show the scores that the model gives, before the temperature "
            "and the softmax make probabilities of them.",
        )
        self.entropy = Figure(
            appearance,
            ("entropy", "0.000 nats"),
            "How unsure the probabilities are, in nats: 0 if one token is certain, "
            "the logarithm of their number if all are alike.",
        )
        self.perplexity = Figure(
            appearance,
            ("perplexity", "00.00"),
            "e to the power of the entropy: as unsure as among so many equally likely "
            "tokens.",
        )
        self._flow = FlowLayout()
        for widget in (
            self.temperature,
            self.is_sorted,
            self.is_of_logits,
            self.entropy,
            self.perplexity,
        ):
            self._flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._flow)
        self.temperature.value_changed.connect(self._on_value_changed)
        chance.changed.connect(self._on_chance_changed)
        self._on_chance_changed()

    def _check(self, text: str, explanation: str) -> QCheckBox:
        check = QCheckBox(text)
        check.setAccessibleName(text)
        check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        check.setToolTip(wrapped(explanation))
        check.toggled.connect(self.changed)
        return check

    def show_letter(self, letter: NextLetter | None) -> None:
        """Say how unsure the odds of ``letter`` are; nothing if None."""
        is_there = letter is not None and bool(letter.odds.probabilities)
        for figure in (self.entropy, self.perplexity):
            if figure.isHidden() is is_there:
                figure.setVisible(is_there)
        if is_there and letter is not None:
            odds = letter.odds
            self.entropy.show_pair("entropy", f"{odds.entropy:.3f} nats")
            self.perplexity.show_pair("perplexity", f"{odds.perplexity:.2f}")

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._flow.setSpacing(self._appearance.px(sizes.SMALL))
        self.temperature.setFixedWidth(self._appearance.px(_SLIDER_WIDTH))
        self.entropy.restyle()
        self.perplexity.restyle()

    @Slot(float)
    def _on_value_changed(self, value: float) -> None:
        self._chance.choose(value, self._chance.seed)

    @Slot()
    def _on_chance_changed(self) -> None:
        if self.temperature.value() != self._chance.temperature:
            self.temperature.set_value(self._chance.temperature)
