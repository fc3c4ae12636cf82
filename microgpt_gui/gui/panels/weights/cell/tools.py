"""What can be done with the weight that is chosen: nudge it, check its gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from microgpt_gui.gui.panels.weights.cell import slope_words
from microgpt_gui.gui.panels.weights.cell.nudge import Nudge
from microgpt_gui.gui.panels.weights.cell.slope_table import SlopeTable
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.moments.altered import place_of
from microgpt_gui.session.reading.learning.questions import SlopesQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.shown_wish import ShownWish
    from microgpt_gui.gui.panels.weights.maps.weights_map import WeightsMap
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.moments.alteration import Cell
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.learning.slopes import GradientCheck

_CHOOSE = "Choose a weight: enlarge a matrix, then click a cell or go there with Down."
_CHECK_TIP = (
    "Measure the slope of the loss by moving this weight a little to both sides, and "
    "hold it against the gradient that backward found in the step that made this "
    "moment: of that step's document, with the weights before it."
)

#: To do a step once more is dear: while it trains on, it is checked no more often than
#: its share of the time allows, or than this, in seconds.
_STEP_WAIT_S = 12.0


class CellTools(QWidget):
    """One line for the weight, and below it the check of its gradient.

    Its parts are built when it is opened first.

    Attributes:
        nudge: Moves the weight in the scratch copy.
        check: Shows and hides the check.
        slopes: The check; None before it is seen.
        wish: Brings it, likewise.
    """

    def __init__(
        self, weights_map: WeightsMap, workshop: Workshop, appearance: Appearance
    ) -> None:
        super().__init__()
        self._map = weights_map
        self._workshop = workshop
        self._what_if = workshop.what_if
        self._appearance = appearance
        self._moment: Moment | None = None
        self.slopes: SlopeTable | None = None
        self.wish: ShownWish | None = None
        self._is_built = False
        self.hide()

    def _build(self) -> None:
        self._is_built = True
        self._words = ElidedLabel()
        self.nudge = Nudge(self._appearance)
        self.check = QPushButton("Is this gradient true?")
        self.check.setCheckable(True)
        self.check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.check.setAccessibleName("Check the gradient of this weight")
        self.check.setToolTip(wrapped(_CHECK_TIP))
        self._row = QHBoxLayout()
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.nudge)
        self._row.addWidget(self.check)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self.nudge.nudged.connect(self._on_nudged)
        self.check.toggled.connect(self._on_check_toggled)
        self._map.cell_chosen.connect(self._follow)
        self._map.enlarged_changed.connect(self._follow)
        self._what_if.changed.connect(self._follow)
        self.restyle()
        self._follow()

    @property
    def text(self) -> str:
        """What it says of the weight."""
        return self._words.text()

    @property
    def told(self) -> GradientCheck | None:
        """The check that is shown; None for none."""
        if self.wish is None or self.slopes is None or not self.slopes.isVisible():
            return None
        told: GradientCheck | None = self.wish.answer
        return told if told is not None and told.slopes else None

    def show_moment(self, moment: Moment | None) -> None:
        """Say the weight as it is in ``moment``, altered or not."""
        self._moment = moment
        if self._is_built:
            self._tell()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        if not self._is_built:
            return
        px = self._appearance.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(sizes.TIGHT))
        self._row.setSpacing(px(sizes.SMALL))
        if self.slopes is not None:
            self.slopes.restyle()

    @Slot(bool)
    def set_open(self, is_open: bool) -> None:
        """Let a cell be chosen, and this be seen; or neither."""
        if not self._is_built:
            self._build()
        self._map.is_choosing = is_open
        if not is_open:
            self._map.choose(None)
        self.setVisible(is_open)

    def _cell(self) -> Cell | None:
        """Return the weight that is chosen, by the name of its matrix."""
        chosen, matrices = self._map.chosen, self._map.matrices
        if chosen is None or chosen.matrix >= len(matrices):
            return None
        return matrices[chosen.matrix].name, chosen.row, chosen.column

    @Slot()
    def _follow(self) -> None:
        """Take up which weight is chosen, and what is altered in it."""
        cell = self._cell()
        for part in (self.nudge, self.check):
            part.setVisible(cell is not None)
        if cell is not None:
            self.nudge.show_delta(self._what_if.alteration.nudge_of(*cell))
        self._tell()
        self._ask()

    def _tell(self) -> None:
        cell, moment = self._cell(), self._moment
        if cell is None or moment is None:
            say(self._words, _CHOOSE)
            return
        matrix, row, column = cell
        value = moment.weights[place_of(moment.model, *cell)]
        text = f"{matrix}[{row}][{column}] = {value:+.6f}"
        if delta := moment.alteration.nudge_of(*cell):
            text += f", moved by {delta:+g}"
        say(self._words, text)
        self._words.setAccessibleDescription(repr(value))

    @Slot(float)
    def _on_nudged(self, delta: float) -> None:
        if (cell := self._cell()) is not None:
            what_if = self._what_if
            what_if.alter(what_if.alteration.with_nudge(*cell, delta))

    @Slot(bool)
    def _on_check_toggled(self, is_on: bool) -> None:
        if self.slopes is None:
            self.slopes = SlopeTable(self._appearance)
            self._column.addWidget(self.slopes)
        self._ask()

    def _ask(self) -> None:
        """Check the weight that is chosen, if that is wanted."""
        cell, slopes = self._cell(), self.slopes
        if slopes is None:
            return
        is_wanted = self.check.isChecked() and cell is not None
        slopes.setVisible(is_wanted)
        if cell is None or not is_wanted:
            return
        question = SlopesQuestion(cell)
        if self.wish is None:
            self.wish = self._workshop.wish_of_shown(slopes, question)
            self.wish.set_longest_wait(_STEP_WAIT_S)
            self.wish.answered.connect(self._on_wish_answered)
        self.wish.ask(question)
        if self.wish.answered_to == question:
            self._on_wish_answered()
        else:
            slopes.show_check(None, slope_words.WAITING)

    @Slot()
    def _on_wish_answered(self) -> None:
        assert self.wish is not None and self.slopes is not None
        told = self.wish.answer
        instead = slope_words.NO_STEP if told is None else ""
        self.slopes.show_check(told, instead)
