"""Run: what trains it and how fast, what panels add, texts that are pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.window.topbar import PACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.window.actions import Actions


class RunMenu(QMenu):
    """What is done with the run."""

    def __init__(
        self,
        parent: QWidget,
        run: RunController,
        actions: Actions,
        panels: Sequence[Panel],
        others: Sequence[QAction],
    ) -> None:
        """Build it.

        Args:
            parent: Its owner.
            run: What the pace is of.
            actions: What stands on top.
            panels: Each may add to it.
            others: What stands at the end.
        """
        super().__init__("&Run", parent)
        self.setToolTipsVisible(True)
        self._run = run
        self.addActions(actions.all())
        self.addSeparator()
        for text, keys, tip, do in (
            ("Faster", "+ =", "Raise the pace", self._on_faster),
            ("Slower", "-", "Lower the pace", self._on_slower),
        ):
            self.addAction(make_action(self, text, keys, tip, do))
        self.addSeparator()
        for panel in panels:
            self.addActions(panel.run_actions())
        self.addSeparator()
        self.addActions(others)

    @Slot()
    def _on_faster(self) -> None:
        self._change_pace(-1)

    @Slot()
    def _on_slower(self) -> None:
        self._change_pace(+1)

    def _change_pace(self, by: int) -> None:
        index = PACES.index(int(self._run.pace)) + by
        if 0 <= index < len(PACES):
            self._run.set_pace(float(PACES[index]))
