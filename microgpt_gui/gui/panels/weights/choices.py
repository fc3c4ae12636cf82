"""What the panel shows: one list in its title, and what some of it need to know."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.wheel import KeepsItsValue
from microgpt_gui.session.config import RANGES
from microgpt_gui.session.reading.weights.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.theme.appearance import Appearance


class Aspect(Enum):
    """What is shown of the weights, in the order of the list."""

    VALUE = "Weights"
    GRADIENT = "Gradient"
    M = "Adam's m"
    V = "Adam's v"
    STEP = "Last step"
    START = "Since start"
    SINCE = "Since step…"
    FILM = "Film"
    NORMS = "Norms"

    @property
    def quantity(self) -> Quantity:
        """What the maps show of each weight."""
        return _QUANTITIES.get(self, Quantity.VALUE)

    @property
    def is_map(self) -> bool:
        """Whether one moment is shown, every number of it."""
        return self not in (Aspect.FILM, Aspect.NORMS)


_QUANTITIES = {
    Aspect.GRADIENT: Quantity.GRADIENT,
    Aspect.M: Quantity.M,
    Aspect.V: Quantity.V,
    Aspect.STEP: Quantity.STEP,
    Aspect.START: Quantity.CHANGE,
    Aspect.SINCE: Quantity.CHANGE,
}

_TIPS = {
    Aspect.VALUE: "The numbers themselves",
    Aspect.GRADIENT: "How the loss of the last step's document grows with each weight",
    Aspect.M: "The running mean of the gradients, from which Adam takes the direction",
    Aspect.V: "The running mean of their squares, by which Adam scales the step",
    Aspect.STEP: "What the last step did: the weights after it less those before it",
    Aspect.START: "The weights less those that the run began with",
    Aspect.SINCE: "The weights less those at a step of your choice",
    Aspect.FILM: "The run in a few moments, and what has changed from each to the next",
    Aspect.NORMS: "How large each matrix was at every recorded step of the run",
}

#: Stands for no single matrix.
_ALL = "All matrices"


class _Box(KeepsItsValue, QComboBox):
    pass


class AspectBox(_Box):
    """The list of what can be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What is shown of the weights")
        self.setToolTip("What is shown of the weights")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for aspect in Aspect:
            if aspect is Aspect.FILM:
                self.insertSeparator(self.count())
            self.addItem(aspect.value, aspect)
            row, role = self.count() - 1, Qt.ItemDataRole.ToolTipRole
            self.setItemData(row, _TIPS[aspect], role)
        self.setMaxVisibleItems(self.count())

    @property
    def aspect(self) -> Aspect:
        """What is to be shown."""
        chosen: Aspect = self.currentData()
        return chosen

    def choose(self, aspect: Aspect) -> None:
        """Show that."""
        self.setCurrentText(aspect.value)


class Details(QWidget):
    """Stands above the figure while what is chosen needs it.

    Attributes:
        step: From which step on changes count.
        mark: Counts from the moment that is shown.
        matrix: Of the film.

    Signals:
        step_chosen: Changes are to count from another step.
        mark_requested: Changes are to count from the moment that is shown.
        matrix_chosen: A matrix is to be shown alone (its number), or all (None).
    """

    step_chosen = Signal()
    mark_requested = Signal()
    matrix_chosen = Signal(object)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._listed: tuple[tuple[str, ...], int | None] = ((), None)
        self.step = IntegerField(0, RANGES["steps"][1])
        self.step.setAccessibleName("Change since step")
        self.step.setToolTip("Steps done at the moment that changes count from")
        self.mark = QToolButton()
        self.mark.setText("Mark")
        self.mark.setProperty("kind", "chip")
        self.mark.setAccessibleName("Count changes from the moment shown")
        self.mark.setToolTip(
            wrapped(
                "Count changes from the moment that is shown now; then train on, or "
                "move along the timeline, and see what has changed since."
            )
        )
        self.mark.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.matrix = _Box()
        self.matrix.setAccessibleName("Matrix of the film")
        self.matrix.setToolTip("Which matrix the film shows")
        self.matrix.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.step, self.mark, self.matrix):
            self._row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_for(Aspect.VALUE)
        self.step.valueChanged.connect(self._on_step_changed)
        self.mark.clicked.connect(self.mark_requested)
        self.matrix.activated.connect(self._on_matrix_activated)

    def show_for(self, aspect: Aspect) -> None:
        """Be there as far as ``aspect`` needs it."""
        self.step.setVisible(aspect is Aspect.SINCE)
        self.mark.setVisible(aspect is Aspect.SINCE)
        self.matrix.setVisible(aspect is Aspect.FILM)
        self.setVisible(aspect in (Aspect.SINCE, Aspect.FILM))

    def show_matrices(self, names: Sequence[str], chosen: int | None) -> None:
        """List the matrices.

        Args:
            names: Of all.
            chosen: The number of the one that is shown alone; None for all.
        """
        listed = tuple(names), chosen
        if listed == self._listed:  # as a rule: it is asked with every frame
            return
        if listed[0] != self._listed[0]:
            self.matrix.clear()
            self.matrix.addItems([_ALL, *names])
        self._listed = listed
        self.matrix.setCurrentIndex(0 if chosen is None else chosen + 1)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._row.setSpacing(self._appearance.px(sizes.TIGHT))
        self.step.fit(self._appearance.px)

    @Slot()
    def _on_step_changed(self) -> None:
        self.step_chosen.emit()

    @Slot(int)
    def _on_matrix_activated(self, row: int) -> None:
        self.matrix_chosen.emit(row - 1 if row else None)
