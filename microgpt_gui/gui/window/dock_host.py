"""Where the panels stand: one dock each, in columns, until the person moves them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from microgpt_gui.gui.panels import PANELS
from microgpt_gui.gui.widgets.dock import CardDock
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView, enlarged_among
from microgpt_gui.gui.window.dock_focus import DockFocus

if TYPE_CHECKING:
    from PySide6.QtCore import QChildEvent, QEvent
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QDockWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: Grows when layouts saved before would not fit the panels any more.
LAYOUT_VERSION = 3

#: Width and height, in pixels at 100 %, that all panels need together to be of use,
#: and that one needs alone.
LEAST, LEAST_FILLED = (810, 370), (340, 200)


class DockHost(QMainWindow):
    """The docks of the window, laid out, filled and remembered.

    Attributes:
        panels: Every panel, in the order of PANELS.
        docks: Their docks, in the same order.

    Signals:
        way_back_changed: There is something to go back from now, or no longer (bool).
        menu_requested: The person wants the menu of a panel (its dock: CardDock, where
            on the screen: QPoint).
    """

    way_back_changed = Signal(bool)
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
        self.panels: list[Panel] = []
        self.docks: list[CardDock] = []
        for place in PANELS:
            panel = place.panel(workshop, appearance, self)
            dock = CardDock(panel.title, panel.hint, panel, panel.header, appearance)
            dock.setObjectName(type(panel).__name__)
            dock.fill_requested.connect(self.toggle_filling)
            dock.menu_requested.connect(self.menu_requested)
            dock.topLevelChanged.connect(self._on_dock_taken_out)
            dock.visibilityChanged.connect(self._on_way_back_changed)
            self.panels.append(panel)
            self.docks.append(dock)
        self._views: list[EnlargingView] = []
        self._waiting: list[CardDock] = []
        appearance.changed.connect(self._ask_for_room)
        self._ask_for_room()
        self.reset_layout()
        self._views = self.findChildren(EnlargingView)
        for view in self._views:
            view.enlarged_changed.connect(self._on_way_back_changed)

    def reset_layout(self) -> None:
        """Put every dock where PANELS says."""
        self.leave_filling()
        for dock in self.docks:
            dock.setFloating(False)
            self.removeDockWidget(dock)
        columns: dict[int, list[CardDock]] = {}
        tabs: list[tuple[CardDock, CardDock]] = []
        for place, dock in zip(PANELS, self.docks, strict=True):
            column = columns.setdefault(place.column, [])
            if place.is_tab:
                tabs.append((column[-1], dock))
            else:
                column.append(dock)
        left = None
        for column in columns.values():  # side by side first, or rows would cross them
            if left is None:
                area = Qt.DockWidgetArea.TopDockWidgetArea
                self.addDockWidget(area, column[0])
            else:
                self.splitDockWidget(left, column[0], Qt.Orientation.Horizontal)
            left = column[0]
        for column in columns.values():
            for above, below in itertools.pairwise(column):
                self.splitDockWidget(above, below, Qt.Orientation.Vertical)
        for front, behind in tabs:
            self.tabifyDockWidget(front, behind)
        for dock in self.docks:
            dock.show()
        for front, _ in tabs:
            front.raise_()
        self._is_untouched = True
        self._share_space_if_untouched()

    @Slot(object)
    def toggle_filling(self, dock: QDockWidget) -> None:
        """Let ``dock`` fill the window, or bring all back if it does."""
        if self._before_filling is not None:
            self.leave_filling()
            return
        self._before_filling = self.saveState(LAYOUT_VERSION)
        if dock.isFloating():
            dock.setFloating(False)
        self._focus.leave_all_but(dock)
        for other in self.docks:
            other.setVisible(other is dock)
        assert isinstance(dock, CardDock)
        dock.set_filling(True)
        self._ask_for_room()
        self._on_way_back_changed()

    def bring_forward(self, panel: Panel) -> None:
        """Let a panel be seen, whatever is in front of it or fills the window."""
        dock = self.docks[self.panels.index(panel)]
        if self.is_filled and dock.isHidden():
            self.leave_filling()
        dock.show()
        dock.raise_()

    def panel_around(self, widget: QWidget | None) -> Panel | None:
        """Return the panel in whose dock ``widget`` is; None where it is in none."""
        for panel, dock in zip(self.panels, self.docks, strict=True):
            if widget is not None and (widget is dock or dock.isAncestorOf(widget)):
                return panel
        return None

    @property
    def filling_panel(self) -> Panel | None:
        """The panel that fills the window; None for none."""
        shown = [
            p for p, d in zip(self.panels, self.docks, strict=True) if d.isVisible()
        ]
        return shown[0] if self.is_filled and len(shown) == 1 else None

    @property
    def is_filled(self) -> bool:
        """Whether one dock fills the window."""
        return self._before_filling is not None

    def save(self) -> QByteArray:
        """Return the person's layout; empty where it is still as PANELS says."""
        if self._is_untouched and not self.is_filled and self._all_stand():
            return QByteArray()
        return self._before_filling or self.saveState(LAYOUT_VERSION)

    def restore(self, layout: QByteArray) -> None:
        """Lay the docks out as saved; changes nothing where that does not fit."""
        if self.restoreState(layout, LAYOUT_VERSION):
            self._is_untouched = False
            self._hide_until_shown()

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
        if self.window().isVisible():
            return
        for dock in self.docks:
            if dock.isFloating() and not dock.isHidden():
                dock.hide()
                self._waiting.append(dock)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has waited, as soon as the window itself is there."""
        super().showEvent(event)
        if self._waiting:
            QTimer.singleShot(0, self._show_waiting)

    @Slot()
    def _show_waiting(self) -> None:
        while self._waiting:
            self._waiting.pop().show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new size as PANELS says, unless the person decided otherwise."""
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
        width, height = LEAST_FILLED if self.is_filled else LEAST
        self.setMinimumSize(px(width), px(height))
        self._share_space_if_untouched()

    def _share_space_if_untouched(self) -> None:
        if self._is_untouched and self._all_stand() and self.isVisible():
            self._share_space()

    def _all_stand(self) -> bool:
        return not any(dock.isHidden() for dock in self.docks)

    def _share_space(self) -> None:
        firsts = {place.column: i for i, place in reversed(list(enumerate(PANELS)))}
        wanted = [PANELS[i].width for i in firsts.values()]
        widths = [self._appearance.px(width) if width else 0 for width in wanted]
        left = max(1, self.width() - sum(widths))
        self.resizeDocks(
            [self.docks[i] for i in firsts.values()],
            [width or left for width in widths],
            Qt.Orientation.Horizontal,
        )
        stacked = {
            d: p for d, p in zip(self.docks, PANELS, strict=True) if not p.is_tab
        }
        self.resizeDocks(
            list(stacked),
            [place.height * 100 for place in stacked.values()],
            Qt.Orientation.Vertical,
        )
