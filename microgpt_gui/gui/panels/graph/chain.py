"""The chain rule at one number: what it is made of, and where its gradient is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.panels.graph import words
from microgpt_gui.gui.panels.graph.code import code_of, code_of_group
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO, SANS
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_lines import ElidedLines
from microgpt_gui.gui.widgets.keys import TAKES_ENTER

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.graph.open_groups import Box
    from microgpt_gui.session.reading.graph.step_graph import StepGraph
    from microgpt_gui.session.reading.graph.walk import Walk

#: More contributions than this are told together.
_MOST_LISTED = 100

#: Number of an item, and whether it lies towards the loss.
_NUMBER, _IS_TOWARDS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class _Entries(QListWidget):
    """Leaves B, which walks on, to what is around it; a list would look for one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move among the entries."""
        if event.key() == Qt.Key.Key_B:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChainPane(QWidget):
    """Lists contributions; a click or Enter on one steps there.

    Attributes:
        list: The contributions.
        factor: So much larger is what is listed next than at the zoom in force.

    Signals:
        stepped: Step to this number (int), towards the loss or away from it (bool).
    """

    stepped = Signal(int, bool)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.factor = 1.0
        self._title = ElidedLines()
        self.list = _Entries()
        self.list.setAccessibleName("The chain rule at the chosen number")
        self.list.setToolTip("Enter or a click steps to a number")
        self.list.setProperty(TAKES_ENTER, True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._on_item_activated)
        self.list.itemClicked.connect(self._on_item_activated)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self.list, 1)
        self._column.addStretch()

    @property
    def lines(self) -> list[str]:
        """What the list says, entry by entry."""
        return [self.list.item(i).text() for i in range(self.list.count())]

    @property
    def title(self) -> str:
        """What is said of the number."""
        return self._title.text()

    def show_number(
        self, graph: StepGraph | None, number: int | None, walk: Walk
    ) -> None:
        """Show a number of a graph, and the way that led to it; None for neither."""
        self.list.clear()
        self.list.setVisible(number is not None)
        if graph is None or number is None:
            say(self._title, words.NOTHING_CHOSEN)
            return
        say(self._title, words.number(graph, number))
        self._add_uses(graph, number)
        self._add_sources(graph, number)
        self._add_trail(graph, walk)
        if self.list.hasFocus():  # there the keyboard goes on
            rows = range(self.list.count())
            entries = (r for r in rows if self.list.item(r).data(_NUMBER) is not None)
            self.list.setCurrentRow(next(entries, -1))

    def show_group(self, graph: StepGraph, box: Box) -> None:
        """Show what a group is, and how its numbers are made."""
        self.list.clear()
        say(self._title, words.group(graph, box))
        code = code_of_group(graph, box.key)
        self.list.setVisible(bool(code))
        if code:
            self._add_heading(words.THEIR_CODE)
            self._add_code(code)

    def _add_uses(self, graph: StepGraph, number: int) -> None:
        links = graph.links_out_of(number)
        self._add_heading(words.used_by(graph, number, links))
        for link in links[:_MOST_LISTED]:
            text = words.contribution(graph, link, number, link.target)
            self._add(text, link.target, is_towards=True)
        if len(links) > _MOST_LISTED:
            self._add_heading(words.rest_of(links[_MOST_LISTED:]))
        if len(links) > 1:
            self._add_heading(words.total_of(links))

    def _add_sources(self, graph: StepGraph, number: int) -> None:
        links = graph.links_into(number)
        self._add_heading(words.made_of(graph, number))
        for link in links:
            text = words.contribution(graph, link, number, link.source)
            self._add(text, link.source, is_towards=False)
        if code := code_of(graph, number):
            self._add_heading(words.IN_CODE)
            self._add_code(code)

    def _add_trail(self, graph: StepGraph, walk: Walk) -> None:
        stops = walk.stops
        if len(stops) < 2:
            return
        derivatives = walk.derivatives(graph)
        self._add_heading(words.trail(graph, stops, derivatives[-1]))
        for number, derivative in zip(stops, derivatives, strict=True):
            self._add_heading(words.stepped_on(graph, number, derivative))

    def _add(self, text: str, number: int, *, is_towards: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(_NUMBER, number)
        item.setData(_IS_TOWARDS, is_towards)
        item.setToolTip(text)
        item.setFont(self._font(sizes.BODY))
        self.list.addItem(item)

    def _add_code(self, code: str) -> None:
        item = QListWidgetItem(code)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(self._appearance.theme.text))
        item.setFont(self._font(sizes.CAPTION, MONO))
        self.list.addItem(item)

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(self._appearance.theme.muted))
        item.setFont(self._font(sizes.BODY))
        self.list.addItem(item)

    def _font(self, size: int, family: str = SANS) -> QFont:
        return self._appearance.font(round(size * self.factor), family=family)

    @Slot(QListWidgetItem)
    def _on_item_activated(self, item: QListWidgetItem) -> None:
        number = item.data(_NUMBER)
        if number is not None:
            self.stepped.emit(number, item.data(_IS_TOWARDS))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._column.setSpacing(px(sizes.TIGHT))
        self.list.setSpacing(px(2))
        metrics = self._title.fontMetrics()
        self._title.setFixedHeight(2 * metrics.lineSpacing() + 2)
