"""The buttons that walk through the graph, for who has no keyboard at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.graph.view import GraphView
    from microgpt_gui.gui.theme.appearance import Appearance


_BACK = (
    "Step to what contributes most, from the loss at first; from a weight, to what it "
    "was multiplied by (B)"
)
_FORTH = "Step to where the gradient comes from (Shift+B)"


class WalkButtons(QWidget):
    """Back along the chain rule, and towards the loss again.

    Attributes:
        back: Steps to what contributes most.
        forth: Steps to where the gradient comes from.
    """

    def __init__(self, view: GraphView, appearance: Appearance) -> None:
        super().__init__()
        self._view = view
        self._appearance = appearance
        self.back, self.forth = QPushButton("Walk back"), QPushButton("Towards loss")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button, tip in ((self.back, _BACK), (self.forth, _FORTH)):
            button.setToolTip(tip)
            button.setAccessibleName(button.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.back.clicked.connect(self._on_back_clicked)
        self.forth.clicked.connect(self._on_forth_clicked)
        view.opened_changed.connect(self._on_view_changed)
        view.enlarged_changed.connect(self._on_view_changed)
        self._on_view_changed()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._row.setSpacing(self._appearance.px(sizes.TIGHT))

    @Slot()
    def _on_view_changed(self) -> None:
        shown, chosen = self._view.shown, self._view.chosen
        is_number = chosen is not None and chosen.is_number
        can_go_back, can_go_forth = shown is not None, False
        if shown is not None and chosen is not None and is_number:
            can_go_back = self._view.walk.leads_on(shown.graph, chosen.start)
            can_go_forth = chosen.start != shown.graph.loss
        self.back.setEnabled(can_go_back)
        self.forth.setEnabled(can_go_forth)

    @Slot()
    def _on_back_clicked(self) -> None:
        self._view.go_back()

    @Slot()
    def _on_forth_clicked(self) -> None:
        self._view.go_forth()
