"""The menus, and the keys that stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.theme.appearance import MODES
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.dialogs import open_over, raised
from microgpt_gui.gui.window.command_copy import CommandCopy
from microgpt_gui.gui.window.dismissed_menu import DismissedMenu
from microgpt_gui.gui.window.export_menu import ExportMenu
from microgpt_gui.gui.window.full_screen import FullScreen
from microgpt_gui.gui.window.memory_menu import MemoryMenu
from microgpt_gui.gui.window.pasting import Pasting
from microgpt_gui.gui.window.topbar import PACES

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.main_window import MainWindow
    from microgpt_gui.gui.window.preferences import Preferences
    from microgpt_gui.gui.workshop import Workshop

_HELP_KEYS = "F1 ?"

_MODE_WORDS = {"system": "Like the system", "light": "Light", "dark": "Dark"}


class Menus(QObject):
    """File, Run, Timeline, View and Help.

    Attributes:
        pasting: What learns from pasted words.
    """

    def __init__(
        self,
        window: MainWindow,
        workshop: Workshop,
        appearance: Appearance,
        preferences: Preferences,
    ) -> None:
        super().__init__(window)
        run = workshop.run
        self._preferences = preferences
        self.pasting = Pasting(window, appearance)
        self._command_copy = CommandCopy(window, run)
        self._memory = MemoryMenu(run, preferences, window)
        self._window = window
        self._workshop = workshop
        self._run = workshop.run
        self._appearance = appearance
        self._zoom_wanted = appearance.scale
        # Restyling takes a moment: of keys pressed in a row, only the last counts.
        self._zoom = QTimer(self, interval=0, singleShot=True)
        self._zoom.timeout.connect(self._on_zoom_timeout)
        self._build_file_menu()
        self._build_run_menu()
        self._build_timeline_menu()
        self._build_view_menu()
        self._build_help_menu()
        appearance.changed.connect(self._on_appearance_changed)
        self._on_appearance_changed()

    def shortcuts(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return each menu, with (what it does, keys) of every action that has keys."""
        groups = (
            (menu.title().replace("&", ""), _keys_of(menu))
            for menu in self._window.menuBar().findChildren(QMenu)
        )
        return [(title, rows) for title, rows in groups if rows]

    def _menu(self, title: str) -> QMenu:
        menu = self._window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        return menu

    def _add(
        self, menu: QMenu, text: str, keys: str, tip: str, do: Callable[[], object]
    ) -> QAction:
        action = make_action(self, text, keys, tip, do)
        menu.addAction(action)
        return action

    def _build_file_menu(self) -> None:
        menu = self._menu("&File")
        self._window.files.fill(menu)
        menu.addMenu(DismissedMenu(self._window.recovery, self._window))
        for panel in self._window.docks.panels:
            menu.addActions(panel.file_actions())
        menu.addMenu(self._export_menu())
        menu.addSeparator()
        menu.addAction(self._window.closing.asks)
        self._add(menu, "Quit", "Ctrl+Q", "Close the window", self._window.close)

    def _export_menu(self) -> ExportMenu:
        window = self._window
        menu = ExportMenu(
            window,
            self._workshop,
            self._appearance,
            window.docks.panels,
            self._preferences,
            window.document.why_needed,
        )
        menu.exporter.succeeded.connect(window.notice.show_news)
        menu.exporter.failed.connect(window.notice.show_message)
        return menu

    def _build_run_menu(self) -> None:
        menu = self._menu("&Run")
        menu.addActions(self._window.actions_of_run.all())
        menu.addSeparator()
        self._add(menu, "Faster", "+ =", "Raise the pace", self._on_faster)
        self._add(menu, "Slower", "-", "Lower the pace", self._on_slower)
        menu.addSeparator()
        for panel in self._window.docks.panels:
            menu.addActions(panel.run_actions())
        menu.addSeparator()
        menu.addActions(self.pasting.actions())
        menu.addAction(self._command_copy.action)

    def _build_timeline_menu(self) -> None:
        menu = self._menu("&Timeline")
        menu.addActions(self._window.timeline.actions_of_timeline.all())
        menu.addSeparator()
        menu.addMenu(self._memory)

    def _build_view_menu(self) -> None:
        menu = self._menu("&View")
        for number, dock in enumerate(self._window.docks.docks, start=1):
            action = make_action(
                self,
                f"{dock.windowTitle()} fills the window",
                f"Ctrl+{number}",
                f"Show {dock.windowTitle()} alone, or all panels again",
                self._on_fill_triggered,
            )
            action.setData(number - 1)
            menu.addAction(action)
        docks = self._window.docks
        back = self._add(
            menu,
            "Go back",
            "Escape",
            "Show all heads or matrices again where one is enlarged, or all panels",
            docks.go_back,
        )
        back.setEnabled(False)  # until then, Escape is the boxes' own
        docks.way_back_changed.connect(back.setEnabled)
        menu.addSeparator()
        shown = menu.addMenu("Panels")
        for dock in self._window.docks.docks:
            shown.addAction(dock.toggleViewAction())
        self._add(
            menu,
            "Reset layout",
            "",
            "Put every panel back to its place",
            self._window.docks.reset_layout,
        )
        menu.addSeparator()
        for panel in self._window.docks.panels:
            menu.addActions(panel.view_actions())
        menu.addSeparator()
        self._modes = QActionGroup(self)
        for mode in MODES:
            action = QAction(_MODE_WORDS[mode], self._modes, checkable=True)
            action.setData(mode)
            menu.addAction(action)
        self._modes.triggered.connect(self._on_mode_chosen)
        self._add(
            menu,
            "Switch light and dark",
            "D",
            "Dark for a dim room, light for a bright one",
            self._on_mode_switched,
        )
        menu.addSeparator()
        self._add(menu, "Larger", "Ctrl++ Ctrl+=", "Zoom in", self._on_larger)
        self._add(menu, "Smaller", "Ctrl+-", "Zoom out", self._on_smaller)
        self._add(menu, "Usual size", "Ctrl+0", "Zoom to 100 %", self._on_usual)
        self._add(
            menu,
            "Full screen",
            "F11",
            "Use the whole screen, or the window again",
            FullScreen(self._window).toggle,
        )

    def _build_help_menu(self) -> None:
        menu = self._menu("&Help")
        self._add(menu, "Keys", _HELP_KEYS, "All keys at a glance", self._on_shortcuts)
        self._add(
            menu,
            "Verify",
            "",
            "Train recorded runs of microgpt.py again, and compare every number",
            self._on_verify,
        )
        self._add(
            menu, "About", "", "What this is, and whose work it uses", self._on_about
        )

    @Slot()
    def _on_fill_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        dock = self._window.docks.docks[action.data()]
        if self._window.docks.is_filled and not dock.isVisible():
            self._window.docks.leave_filling()
        self._window.docks.toggle_filling(dock)

    @Slot(QAction)
    def _on_mode_chosen(self, action: QAction) -> None:
        self._appearance.set_mode(action.data())

    @Slot()
    def _on_mode_switched(self) -> None:
        is_dark = self._appearance.theme.name == "dark"
        self._appearance.set_mode("light" if is_dark else "dark")

    @Slot()
    def _on_larger(self) -> None:
        self._zoom_to(self._zoom_wanted.larger())

    @Slot()
    def _on_smaller(self) -> None:
        self._zoom_to(self._zoom_wanted.smaller())

    @Slot()
    def _on_usual(self) -> None:
        self._zoom_to(Scale())

    def _zoom_to(self, scale: Scale) -> None:
        self._zoom_wanted = scale
        self._zoom.start()

    @Slot()
    def _on_zoom_timeout(self) -> None:
        self._appearance.set_scale(self._zoom_wanted)

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

    @Slot()
    def _on_appearance_changed(self) -> None:
        if not self._zoom.isActive():
            self._zoom_wanted = self._appearance.scale
        for action in self._modes.actions():
            action.setChecked(action.data() == self._appearance.mode)

    @Slot()
    def _on_shortcuts(self) -> None:
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.gui.window.keys_window import KEYS, KeysWindow

        if not raised(KEYS):
            dialog = KeysWindow(self._window, self._appearance, self.shortcuts())
            for key in _HELP_KEYS.split():  # what has opened it closes it
                QShortcut(QKeySequence(key), dialog, dialog.close)
            open_over(self._window, dialog, is_modal=False)

    @Slot()
    def _on_verify(self) -> None:
        from microgpt_gui.gui.window.verify import VERIFY, VerifyDialog

        if not raised(VERIFY):
            dialog = VerifyDialog(self._window, self._appearance)
            open_over(self._window, dialog, is_modal=False)

    @Slot()
    def _on_about(self) -> None:
        from microgpt_gui.gui.window.about import ABOUT, show_about

        if not raised(ABOUT):
            show_about(self._window, self._appearance)


def _keys_of(menu: QMenu) -> list[tuple[str, str]]:
    return [
        (action.whatsThis() or action.text(), ", ".join(_native(action)))
        for action in menu.actions()
        if action.shortcuts()
    ]


def _native(action: QAction) -> list[str]:
    return [
        keys.toString(keys.SequenceFormat.NativeText) for keys in action.shortcuts()
    ]
