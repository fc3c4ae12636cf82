"""Two groups of tabs in one place: one is seen, the other waits for its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.window.layouts import GROUP_NAMES
from microgpt_gui.gui.window.put_aside import SIGN_PX, PutAside
from microgpt_gui.session.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QDockWidget, QToolButton

    from microgpt_gui.gui.theme.appearance import Appearance


class Groups(PutAside):
    """Shows one group of docks and hides the other; lives on the GUI thread.

    Docks that float are in no group as long as they do.

    Attributes:
        front: Which group is seen, an index of GROUP_NAMES; the other one is put aside.
    """

    def __init__(self, appearance: Appearance, parent: QObject) -> None:
        super().__init__(appearance, parent)
        self._groups: tuple[Sequence[QDockWidget], ...] = ((), ())
        self._raised: list[QDockWidget | None] = [None, None]
        self.front = 0
        self.action = make_action(
            self,
            "Other group of views",
            "G",
            "Show the views of the other group in this place: "
            f"{GROUP_NAMES[0].lower()} or {GROUP_NAMES[1].lower()}",
            self.switch,
        )

    def make_button(self) -> QToolButton:
        """Return a button that switches, for a title bar. See `take`."""
        button = super().make_button()
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(self.switch)
        return button

    def choose(
        self, groups: Sequence[Sequence[QDockWidget]], raised: Sequence[QDockWidget]
    ) -> None:
        """Keep ``groups`` apart from now on; all of them stand in the window.

        Args:
            groups: The docks of each, in the order of GROUP_NAMES; one may be empty.
            raised: The dock of each that is in front at first.
        """
        self._groups = tuple(groups)
        self._raised = [*raised]
        self.aside, self.front = [], 0

    def begin(self) -> None:
        """Hide the group that is not to be seen: the second, unless it alone stands."""
        first = any(not d.isHidden() for d in self._standing(0))
        second = any(not d.isHidden() for d in self._standing(1))
        self.front = int(second and not first)
        self._put_aside(self._groups[1 - self.front])
        self._tell()

    @Slot()
    def switch(self) -> None:
        """Let the other group be seen."""
        back = self.aside
        if not back:
            return  # all of them float, or there are none
        is_by_keys = any(button.hasFocus() for button in self._buttons.values())
        self._raised[self.front] = self._in_sight()
        self.front = 1 - self.front
        # Shown before the others are hidden: the place is never without a dock, or the
        # panels around it would take its room.
        for dock in back:
            dock.show()
        self._put_aside(self._groups[1 - self.front])
        raised = self._raised[self.front]
        if raised not in back:
            raised = back[0]
        raised.raise_()
        self._tell()
        if is_by_keys:
            self._buttons[raised].setFocus()

    def make_way_for(self, dock: QDockWidget) -> None:
        """Let the group of ``dock``, which is to be shown, be seen."""
        if dock in self._groups[1 - self.front] and not dock.isFloating():
            self.switch()

    def _standing(self, group: int) -> list[QDockWidget]:
        return [dock for dock in self._groups[group] if not dock.isFloating()]

    def _in_sight(self) -> QDockWidget | None:
        """Return the dock of the group in front that is in front there."""
        seen = (
            d for d in self._standing(self.front) if not d.visibleRegion().isEmpty()
        )
        return next(seen, self._raised[self.front])

    def _tell(self) -> None:
        self.restyle()
        self.changed.emit()

    @Slot()
    def _refresh(self) -> None:
        """Offer the buttons where they are of use."""
        is_choice = self.action.isEnabled() and all(self._groups)
        for dock, button in self._buttons.items():
            is_in_one = dock in (*self._groups[0], *self._groups[1])
            button.setVisible(is_choice and is_in_one and not dock.isFloating())

    @Slot()
    def _on_dock_toggled(self) -> None:
        """Follow the person who shows a dock of the group that is behind."""
        shown = [d for d in self._standing(1 - self.front) if not d.isHidden()]
        if shown:
            self.aside = list(dict.fromkeys([*self.aside, *shown]))
            self._raised[1 - self.front] = shown[0]
            self.switch()

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom, and say what the other group is."""
        px, muted = self._appearance.px, self._appearance.theme.muted
        other = 1 - self.front
        titles = [dock.windowTitle() for dock in self._groups[other]]
        for button in self._buttons.values():
            button.setText(GROUP_NAMES[other])
            button.setAccessibleName(f"{GROUP_NAMES[other]}: the other views")
            button.setToolTip(f"Show {listed(titles)} in this place (G)")
            button.setIcon(self._appearance.icon("switch", muted, SIGN_PX))
            button.setIconSize(QSize(px(SIGN_PX), px(SIGN_PX)))
        self._refresh()
