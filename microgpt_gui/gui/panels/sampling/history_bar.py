"""Back and forward through the batches of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.sampling.history import BatchHistory
    from microgpt_gui.gui.theme.appearance import Appearance


class HistoryBar(QWidget):
    """Shows where in a `BatchHistory` one is, and moves in it.

    Attributes:
        back_action, forward_action: The arrows, for menu and keys.

    Signals:
        moved: Another batch is to be shown.
    """

    moved = Signal()

    def __init__(self, history: BatchHistory, appearance: Appearance) -> None:
        super().__init__()
        self._history = history
        self._appearance = appearance
        self.back_action = self._action(
            "Earlier samples", "Alt+Left", "What the model wrote before"
        )
        self.forward_action = self._action(
            "Later samples", "Alt+Right", "What the model wrote next"
        )
        self.back = self._arrow(self.back_action)
        self.forward = self._arrow(self.forward_action)
        self.newest = QPushButton("Newest")
        self.newest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.newest.setAccessibleName("Newest samples")
        self.newest.setToolTip(
            wrapped("Show the samples drawn last, and from then on each new draw.")
        )
        self.place, self.step = PlainLabel(), PlainLabel()
        for label in (self.place, self.step):
            label.setProperty("role", "caption")
        self._row = FlowLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.back, self.forward, self.place, self.step, self.newest):
            self._row.addWidget(widget)
        self.back_action.triggered.connect(self._on_back_triggered)
        self.forward_action.triggered.connect(self._on_forward_triggered)
        self.newest.clicked.connect(self._on_newest_clicked)
        self.restyle()

    def _action(self, name: str, keys: str, explanation: str) -> QAction:
        action = QAction(name, self)
        action.setShortcut(keys)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(f"{explanation} ({keys})")
        action.setEnabled(False)
        return action

    @staticmethod
    def _arrow(action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setProperty("kind", "quiet")
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        return button

    def refresh(self) -> None:
        """Show the place in the history as it is now."""
        history = self._history
        batch = history.shown
        self.back_action.setEnabled(history.position > 1)
        self.forward_action.setEnabled(not history.is_at_newest)
        if batch is None:
            return
        _say(self.place, f"batch {history.position} of {len(history)} ·")
        _say(self.step, f"step {batch.step:,}")
        self.newest.setVisible(not history.is_at_newest)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._row.setSpacing(self._appearance.px(sizes.TIGHT))
        for label in (self.place, self.step):
            label.setText("")  # its room follows the letters
        self.refresh()
        edge = self._appearance.px(16)
        self.back_action.setIcon(self._appearance.icon("chevron-left"))
        self.forward_action.setIcon(self._appearance.icon("chevron-right"))
        for button in (self.back, self.forward):
            button.setIconSize(QSize(edge, edge))

    def _go(self, by: int) -> None:
        self._history.go(by)
        self.moved.emit()

    @Slot()
    def _on_back_triggered(self) -> None:
        self._go(-1)

    @Slot()
    def _on_forward_triggered(self) -> None:
        self._go(1)

    @Slot()
    def _on_newest_clicked(self) -> None:
        self._history.go_to_newest()
        self.moved.emit()


def _say(label: QLabel, text: str) -> None:
    """Let ``label`` say ``text``; all is laid out anew only where its room changes."""
    if text == label.text():
        return
    label.ensurePolished()
    width = label.fontMetrics().horizontalAdvance(text)
    if width != label.width() or label.minimumWidth() != label.maximumWidth():
        label.setFixedSize(width, label.fontMetrics().height())
    label.setText(text)
