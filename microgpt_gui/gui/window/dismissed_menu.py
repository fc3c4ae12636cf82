"""Runs that were dismissed after a crash, in a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.files.recovery import Recovery


class DismissedMenu(QMenu):
    """Lists what can still be taken back, what was dismissed last first."""

    def __init__(self, recovery: Recovery, parent: QWidget) -> None:
        super().__init__("Dismissed runs", parent)
        self._recovery = recovery
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.refill)
        self.triggered.connect(self._on_triggered)

    @Slot()
    def refill(self) -> None:
        """List them anew."""
        self.clear()
        for offer in self._recovery.dismissed():
            name = isolated(offer.name or "A run").replace("&", "&&")
            action = QAction(
                f"{name}  ·  step {offer.step:,} of {offer.steps:,}  ·  "
                f"{offer.when:%Y-%m-%d, %H:%M}",
                self,
            )
            action.setToolTip(
                "Go on with this run; the one in the window stays in the list of runs"
            )
            action.setData(offer)
            action.setEnabled(not self._recovery.is_busy)
            self.addAction(action)
        if self.isEmpty():
            none = QAction(
                "None: what is dismissed after a crash stays for 30 days", self
            )
            none.setEnabled(False)
            self.addAction(none)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self._recovery.take_back(action.data())
