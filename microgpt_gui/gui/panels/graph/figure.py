"""The graph and, beside it, the chain rule at the number that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from microgpt_gui.gui.panels.graph.chain import ChainPane
from microgpt_gui.gui.panels.graph.view import GraphView
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance

#: In pixels at 100 %: the width of the pane; in a figure less wide than this, it stands
#: below, and in one less high than this not even there.
_PANE, _LEAST_WIDTH, _LEAST_HEIGHT = 250, 560, 420

_PANE_BELOW = 190

#: So much larger all is from a width and a height on, in pixels at 100 %: to be read
#: from the back row.
_LARGER = ((1.25, 1100, 340), (1.5, 1400, 560))


class GraphFigure(QWidget):
    """Joins the two.

    Attributes:
        view: The graph.
        chain: The chain rule.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.view = GraphView(appearance)
        self.chain = ChainPane(appearance)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.view, 1)
        self._box.addWidget(self.chain)
        self.view.opened_changed.connect(self._on_view_changed)
        self.view.enlarged_changed.connect(self._on_view_changed)
        self.chain.stepped.connect(self._on_chain_stepped)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._box.setSpacing(self._appearance.px(sizes.SMALL))
        self.chain.restyle()
        self.view.rearrange()
        self._on_view_changed()
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        px, direction = self._appearance.px, QBoxLayout.Direction
        is_wide = self.width() >= px(_LEAST_WIDTH)
        self._box.setDirection(
            direction.LeftToRight if is_wide else direction.TopToBottom
        )
        self.chain.setVisible(is_wide or self.height() >= px(_LEAST_HEIGHT))
        factors = (f for f, w, h in _LARGER if self._holds(px(w), px(h)))
        factor = max(factors, default=1.0)
        self.view.set_factor(factor)
        of_text = (1 + factor) / 2  # it has less room to grow than the boxes
        if of_text != self.chain.factor:
            self.chain.factor = of_text
            self._on_view_changed()
        if is_wide:
            self.chain.setFixedWidth(px(_PANE * of_text))
            self.chain.setMaximumHeight(1 << 16)
        else:
            self.chain.setMinimumWidth(0)
            self.chain.setMaximumWidth(1 << 16)
            self.chain.setMaximumHeight(px(_PANE_BELOW))

    def _holds(self, wide: int, high: int) -> bool:
        return self.width() >= wide and self.height() >= high

    @Slot()
    def _on_view_changed(self) -> None:
        shown, chosen = self.view.shown, self.view.chosen
        if shown is not None and chosen is not None and not chosen.is_number:
            self.chain.show_group(shown.graph, chosen)
            return
        graph = None if shown is None else shown.graph
        number = None if chosen is None else chosen.start
        self.chain.show_number(graph, number, self.view.walk)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk on with B while the keyboard is in the list, too."""
        if event.key() == Qt.Key.Key_B:
            self.view.press_walk(event)
        else:
            super().keyPressEvent(event)

    @Slot(int, bool)
    def _on_chain_stepped(self, number: int, is_towards: bool) -> None:
        if is_towards:
            self.view.go_forth(number)
        else:
            self.view.go_back(number)
