"""View: where the panels stand, light and dark, how large all is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from microgpt_gui.gui.theme.appearance import MODES
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.window.full_screen import FullScreen
from microgpt_gui.gui.window.layouts import LAYOUTS, layout_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.dock_host import DockHost

#: So many panels have a digit, to be pressed with Ctrl, which stays theirs; those that
#: come later need none.
_MOST_NUMBERS = 7

_MODE_WORDS = {"system": "Like the system", "light": "Light", "dark": "Dark"}


class ViewMenu(QMenu):
    """How the window looks."""

    def __init__(
        self,
        window: QWidget,
        docks: DockHost,
        appearance: Appearance,
        parent: QWidget,
    ) -> None:
        super().__init__("&View", parent)
        self.setToolTipsVisible(True)
        self._docks = docks
        self._appearance = appearance
        self._zoom_wanted = appearance.scale
        # Restyling takes a moment: of keys pressed in a row, only the last counts.
        self._zoom = QTimer(self, interval=0, singleShot=True)
        self._zoom.timeout.connect(self._on_zoom_timeout)
        self._layouts = self._add_layouts()
        self.addSeparator()
        self._add_filling()
        self.addSeparator()
        self._add_panels()
        self.addSeparator()
        self._add_views()
        self.addSeparator()
        self._modes = self._add_modes()
        self.addSeparator()
        self._add("Larger", "Ctrl++ Ctrl+=", "Zoom in", self._on_larger)
        self._add("Smaller", "Ctrl+-", "Zoom out", self._on_smaller)
        self._add("Usual size", "Ctrl+0", "Zoom to 100 %", self._on_usual)
        self._add(
            "Full screen",
            "F11",
            "Use the whole screen, or the window again",
            FullScreen(window).toggle,
        )
        docks.rearranged.connect(self._on_docks_rearranged)
        self._on_docks_rearranged()
        appearance.changed.connect(self._on_appearance_changed)
        self._on_appearance_changed()

    def _add(self, text: str, keys: str, tip: str, do: Callable[[], object]) -> QAction:
        action = make_action(self, text, keys, tip, do)
        self.addAction(action)
        return action

    def _add_layouts(self) -> QActionGroup:
        layouts = QActionGroup(self)
        for layout in LAYOUTS:
            action = QAction(layout.name, layouts, checkable=True)
            action.setToolTip(layout.tip)
            self.addAction(action)
        layouts.triggered.connect(self._on_layout_chosen)
        self._add(
            "Switch layout",
            "O",
            "One view large with its text, or all side by side",
            self._on_layout_switched,
        )
        self.addAction(self._docks.folding.action)
        self.addAction(self._docks.groups.action)
        self._add(
            "Next view",
            "Ctrl+PgDown",
            "Show the view behind the next tab",
            self._on_next_view,
        )
        self._add(
            "Previous view",
            "Ctrl+PgUp",
            "Show the view behind the tab before",
            self._on_previous_view,
        )
        return layouts

    def _add_views(self) -> None:
        """Add what can be seen otherwise inside the panels."""
        self._of_views = self.addMenu("In the views")
        self._of_views.setToolTipsVisible(True)
        self._docks.panels.when_built(self._on_panel_built)

    def _add_filling(self) -> None:
        alone = self.addMenu("Fill the window")
        alone.setToolTipsVisible(True)
        for number, dock in enumerate(self._docks.docks, start=1):
            title = dock.windowTitle()
            action = make_action(
                self,
                title,
                f"Ctrl+{number}" if number <= _MOST_NUMBERS else "",
                f"Show {title} alone, or all panels again",
                self._on_fill_triggered,
            )
            action.setWhatsThis(f"{title} fills the window")
            action.setData(number - 1)
            alone.addAction(action)
        back = self._add(
            "Go back",
            "Escape",
            "Show all heads or matrices again where one is enlarged, or all panels",
            self._docks.go_back,
        )
        back.setEnabled(False)  # until then, Escape is the boxes' own
        self._docks.way_back_changed.connect(back.setEnabled)

    def _add_panels(self) -> None:
        shown = self.addMenu("Panels")
        for dock in self._docks.docks:
            shown.addAction(dock.toggleViewAction())
        self._add(
            "Reset layout",
            "",
            "Put every panel back to its place",
            self._docks.reset_layout,
        )

    def _add_modes(self) -> QActionGroup:
        colours = self.addMenu("Light and dark")
        colours.setToolTipsVisible(True)
        modes = QActionGroup(self)
        for mode in MODES:
            action = QAction(_MODE_WORDS[mode], modes, checkable=True)
            action.setData(mode)
            colours.addAction(action)
        modes.triggered.connect(self._on_mode_chosen)
        switch = make_action(
            self,
            "Switch light and dark",
            "D",
            "Dark for a dim room, light for a bright one",
            self._on_mode_switched,
        )
        colours.addAction(switch)
        return modes

    @Slot(object)
    def _on_panel_built(self, panel: Panel) -> None:
        self._of_views.addActions(panel.view_actions())

    @Slot(QAction)
    def _on_layout_chosen(self, action: QAction) -> None:
        self._docks.switch_to(layout_named(action.text()))

    @Slot()
    def _on_layout_switched(self) -> None:
        at = LAYOUTS.index(self._docks.shown)
        self._docks.switch_to(LAYOUTS[(at + 1) % len(LAYOUTS)])

    @Slot()
    def _on_docks_rearranged(self) -> None:
        for action in self._layouts.actions():
            action.setChecked(action.text() == self._docks.shown.name)

    @Slot()
    def _on_next_view(self) -> None:
        self._docks.show_next_view(1)

    @Slot()
    def _on_previous_view(self) -> None:
        self._docks.show_next_view(-1)

    @Slot()
    def _on_fill_triggered(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        dock = self._docks.docks[action.data()]
        if self._docks.is_filled and not dock.isVisible():
            self._docks.leave_filling()
        self._docks.toggle_filling(dock)

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
    def _on_appearance_changed(self) -> None:
        if not self._zoom.isActive():
            self._zoom_wanted = self._appearance.scale
        for action in self._modes.actions():
            action.setChecked(action.data() == self._appearance.mode)
