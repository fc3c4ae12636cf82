"""Panels that are put aside together: folded into a strip, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.window.put_aside import SIGN_PX, PutAside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QDockWidget, QToolButton

    from microgpt_gui.gui.theme.appearance import Appearance


class Folding(PutAside):
    """Hides docks that stand in the window, and shows them again.

    Attributes:
        is_folded: Whether they are put aside.
    """

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(appearance, parent)
        self._docks: Sequence[QDockWidget] = ()
        self.is_folded = False
        self.action = make_action(
            self,
            "Fold the settings",
            "S",
            "Put Run and Runs aside, to give figures their room, or bring them back",
            self.toggle,
        )
        self.action.setCheckable(True)

    def make_button(self) -> QToolButton:
        """Return a button that folds, for a title bar. See `take`."""
        button = super().make_button()
        button.setAccessibleName("Fold the settings")
        button.setToolTip(self.action.toolTip())
        button.clicked.connect(self.fold)
        return button

    def choose(self, docks: Sequence[QDockWidget]) -> None:
        """Fold ``docks`` from now on; those that had been put aside are forgotten."""
        self._docks = docks
        self.aside = []

    def apply(self, *, is_folded: bool) -> None:
        """Begin with all of them as they stand, or put aside."""
        self.is_folded = is_folded
        if is_folded:
            self._put_aside(self._docks)
        self._tell()

    @Slot()
    def toggle(self) -> None:
        """Fold, or bring back."""
        if self.is_folded:
            self.unfold()
        else:
            self.fold()

    @Slot()
    def fold(self) -> None:
        """Put aside those that stand in the window."""
        self.is_folded = True
        self._put_aside(self._docks)
        self._tell()

    @Slot()
    def unfold(self) -> None:
        """Bring back what was put aside."""
        self.is_folded = False
        for dock in self.aside:
            dock.show()
        self.aside = []
        self._tell()

    def make_way_for(self, dock: QDockWidget) -> None:
        """Bring all back if ``dock``, which is to be shown, stands among them."""
        if self.is_folded and dock in self._docks and not dock.isFloating():
            self.unfold()

    def _tell(self) -> None:
        self._refresh()
        self.changed.emit()

    @Slot()
    def _refresh(self) -> None:
        self.action.setChecked(self.is_folded)
        for dock, button in self._buttons.items():
            is_of_use = self.action.isEnabled() and dock in self._docks
            button.setVisible(is_of_use and not dock.isFloating())

    @Slot()
    def _on_dock_toggled(self) -> None:
        standing = [dock for dock in self._docks if not dock.isFloating()]
        if self.is_folded and any(not dock.isHidden() for dock in standing):
            self.unfold()

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, muted = self._appearance.px, self._appearance.theme.muted
        for button in self._buttons.values():
            button.setIcon(self._appearance.icon("fold", muted, SIGN_PX))
            button.setIconSize(QSize(px(SIGN_PX), px(SIGN_PX)))
