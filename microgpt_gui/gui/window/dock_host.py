"""Where the panels stand: one dock each, as a layout says or the person has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from microgpt_gui.gui.panels import PANELS
from microgpt_gui.gui.widgets.dock import CardDock
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView, enlarged_among
from microgpt_gui.gui.window.arranging import lay_out, share_space
from microgpt_gui.gui.window.dock_focus import DockFocus
from microgpt_gui.gui.window.folding import Folding
from microgpt_gui.gui.window.groups import Groups
from microgpt_gui.gui.window.layouts import LAYOUTS, LEAST_FILLED, Layout
from microgpt_gui.gui.window.panel_set import PanelSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QChildEvent, QEvent
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QDockWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: Grows when layouts saved before would not fit the panels any more.
LAYOUT_VERSION = 3


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a person has made of a layout.

    Attributes:
        state: As Qt saves it; empty where all is as the layout says.
        is_folded: Whether what folds there is put aside.
    """

    state: bytes
    is_folded: bool


class DockHost(QMainWindow):
    """The docks of the window, laid out, filled and remembered.

    Attributes:
        panels: All of them, in the order of PANELS, built as they are needed.
        docks: Their docks, in the same order.
        shown: The layout that they stand in.
        folding: Puts some of them aside.
        groups: Shows some of them in place of others.

    Signals:
        way_back_changed: There is something to go back from now, or no longer (bool).
        rearranged: Another layout is shown, or what is folded has changed.
        menu_requested: The person wants the menu of a panel (its dock: CardDock, where
            on the screen: QPoint).
    """

    way_back_changed = Signal(bool)
    rearranged = Signal()
    menu_requested = Signal(object, QPoint)

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._focus = DockFocus(self)
        self.setWindowFlags(Qt.WindowType.Widget)  # a window within the window
        self.setDockNestingEnabled(True)
        self.setDocumentMode(True)  # no frame around the tabs
        self.setTabPosition(
            Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North
        )
        self._appearance = appearance
        self._before_filling: QByteArray | None = None
        self._is_untouched = True  # the person has not laid the panels out anew
        self.docks: list[CardDock] = []
        self.shown = LAYOUTS[0]
        self._left: dict[str, Arrangement] = {}  # of the other layouts, by name
        self.folding = Folding(appearance, self)
        folding = {title for layout in LAYOUTS for title in layout.folding}
        buttons = {title: self.folding.make_button() for title in folding}
        self.groups = Groups(appearance, self)
        grouped = {t for lay in LAYOUTS for group in lay.groups for t in group}
        switches = {title: self.groups.make_button() for title in grouped}
        for entry in PANELS:
            own = (switches.get(entry.title), buttons.get(entry.title))
            header = [button for button in own if button is not None]
            dock = CardDock(entry.title, header, appearance)
            dock.setObjectName(entry.class_name)
            dock.fill_requested.connect(self.toggle_filling)
            dock.menu_requested.connect(self.menu_requested)
            dock.topLevelChanged.connect(self._on_dock_taken_out)
            dock.visibilityChanged.connect(self._on_way_back_changed)
            self.docks.append(dock)
        self._views: list[EnlargingView] = []
        self._waiting: list[CardDock] = []
        self._by_title = {dock.windowTitle(): dock for dock in self.docks}
        self.panels = PanelSet(workshop, appearance, self)
        self.panels.when_built(self._on_panel_built)
        self.panels.stand_in(self._by_title)
        self.folding.take({self._by_title[t]: b for t, b in buttons.items()})
        self.folding.changed.connect(self._on_folding_changed)
        self.groups.take({self._by_title[t]: b for t, b in switches.items()})
        self.groups.changed.connect(self._share_space_if_untouched)
        appearance.changed.connect(self._ask_for_room)
        self._ask_for_room()
        self.reset_layout()

    @Slot(object)
    def _on_panel_built(self, panel: Panel) -> None:
        views = panel.findChildren(EnlargingView)
        for view in views:
            view.enlarged_changed.connect(self._on_way_back_changed)
        self._views += views

    @Slot()
    def reset_layout(self) -> None:
        """Put every dock where the layout that is shown says."""
        self.leave_filling()
        self._stand(Arrangement(b"", self.shown.is_folded))

    def switch_to(self, layout: Layout) -> None:
        """Show the panels as ``layout`` says, or as the person has left them there.

        The view that is looked at stays in front.
        """
        if layout is self.shown:
            return
        self.leave_filling()
        views = [t for t in self.shown.groups[self.groups.front] if self._is_seen(t)]
        self._left[self.shown.name] = self._arrangement()
        self.shown = layout
        usual = Arrangement(b"", layout.is_folded)
        self._stand(self._left.get(layout.name, usual))
        for title in views:
            dock = self._by_title[title]
            if dock in self.groups.aside:
                self.groups.make_way_for(dock)
            if not dock.isHidden() and not dock.isFloating():
                dock.raise_()

    def _is_seen(self, title: str) -> bool:
        dock = self._by_title[title]
        return dock.is_content_seen and not dock.isFloating()

    def _stand(self, arrangement: Arrangement) -> None:
        """Put every dock where ``arrangement`` of the layout that is shown says."""
        titles, state = self.shown.folding, QByteArray(arrangement.state)
        self.folding.choose([self._by_title[title] for title in titles])
        # What an older program has saved knows nothing of newer panels: they stay here.
        lay_out(self, self._by_title, self.shown)
        self.groups.choose(
            [[self._by_title[t] for t in group] for group in self.shown.groups],
            [self._by_title[title] for title in self.shown.fronts],
        )
        is_moved = not state.isEmpty() and self.restoreState(state, LAYOUT_VERSION)
        if is_moved:
            self._hide_until_shown()
        self.groups.begin()
        self._is_untouched = not is_moved
        self.folding.apply(is_folded=arrangement.is_folded)

    @Slot()
    def _on_folding_changed(self) -> None:
        self._ask_for_room()
        self.rearranged.emit()

    @Slot(object)
    def toggle_filling(self, dock: QDockWidget) -> None:
        """Let ``dock`` fill the window, or bring all back if it does."""
        if self._before_filling is not None:
            self.leave_filling()
            return
        self._before_filling = self.saveState(LAYOUT_VERSION)
        if dock.isFloating():
            dock.setFloating(False)
        self.folding.allow(is_allowed=False)
        self.groups.allow(is_allowed=False)
        self._focus.leave_all_but(dock)
        for other in self.docks:
            other.setVisible(other is dock)
        assert isinstance(dock, CardDock)
        dock.set_filling(True)
        self._ask_for_room()
        self._on_way_back_changed()

    def bring_forward(self, panel: Panel) -> None:
        """Let a panel be seen, whatever is in front of it or fills the window."""
        dock = self._by_title[panel.title]
        if self.is_filled and dock.isHidden():
            self.leave_filling()
        if not self.is_filled:
            self.folding.make_way_for(dock)
            self.groups.make_way_for(dock)
        dock.show()
        dock.raise_()

    def panel_around(self, widget: QWidget | None) -> Panel | None:
        """Return the panel in whose dock ``widget`` is; None where it is in none."""
        for panel in self.panels.standing:
            dock = self._by_title[panel.title]
            if widget is not None and (widget is dock or dock.isAncestorOf(widget)):
                return panel
        return None

    @property
    def filling_panel(self) -> Panel | None:
        """The panel that fills the window; None for none."""
        shown = [dock.windowTitle() for dock in self.docks if dock.isVisible()]
        is_one = self.is_filled and len(shown) == 1
        return self.panels.named(shown[0]) if is_one else None

    @Slot(str)
    def bring_back(self, title: str) -> None:
        """Bring forward the panel of that title, from wherever it is."""
        self.bring_forward(self.panels.named(title))

    def show_next_view(self, by: int) -> None:
        """Bring forward the view so many after the one in front; fill if that fills.

        Args:
            by: 1 for the next tab, -1 for the one before; the ends meet.
        """
        titles = self.shown.groups[self.groups.front]
        docks = [self._by_title[title] for title in titles]
        fronts = [i for i, dock in enumerate(docks) if dock.is_content_seen]
        at = fronts[0] + by if fronts else 0
        dock = docks[at % len(docks)]
        if self.is_filled:
            self.leave_filling()
            self.toggle_filling(dock)
        else:
            self.bring_back(dock.windowTitle())

    @property
    def is_filled(self) -> bool:
        """Whether one dock fills the window."""
        return self._before_filling is not None

    def save(self) -> QByteArray:
        """Return how the person has it; empty where it is still as the layout says."""
        if self._is_untouched and not self.is_filled and self._all_stand():
            return QByteArray()
        return self._before_filling or self.saveState(LAYOUT_VERSION)

    def _arrangement(self) -> Arrangement:
        return Arrangement(bytes(self.save().data()), self.folding.is_folded)

    def arrangements(self) -> dict[str, Arrangement]:
        """Return what the person has made of each layout, by its name."""
        return self._left | {self.shown.name: self._arrangement()}

    def restore(self, shown: Layout, arrangements: Mapping[str, Arrangement]) -> None:
        """Show a layout, and each as it was left, where that fits."""
        self._left = dict(arrangements)
        self.shown = shown
        usual = Arrangement(b"", shown.is_folded)
        self._stand(self._left.get(shown.name, usual))

    def childEvent(self, event: QChildEvent) -> None:
        """Look after the bars of tabs, which come and go as panels are moved."""
        super().childEvent(event)
        if event.polished():  # before that, it is none yet
            self._focus.watch(event.child())

    def event(self, event: QEvent) -> bool:
        """Notice that the person takes hold of the lines between the panels."""
        if event.type() is event.Type.MouseButtonPress:
            self._is_untouched = False
        return super().event(event)

    def _hide_until_shown(self) -> None:
        """Let panels that float wait for the window, or they come up behind it."""
        if not self.window().isVisible():
            self._hide_floating()

    def _hide_floating(self) -> None:
        for dock in self.docks:
            if dock.isFloating() and not dock.isHidden():
                dock.hide()
                self._waiting.append(dock)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let what floats go with the window, and come back with it."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._hide_floating()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has waited, as soon as the window itself is there."""
        super().showEvent(event)
        QTimer.singleShot(0, self._on_shown)

    @Slot()
    def _on_shown(self) -> None:
        # Only now has the style sheet said how much room each panel needs.
        self._share_space_if_untouched()
        self.panels.build_in_time()
        while self._waiting:
            self._waiting.pop().show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new size as the layout says, unless the person has decided."""
        super().resizeEvent(event)
        self._share_space_if_untouched()

    @Slot()
    def leave_filling(self) -> None:
        """Show all panels again, if one fills the window."""
        if self._before_filling is None:
            return
        for dock in self.docks:
            dock.set_filling(False)
        layout, self._before_filling = self._before_filling, None
        self._ask_for_room()
        self.restoreState(layout, LAYOUT_VERSION)
        self.folding.allow(is_allowed=True)
        self.groups.allow(is_allowed=True)
        self._focus.give_back()
        self._on_way_back_changed()

    @Slot()
    def go_back(self) -> None:
        """Show all parts again where one fills its view, or else all panels."""
        view = enlarged_among(self._views)
        if view is not None:
            view.enlarge(None)
        else:
            self.leave_filling()

    @Slot()
    def _on_way_back_changed(self) -> None:
        is_enlarged = enlarged_among(self._views) is not None
        self.way_back_changed.emit(self.is_filled or is_enlarged)

    @Slot()
    def _on_dock_taken_out(self) -> None:
        self._is_untouched = False

    @Slot()
    def _ask_for_room(self) -> None:
        """Set the size below which the window scrolls instead of squeezing panels."""
        px = self._appearance.px
        is_folded = self.folding.is_folded
        least = self.shown.least_size(is_folded=is_folded)
        width, height = LEAST_FILLED if self.is_filled else least
        self.setMinimumSize(px(width), px(height))
        self._share_space_if_untouched()

    def _share_space_if_untouched(self) -> None:
        if self._is_untouched and self._all_stand() and self.isVisible():
            share_space(self, self._by_title, self.shown, self._appearance.px)

    def _all_stand(self) -> bool:
        aside = [*self.folding.aside, *self.groups.aside]
        return not any(dock.isHidden() and dock not in aside for dock in self.docks)
