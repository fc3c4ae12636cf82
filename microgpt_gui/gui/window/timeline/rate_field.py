"""A field for a learning rate, written as shortly as it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox

from microgpt_gui.gui.widgets.number_field import DecimalField
from microgpt_gui.session.config import MAX_LEARNING_RATE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_DECIMALS = 10


class RateField(DecimalField):
    """From just above 0 to the highest allowed; steps are a tenth of the value."""

    def __init__(self, rate: float, parent: QWidget | None = None) -> None:
        super().__init__(10**-_DECIMALS, MAX_LEARNING_RATE, _DECIMALS, parent)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self._rate = rate
        self.setValue(rate)

    @property
    def rate(self) -> float:
        """The rate, to the last bit where it was not changed."""
        is_as_given = self.value() == round(self._rate, _DECIMALS)
        return self._rate if is_as_given else self.value()

    def textFromValue(self, value: float) -> str:
        """Leave out what says nothing."""
        return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
