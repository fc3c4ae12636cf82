"""The menu bar, and the keys that stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar

from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.window.command_copy import CommandCopy
from microgpt_gui.gui.window.dismissed_menu import DismissedMenu
from microgpt_gui.gui.window.edit_menu import EditMenu
from microgpt_gui.gui.window.export_menu import ExportMenu
from microgpt_gui.gui.window.help_menu import HelpMenu
from microgpt_gui.gui.window.memory_menu import MemoryMenu
from microgpt_gui.gui.window.pasting import Pasting
from microgpt_gui.gui.window.run_menu import RunMenu
from microgpt_gui.gui.window.view_menu import ViewMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.files.documents import Document
    from microgpt_gui.gui.files.recovery import Recovery
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.notice import Notice
    from microgpt_gui.gui.window.actions import Actions
    from microgpt_gui.gui.window.closing import Closing
    from microgpt_gui.gui.window.dock_host import DockHost
    from microgpt_gui.gui.window.file_menu import FileMenu
    from microgpt_gui.gui.window.help_menu import KeysOfMenus
    from microgpt_gui.gui.window.pace.actions import PaceActions
    from microgpt_gui.gui.window.preferences import Preferences
    from microgpt_gui.gui.window.timeline.actions import TimelineActions
    from microgpt_gui.gui.workshop import Workshop


class Menus(QMenuBar):
    """File, Edit, Run, Timeline, View and Help.

    Attributes:
        edit: What is copied to the clipboard.
        pasting: What learns from pasted words.
    """

    def __init__(
        self,
        window: QWidget,
        workshop: Workshop,
        appearance: Appearance,
        preferences: Preferences,
        *,
        files: FileMenu,
        document: Document,
        recovery: Recovery,
        closing: Closing,
        docks: DockHost,
        actions: Actions,
        pace: PaceActions,
        actions_of_timeline: TimelineActions,
        notice: Notice,
    ) -> None:
        """Build it.

        Args:
            window: What is closed, and what dialogs open over.
            workshop: What the window works on.
            appearance: Theme and zoom.
            preferences: What the menus remember in.
            files: What opens and saves.
            document: The run as a file.
            recovery: Keeps what was dismissed after a crash.
            closing: Whether the window may close.
            docks: Where the panels stand.
            actions: What drives the run.
            pace: What makes it faster and slower.
            actions_of_timeline: What leads through its moments.
            notice: Says what came of it.
        """
        super().__init__(window)
        self._docks = docks
        run, panels = workshop.run, docks.panels
        self.pasting = Pasting(window, appearance, files, notice)
        command_copy = CommandCopy(window, run, document, notice)
        export = ExportMenu(
            window, workshop, appearance, panels, preferences, document.why_needed
        )
        export.exporter.succeeded.connect(notice.show_news)
        export.exporter.failed.connect(notice.show_message)

        file = self._menu("&File")
        files.fill(file)
        file.addMenu(DismissedMenu(recovery, window))
        for panel in panels.standing:
            file.addActions(panel.file_actions())
        file.addMenu(export)
        file.addSeparator()
        file.addAction(closing.asks)
        file.addAction(
            make_action(self, "Quit", "Ctrl+Q", "Close the window", window.close)
        )

        self.edit = EditMenu(docks, export.paper, notice, self)
        self.addMenu(self.edit)

        others = [*self.pasting.actions(), command_copy.action]
        self.addMenu(RunMenu(self, actions, pace, panels.standing, others))

        timeline = self._menu("&Timeline")
        timeline.addActions(actions_of_timeline.all())
        timeline.addSeparator()
        timeline.addMenu(MemoryMenu(run, preferences, window))

        self.addMenu(ViewMenu(window, docks, appearance, self))
        self.addMenu(HelpMenu(window, appearance, self.shortcuts, self))

    def shortcuts(self) -> KeysOfMenus:
        """Return each menu, with the keys of every action in it that has some."""
        list(self._docks.panels)  # some bring keys of their own
        groups = (
            (menu.title().replace("&", ""), _keys_of(menu)) for menu in _menus_in(self)
        )
        return [(title, rows) for title, rows in groups if rows]

    def _menu(self, title: str) -> QMenu:
        menu = self.addMenu(title)
        menu.setToolTipsVisible(True)
        return menu


def _menus_in(owner: QMenu | QMenuBar) -> list[QMenu]:
    # `QAction.menu` would tie them to their actions, which Python lets go of.
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return owner.findChildren(QMenu, options=direct)


def _keys_of(menu: QMenu) -> list[tuple[str, str]]:
    """Return what has keys in ``menu``, and in those that open from it."""
    rows: list[tuple[str, str]] = []
    opened = {inner.menuAction(): inner for inner in _menus_in(menu)}
    for action in menu.actions():
        if action.shortcuts():
            what = action.whatsThis() or action.text()
            rows.append((what, ", ".join(_native(action))))
        elif action in opened:
            rows += _keys_of(opened[action])
    return rows


def _native(action: QAction) -> list[str]:
    return [
        keys.toString(keys.SequenceFormat.NativeText) for keys in action.shortcuts()
    ]
