"""Fields for numbers: what is typed counts on Enter or when the field is left.

superqt 0.9 has no field with this: none that is left by Enter or Escape, that leaves
keys to shortcuts, that keeps its value under the wheel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from microgpt_gui.gui.widgets.number_keys import is_for_shortcuts
from microgpt_gui.gui.widgets.typing import (
    TypedInto,
    give_keys_back,
    is_enter,
    is_escape,
    resting_place,
)
from microgpt_gui.gui.widgets.wheel import KeepsItsValue

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QAbstractSpinBox as _SpinBox
    from PySide6.QtWidgets import QWidget
else:
    _SpinBox = object  # beside one of Qt's own, which comes after it

#: Around the digits, in pixels at 100 %: the paddings, the arrows, the cursor.
_AROUND = 40


class _NumberField(KeepsItsValue, TypedInto, _SpinBox):
    """What both kinds of number have in common."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setLocale(QLocale.c())
        self.setGroupSeparatorShown(False)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fit(self, px: Callable[[float], int]) -> None:
        """Be as wide as the widest value, where ``px`` gives pixels at the zoom.

        Qt's own hint is twice as wide.
        """
        self.ensurePolished()
        box = self._box
        ends = (box.textFromValue(end) for end in (box.minimum(), box.maximum()))
        texts = [*(end + box.suffix() for end in ends), box.specialValueText()]
        widest = max(map(self.fontMetrics().horizontalAdvance, texts))
        self.setFixedWidth(widest + px(_AROUND))

    @property
    def _box(self) -> QDoubleSpinBox:
        return cast("QDoubleSpinBox", self)  # or a QSpinBox, which has the same methods

    def event(self, event: QEvent) -> bool:
        """Leave the keys of no number to the window's shortcuts."""
        if is_for_shortcuts(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number with Enter, the one before with Escape; then leave."""
        super().keyPressEvent(event)
        if resting_place(self) is None:
            return
        typed = self.text()
        if is_escape(event):
            self._box.setValue(self._box.value())  # shows it again
        if is_enter(event) or (is_escape(event) and self.text() == typed):
            give_keys_back(self)
        if is_enter(event) or is_escape(event):
            event.accept()


class IntegerField(_NumberField, QSpinBox):
    """A whole number from ``low`` to ``high``."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)


class OptionalIntegerField(IntegerField):
    """A whole number or none; an emptied field, or one step below ``low``, is none."""

    def __init__(
        self, low: int, high: int, none_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(low - 1, high, parent)
        self._low = low
        self.setSpecialValueText(none_text)

    def number(self) -> int | None:
        """Return the number, or None."""
        return self.value() if self.value() >= self._low else None

    def set_number(self, number: int | None) -> None:
        """Show ``number``, or none."""
        self.setValue(self._low - 1 if number is None else number)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Allow the empty field."""
        if not text.strip():
            return QValidator.State.Acceptable, text, position
        answer: Any = super().validate(text, position)  # an object to PySide6 6.10
        state, text, position = answer
        return state, text, position

    def valueFromText(self, text: str) -> int:
        """Read the empty field as none."""
        return super().valueFromText(text) if text.strip() else self._low - 1


class DecimalField(_NumberField, QDoubleSpinBox):
    """A decimal number from ``low`` to ``high``, written with a point everywhere."""

    def __init__(
        self, low: float, high: float, decimals: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setDecimals(decimals)
        self.setRange(low, high)
