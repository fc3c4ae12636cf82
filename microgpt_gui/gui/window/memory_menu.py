"""How much memory the moments of a run may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.window.preferences import KEYFRAME_CHOICES_MB
from microgpt_gui.gui.window.timeline.words import megabytes, wait

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.window.preferences import Preferences

MEGABYTE = 2**20


class MemoryMenu(QMenu):
    """A budget for keyframes, and what they take now."""

    def __init__(
        self, run: RunController, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__("Memory for moments", parent)
        self._run = run
        self._preferences = preferences
        self.setToolTipsVisible(True)
        self.held = self.addAction("")
        self.held.setEnabled(False)
        self.wait = self.addAction("")
        self.wait.setEnabled(False)
        self.addSeparator()
        group = QActionGroup(self)
        for size_mb in KEYFRAME_CHOICES_MB:
            action = QAction(megabytes(size_mb * MEGABYTE), group)
            action.setToolTip(
                "With less memory it takes longer to show an earlier moment; what is "
                "shown stays exact"
            )
            action.setData(size_mb)
            action.setCheckable(True)
            action.setChecked(size_mb == preferences.keyframe_mb)
            self.addAction(action)
        group.triggered.connect(self._on_triggered)
        self.aboutToShow.connect(self._on_about_to_show)
        self._apply()

    def _apply(self) -> None:
        budget_bytes = self._preferences.keyframe_mb * MEGABYTE
        self._run.keyframe_bytes = budget_bytes
        self._run.recorder.set_budget(budget_bytes)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._preferences.keyframe_mb = action.data()
        self._apply()

    @Slot()
    def _on_about_to_show(self) -> None:
        held = self._run.recorder.holdings()
        self.held.setText(
            f"This run: {held.keyframes:,} keyframes, {megabytes(held.size_bytes)}, "
            f"at most {held.widest_gap:,} steps apart"
        )
        self.wait.setText(wait(held))
        self.wait.setVisible(bool(self.wait.text()))
