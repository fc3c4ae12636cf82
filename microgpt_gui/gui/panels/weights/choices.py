"""What the panel shows: chosen in its title."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.wheel import KeepsItsValue
from microgpt_gui.session.reading.weights.quantity import Quantity

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: Counted up to, where nothing else is known.
_MOST_STEPS = 99_999


class Aspect(Enum):
    """What is shown of the weights, in the order of the list."""

    VALUE = "Weights"
    GRADIENT = "Gradient"
    M = "Adam's m"
    V = "Adam's v"
    STEP = "Step's change"
    START = "Change since the start"
    SINCE = "Change since step"

    @property
    def quantity(self) -> Quantity:
        """What the maps show of each weight."""
        return _QUANTITIES.get(self, Quantity.VALUE)


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
}


class _Box(KeepsItsValue, QComboBox):
    pass


class Choices(QWidget):
    """A list of what can be shown, and the step that changes count from.

    Attributes:
        aspects: The list.
        step: From which step on changes count; hidden where none is to be chosen.
        mark: Counts from the moment that is shown; likewise.

    Signals:
        changed: Something else is to be shown.
        mark_requested: Changes are to count from the moment that is shown.
    """

    changed = Signal()
    mark_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.aspects = _Box()
        self.aspects.setAccessibleName("What is shown of the weights")
        self.aspects.setToolTip("What is shown of the weights")
        self.aspects.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for row, aspect in enumerate(Aspect):
            self.aspects.addItem(aspect.value, aspect)
            self.aspects.setItemData(row, _TIPS[aspect], Qt.ItemDataRole.ToolTipRole)
        self.step = IntegerField(0, _MOST_STEPS)
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
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.aspects, self.step, self.mark):
            self._row.addWidget(widget)
        self._show_parts()
        self.aspects.currentIndexChanged.connect(self._on_aspects_changed)
        self.step.valueChanged.connect(self._on_step_changed)
        self.mark.clicked.connect(self.mark_requested)

    @property
    def aspect(self) -> Aspect:
        """What is to be shown."""
        chosen: Aspect = self.aspects.currentData()
        return chosen

    @property
    def since(self) -> int:
        """The step that changes count from; 0 where none is to be chosen."""
        return self.step.value() if self.aspect is Aspect.SINCE else 0

    def choose(self, aspect: Aspect) -> None:
        """Show that."""
        self.aspects.setCurrentIndex(list(Aspect).index(aspect))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._row.setSpacing(self._appearance.px(sizes.TIGHT))
        self.step.fit(self._appearance.px)

    def _show_parts(self) -> None:
        for widget in (self.step, self.mark):
            widget.setVisible(self.aspect is Aspect.SINCE)

    @Slot()
    def _on_aspects_changed(self) -> None:
        self._show_parts()
        self.changed.emit()

    @Slot()
    def _on_step_changed(self) -> None:
        self.changed.emit()
