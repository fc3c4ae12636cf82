"""A button that writes letter by letter, at a pace that its menu offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

#: What the menu says, and the time from a letter to the next, in milliseconds.
PACES = (
    ("A letter every two seconds", 2000),
    ("A letter a second", 1000),
    ("Two letters a second", 500),
    ("Five letters a second", 200),
)

_USUAL = 1


class SlowButton(QToolButton):
    """Is down while it writes.

    Signals:
        begun: Writing begins.
        due: The next letter is due.
    """

    begun = Signal()
    due = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Draw letter by letter")
        self.setToolTip(
            wrapped(
                "Draw letter by letter until the document ends, and stop when pressed "
                "again. The arrow offers other paces."
            )
        )
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.due)
        self._menu = QMenu(self)
        group = QActionGroup(self)
        for number, (text, interval_ms) in enumerate(PACES):
            action = self._menu.addAction(text)
            action.setData(interval_ms)
            action.setCheckable(True)
            action.setChecked(number == _USUAL)
            group.addAction(action)
        group.triggered.connect(self._on_group_triggered)
        self._timer.setInterval(PACES[_USUAL][1])
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.toggled.connect(self._on_toggled)

    @property
    def interval_ms(self) -> int:
        """The time from a letter to the next."""
        return self._timer.interval()

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        if is_on:
            self._timer.start()
            self.begun.emit()
        else:
            self._timer.stop()

    @Slot(object)
    def _on_group_triggered(self, action: QAction) -> None:
        self._timer.setInterval(action.data())
