"""Run: what trains it and how fast, what panels add, texts that are pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.window.actions import Actions
    from microgpt_gui.gui.window.pace.actions import PaceActions


class RunMenu(QMenu):
    """What is done with the run."""

    def __init__(
        self,
        parent: QWidget,
        actions: Actions,
        pace: PaceActions,
        panels: Sequence[Panel],
        others: Sequence[QAction],
    ) -> None:
        """Build it.

        Args:
            parent: Its owner.
            actions: What stands on top.
            pace: What stands below that.
            panels: Each may add to it.
            others: What stands at the end.
        """
        super().__init__("&Run", parent)
        self.setToolTipsVisible(True)
        self.addActions(actions.all())
        self.addSeparator()
        self.addActions(pace.all())
        self.addSeparator()
        for panel in panels:
            self.addActions(panel.run_actions())
        self.addSeparator()
        self.addActions(others)
