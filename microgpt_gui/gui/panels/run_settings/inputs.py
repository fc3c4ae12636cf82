"""Boxes that keep their value when a panel is scrolled past under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from microgpt_gui.gui.widgets.number_keys import is_for_shortcuts
from microgpt_gui.gui.widgets.typing import (
    TypedInto,
    give_keys_back,
    is_enter,
    is_escape,
    resting_place,
)
from microgpt_gui.gui.widgets.wheel import KeepsItsValue
from microgpt_gui.session.config import LIVE_SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QPaintEvent

    from microgpt_gui.gui.panels.run_settings.fields import NumberField, Value

#: How long typing must rest before a half-typed number is judged.
SETTLE_MS = 300


class CalmCombo(KeepsItsValue, QComboBox):
    """A choice that may be narrower than its texts; the list shows them whole.

    Signals:
        confirmed: Enter, on a choice that is not in force yet.
    """

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        # A click must not take the focus: Space is Train, not the last list used.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm with Enter what was chosen, or open the list."""
        if not is_enter(event):
            super().keyPressEvent(event)
        elif self.property("state") == "changed":
            self.confirmed.emit()
        else:
            self.showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Say with dots that the text goes on; Qt cuts through a letter."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        style = QStyle.ComplexControl.CC_ComboBox
        painter.drawComplexControl(style, option)
        place = self.style().subControlRect(
            style, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def showPopup(self) -> None:
        """Show the list as wide as its texts need."""
        hint = self.view().sizeHintForColumn(0) + 2 * self.fontMetrics().height()
        self.view().setMinimumWidth(max(self.width(), hint))
        super().showPopup()


class NumberBox(KeepsItsValue, TypedInto, QAbstractSpinBox):
    """A number to type or step; takes any text, so that others can say what is wrong.

    Signals, the first three with the setting's name (str):
        changed: The value is another one, perhaps still being typed.
        committed: The person is done with a change: Enter, an arrow, or gone elsewhere.
        abandoned: Escape: the value in force is wanted back.
        confirmed: Enter, with nothing left to commit.
    """

    changed = Signal(str)
    committed = Signal(str)
    abandoned = Signal(str)
    confirmed = Signal()

    def __init__(
        self, field: NumberField, values: Callable[[], dict[str, object]]
    ) -> None:
        super().__init__()
        self.field = field
        self._values = values
        self._is_edited = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._on_settled)
        self.lineEdit().textEdited.connect(self._on_text_edited)

    @property
    def value(self) -> Value:
        """The number, or the text that is none."""
        return self.field.parse(self.lineEdit().text())

    @property
    def is_edited(self) -> bool:
        """Whether there is a change that is not committed."""
        return self._is_edited

    def show_value(self, value: object) -> None:
        """Show ``value``, unless the person is typing another one."""
        text = self.field.write(value)
        if not self._is_edited and self.lineEdit().text() != text:
            self.lineEdit().setText(text)

    def commit(self) -> None:
        """Hand over what was typed, if anything."""
        if self._is_edited:
            self._is_edited = False
            self._settle.stop()
            self.changed.emit(self.field.name)
            self.committed.emit(self.field.name)

    def abandon(self) -> None:
        """Forget what was typed."""
        self._is_edited = False
        self._settle.stop()
        self.abandoned.emit(self.field.name)

    def stepBy(self, steps: int) -> None:
        """Step as the setting steps, and commit."""
        value = self.value
        if isinstance(value, str):
            return
        for _ in range(abs(steps)):
            value = self.field.step(float(value), steps > 0, self._values())
            assert not isinstance(value, str)
        self._is_edited = True
        self.lineEdit().setText(self.field.write(value))
        self.commit()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Allow both arrows: their ends are the setting's."""
        flag = QAbstractSpinBox.StepEnabledFlag
        return flag.StepUpEnabled | flag.StepDownEnabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Take any text."""
        return (QValidator.State.Acceptable, text, position)

    def event(self, event: QEvent) -> bool:
        """Share the keys with the window's shortcuts.

        Space counts as leaving the box: training is to know what was typed.
        """
        if is_for_shortcuts(event, is_being_typed=self._is_edited):
            self.commit()
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit, then confirm with Enter; abandon, then leave with Escape.

        What applies at once leaves with Enter: there is nothing to confirm.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._is_edited:
                self.commit()
                self.selectAll()
                if self.field.name in LIVE_SETTINGS and not isinstance(self.value, str):
                    give_keys_back(self)
            else:
                self.confirmed.emit()
        elif is_escape(event) and self._is_edited:
            self.abandon()
        elif is_escape(event) and resting_place(self) is not None:
            give_keys_back(self)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit on leaving."""
        super().focusOutEvent(event)
        self.commit()

    @Slot(str)
    def _on_text_edited(self, _text: str) -> None:
        self._is_edited = True
        self._settle.start()

    @Slot()
    def _on_settled(self) -> None:
        self.changed.emit(self.field.name)
