"""What raises and lowers the pace by key and menu, and remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from microgpt_gui.gui.run.training_pace import WATCHABLE, faster, of_stored, slower
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.dialogs import open_over

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.preferences import Preferences


class PaceActions(QObject):
    """Takes up the pace that was chosen the last time.

    Attributes:
        faster, slower: To the next pace up, or down.
        exactly: Asks for a number.
    """

    def __init__(
        self,
        run: RunController,
        appearance: Appearance,
        preferences: Preferences,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._run = run
        self._appearance = appearance
        self._preferences = preferences
        self._window = window
        self.faster = make_action(
            self, "Faster", "+ =", "Raise the pace", self._on_faster
        )
        self.slower = make_action(
            self, "Slower", "-", "Lower the pace", self._on_slower
        )
        self.exactly = make_action(
            self,
            "Exact pace…",
            "",
            "Train at any number of steps a second",
            self._on_exactly,
        )
        run.pace.choose(of_stored(preferences.pace) or WATCHABLE)
        run.pace.changed.connect(self._on_run_pace_changed)

    def all(self) -> tuple[QAction, ...]:
        """Return the actions in the order of the Run menu."""
        return self.faster, self.slower, self.exactly

    @Slot()
    def _on_faster(self) -> None:
        pace = self._run.pace
        pace.choose(faster(pace.chosen, self._run.config.steps))

    @Slot()
    def _on_slower(self) -> None:
        pace = self._run.pace
        pace.choose(slower(pace.chosen, self._run.config.steps))

    @Slot()
    def _on_exactly(self) -> None:
        # Not at the top: the first window needs none of it.
        from microgpt_gui.gui.window.pace.dialog import PaceDialog

        open_over(self._window, PaceDialog(self._window, self._appearance, self._run))

    @Slot()
    def _on_run_pace_changed(self) -> None:
        self._preferences.pace = self._run.pace.chosen.stored
