"""Fields for numbers: what is typed counts on Enter or when the field is left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

from microgpt_gui.gui.widgets.number_keys import is_for_shortcuts
from microgpt_gui.gui.widgets.typing import (
    ends_typing,
    give_keys_back,
    is_enter,
    is_escape,
    resting_place,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget


_Field = TypeVar("_Field", QSpinBox, QDoubleSpinBox)

#: Around the digits, in pixels at 100 %: the paddings, the arrows, the cursor.
_AROUND = 40


def _fit(field: QSpinBox | QDoubleSpinBox, px: Callable[[float], int]) -> None:
    """Make ``field`` as wide as its widest value; Qt's own hint is twice as wide."""
    field.ensurePolished()
    values = (field.minimum(), field.maximum())
    if isinstance(field, QSpinBox):
        numbers = [field.textFromValue(int(value)) for value in values]
    else:
        numbers = [field.textFromValue(value) for value in values]
    texts = [number + field.suffix() for number in numbers]
    texts.append(field.specialValueText())
    metrics = field.fontMetrics()
    field.setFixedWidth(max(map(metrics.horizontalAdvance, texts)) + px(_AROUND))


def _share_keys(event: QEvent) -> bool:
    """Settle whose a key is that may be a shortcut; say whether that is done."""
    if is_for_shortcuts(event):
        event.ignore()
        return True
    if ends_typing(event):
        event.accept()
        return True
    return False


def _end_typing(field: _Field, event: QKeyEvent) -> None:
    """Leave ``field`` after Enter, and with Escape where nothing was typed."""
    if resting_place(field) is None:
        return
    typed = field.text()
    if is_escape(event):
        field.setValue(field.value())  # shows it again
    if is_enter(event) or (is_escape(event) and field.text() == typed):
        give_keys_back(field)
    if is_enter(event) or is_escape(event):
        event.accept()


class IntegerField(QSpinBox):
    """A whole number from ``low`` to ``high``.

    The wheel changes it only while it has the focus, so that scrolling a panel does not
    change what happens to lie under the pointer.
    """

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setLocale(QLocale.c())
        self.setGroupSeparatorShown(False)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fit(self, px: Callable[[float], int]) -> None:
        """Be as wide as the widest value, where ``px`` gives pixels at the zoom."""
        _fit(self, px)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of no number to the window's shortcuts."""
        return _share_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number with Enter, the one before with Escape; then leave."""
        super().keyPressEvent(event)
        _end_typing(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, unless focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


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


class DecimalField(QDoubleSpinBox):
    """A decimal number from ``low`` to ``high``, written with a point everywhere.

    The wheel changes it only while it has the focus.
    """

    def __init__(
        self, low: float, high: float, decimals: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setDecimals(decimals)
        self.setRange(low, high)
        self.setLocale(QLocale.c())
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fit(self, px: Callable[[float], int]) -> None:
        """Be as wide as the widest value, where ``px`` gives pixels at the zoom."""
        _fit(self, px)

    def event(self, event: QEvent) -> bool:
        """Leave the keys of no number to the window's shortcuts."""
        return _share_keys(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the number with Enter, the one before with Escape; then leave."""
        super().keyPressEvent(event)
        _end_typing(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel, unless focused."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
