"""The panels of a window: some are built with it, the others when they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.gui.panels import PANELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.panel import Panel
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.dock import CardDock
    from microgpt_gui.gui.workshop import Workshop

#: When the window has been seen for so long, the other panels come one by one, so far
#: apart: then a menu that needs all of them, or a tab, has nothing to wait for. Each
#: takes a tenth of a second, so they wait until the run has rested for as long.
REST_MS, APART_MS = 1500, 300


class PanelSet(QObject):
    """A sequence of all panels, in the order of PANELS; asking for one builds it.

    On the GUI thread.

    Attributes:
        standing: Those that are built, in the order in which they were.

    Signals:
        building: One is about to be built, which takes a while.
        built: One more is there (`Panel`).
    """

    building = Signal()
    built = Signal(object)

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._appearance = appearance
        self._parent = parent
        self._docks: Mapping[str, CardDock] = {}
        self._by_title: dict[str, Panel] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._build_next)
        self._builds_in_time = False
        workshop.run.state_changed.connect(self._on_run_state_changed)

    def stand_in(self, docks: Mapping[str, CardDock]) -> None:
        """Build the first panels in their docks, and the others when these ask."""
        self._docks = docks
        for dock in docks.values():
            dock.wanted.connect(self._on_dock_wanted)
        for entry in PANELS:
            if entry.is_first:
                self.named(entry.title)

    @property
    def standing(self) -> list[Panel]:
        """See the class."""
        return list(self._by_title.values())

    def named(self, title: str) -> Panel:
        """Return the panel of that title.

        Raises:
            StopIteration: There is none.
        """
        if title not in self._by_title:
            self.building.emit()
            entry = next(entry for entry in PANELS if entry.title == title)
            panel = entry.load()(self._workshop, self._appearance, self._parent)
            self._by_title[title] = panel
            self._docks[title].hold(panel, panel.hint, panel.header)
            self.built.emit(panel)
        return self._by_title[title]

    def when_built(self, take: Callable[[Panel], None]) -> None:
        """Call a method of a QObject for each panel that stands, and for the others.

        Args:
            take: Is called as soon as a panel is there.
        """
        for panel in self.standing:
            take(panel)
        self.built.connect(take)

    def __len__(self) -> int:
        return len(PANELS)

    def __getitem__(self, number: int) -> Panel:
        return self.named(PANELS[number].title)

    def __iter__(self) -> Iterator[Panel]:
        return (self.named(entry.title) for entry in PANELS)

    def index(self, panel: Panel) -> int:
        """Return which panel this is, counted from 0."""
        return [entry.title for entry in PANELS].index(panel.title)

    def build_in_time(self) -> None:
        """Build those that nobody has asked for, while the person looks at others."""
        self._builds_in_time = True
        self._on_run_state_changed()

    def shut_down(self) -> None:
        """Build no more, and end what panels have started."""
        self._builds_in_time = False
        self._timer.stop()
        for panel in self.standing:
            panel.shut_down()

    @Slot()
    def _build_next(self) -> None:
        missing = [e.title for e in PANELS if e.title not in self._by_title]
        if missing:
            self.named(missing[0])
            self._timer.start(APART_MS)

    @Slot()
    def _on_run_state_changed(self) -> None:
        if self._workshop.run.is_training:
            self._timer.stop()
        elif self._builds_in_time:
            self._timer.start(REST_MS)

    @Slot(object)
    def _on_dock_wanted(self, dock: CardDock) -> None:
        self.named(dock.windowTitle())
