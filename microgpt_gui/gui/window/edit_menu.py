"""Edit: onto the clipboard; and the menu that each panel has under the other button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.widgets.dock import CardDock
from microgpt_gui.gui.window.copying import Copying

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.widgets.notice import Notice
    from microgpt_gui.gui.window.dock_host import DockHost
    from microgpt_gui.gui.window.paper_menu import PaperMenu


class EditMenu(QMenu):
    """The menu.

    Attributes:
        copying: What copies.
    """

    def __init__(
        self, docks: DockHost, paper: PaperMenu, notice: Notice, parent: QWidget
    ) -> None:
        """Build it.

        Args:
            docks: Whose panels are copied from.
            paper: Which colours pictures have.
            notice: Says what was copied.
            parent: Owns this.
        """
        super().__init__("&Edit", parent)
        self.setToolTipsVisible(True)
        self._docks = docks
        self._of_panel: QMenu | None = None
        self.copying = Copying(docks, paper, self)
        self.copying.told.connect(notice.show_news)
        self.copying.failed.connect(notice.show_message)
        self.addActions(self.copying.actions())
        docks.menu_requested.connect(self._on_docks_menu_requested)

    @Slot(object, QPoint)
    def _on_docks_menu_requested(self, dock: object, at: QPoint) -> None:
        assert isinstance(dock, CardDock)
        panel = self._docks.panel_around(dock)
        assert panel is not None
        self.copying.take_aim(panel)
        if self._of_panel is not None:
            self._of_panel.deleteLater()
        self._of_panel = menu = QMenu(dock)
        menu.setToolTipsVisible(True)
        menu.addActions(self.copying.actions())
        menu.addSeparator()
        shown = menu.addMenu("Panels")
        for other in self._docks.docks:
            shown.addAction(other.toggleViewAction())
        menu.popup(at)
