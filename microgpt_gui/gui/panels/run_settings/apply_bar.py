"""What waits for a new model, and the buttons that decide on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from microgpt_gui.gui.panels.run_settings.field_row import breakable, text_label
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance

_APPLY = "Apply and reset"


class ApplyBar(QWidget):
    """Stands below the settings while there is something to decide or to tell.

    Signals:
        apply_requested: Start a run with the changed settings.
        undo_requested: Take the changes back.
    """

    apply_requested = Signal()
    undo_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._divider = QFrame()
        self._divider.setObjectName("divider")
        self._text = text_label()
        self._reason = text_label("warning")
        self._apply = _button(_APPLY)
        self._apply.clicked.connect(self.apply_requested)
        self._undo = _button("Undo")
        self._undo.clicked.connect(self.undo_requested)
        self._buttons = FlowLayout()
        self._buttons.addWidget(self._apply)
        self._buttons.addWidget(self._undo)
        self._inner = QVBoxLayout()
        self._inner.addWidget(self._text)
        self._inner.addWidget(self._reason)
        self._inner.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._divider)
        column.addLayout(self._inner)
        self.restyle()

    def set_brief(self, is_brief: bool) -> None:
        """Leave out what the boxes and tooltips say as well, for want of room."""
        self._text.setVisible(not is_brief)

    def show_changes(
        self,
        *,
        is_wanted: bool,
        text: str,
        whole: str,
        failure: str,
        reason: str,
        has_changes: bool,
        is_reading: bool,
        can_undo: bool,
    ) -> None:
        """Say what waits.

        Args:
            is_wanted: Whether there is something to decide or to tell.
            text: What the person reads first.
            whole: All of it, as the tooltip.
            failure: Why the run in force could not be prepared; empty as a rule.
            reason: Why it cannot be applied now; empty where it can.
            has_changes: Whether something waits.
            is_reading: Whether a text is being read, which can be ended.
            can_undo: Whether there is something to go back to.
        """
        self.setVisible(is_wanted)
        set_look(self._text, "role", "" if has_changes else "caption")
        self._text.setText(breakable(text))
        self._text.setToolTip(wrapped(whole))
        warning = f"{failure} {reason}".strip()
        self._reason.setText(breakable(warning))
        self._reason.setVisible(bool(warning))
        can_apply = has_changes and not reason
        self._apply.setEnabled(can_apply)
        set_look(self._apply, "kind", "primary" if can_apply else "")
        tip = "Start anew with a model of these settings (Enter in a box)"
        if not has_changes:
            tip = "Nothing waits for a new model"
        self._apply.setToolTip(wrapped(reason or tip))
        self._apply.setAccessibleDescription(reason or whole)
        self._undo.setEnabled(can_undo)
        undo = "Cancel" if is_reading else "Undo"
        self._undo.setText(undo)
        self._undo.setAccessibleName(undo)
        self._undo.setToolTip("Go back to the settings of the run")

    def minimumSizeHint(self) -> QSize:
        """Return what the bar needs with its text in lines and its buttons stacked."""
        return QSize(self._appearance.px(112), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the button's text where it would be cut off."""
        super().resizeEvent(event)
        self._break_text()

    def _break_text(self) -> None:
        room = self.width() - 2 * self._appearance.px(sizes.MEDIUM)
        self._apply.setText(_APPLY)
        if self._apply.sizeHint().width() > room:
            self._apply.setText(_APPLY.replace(" ", "\n", 1))

    def restyle(self) -> None:
        """Take up the zoom."""
        px = self._appearance.px
        self._divider.setFixedHeight(1)
        self._inner.setContentsMargins(
            px(sizes.MEDIUM), px(sizes.SMALL), px(sizes.MEDIUM), px(sizes.SMALL)
        )
        self._inner.setSpacing(px(6))
        self._buttons.setSpacing(px(6))
        self._break_text()


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
