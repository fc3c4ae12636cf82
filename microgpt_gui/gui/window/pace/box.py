"""The pace in the top bar: what it is, and a list of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox

from microgpt_gui.gui.run.training_pace import (
    FULL_SPEED,
    OFFERED,
    TOO_SHORT_S,
    WATCHABLE,
    WATCHABLE_S,
    TrainingPace,
    exactly,
)
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent

    from microgpt_gui.gui.run.run_pace import RunPace

_TIPS = {
    WATCHABLE: (
        f"A run that would be over in less than {TOO_SHORT_S:g} s takes about "
        f"{WATCHABLE_S:g}; all others train as fast as they can"
    ),
    FULL_SPEED: "As fast as the engine can, however soon it is over",
}

#: In a closed list, what leads to its next entry, and to the one before.
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

#: What opens it; the arrows do so with Alt.
_OPEN = (Qt.Key.Key_Space, Qt.Key.Key_F4, *_STEPS)


class PaceBox(QComboBox):
    """Offers paces, and to write another; shows whatever is chosen."""

    def __init__(self, pace: RunPace, ask: QAction) -> None:
        """Build it.

        Args:
            pace: What it shows and changes.
            ask: Asks for an exact pace.
        """
        super().__init__()
        self._pace = pace
        self._ask = ask
        self.setAccessibleName("Pace")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(20)
        self._show_pace()
        self.currentIndexChanged.connect(self._on_chosen)
        self.activated.connect(self._on_activated)
        pace.changed.connect(self._show_pace)

    @property
    def paces(self) -> list[TrainingPace]:
        """What is offered, from top to bottom."""
        found = map(self.itemData, range(self.count()))
        return [pace for pace in found if isinstance(pace, TrainingPace)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next pace, or open the list; other keys are the window's."""
        is_plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        by = _STEPS.get(Qt.Key(event.key()), 0) if is_plain else 0
        if by:
            self._go(by)
        elif event.key() in _OPEN:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the pace as it is: a wheel is turned by accident."""
        event.ignore()

    def _go(self, by: int) -> None:
        paces = self.paces
        at = paces.index(self._pace.chosen) + by
        self._pace.choose(paces[min(max(at, 0), len(paces) - 1)])

    @Slot()
    def _show_pace(self) -> None:
        """Offer what is chosen, too, and show it."""
        chosen = self._pace.chosen
        if chosen not in self.paces or len(self.paces) > len(OFFERED) + len(_TIPS):
            self._fill(chosen)
        self.setCurrentIndex(self.findText(chosen.words))
        tip = _TIPS.get(chosen, "Exactly as fast as this, or as the engine can")
        words = wrapped(
            "How fast to train (+ and -)", f"{chosen.words}: {tip.lower()}."
        )
        self.setToolTip(words)

    def _fill(self, chosen: TrainingPace) -> None:
        blocked = self.blockSignals(True)
        self.clear()
        for pace in (WATCHABLE, FULL_SPEED):
            self._add(pace)
        self.insertSeparator(self.count())
        exact = {exactly(rate) for rate in OFFERED}
        if chosen.is_exact:
            exact.add(chosen)
        for pace in sorted(exact, key=lambda p: p.steps_per_s, reverse=True):
            self._add(pace)
        self.insertSeparator(self.count())
        self.addItem(self._ask.text())
        self.setItemData(
            self.count() - 1, self._ask.toolTip(), Qt.ItemDataRole.ToolTipRole
        )
        self.blockSignals(blocked)
        self.updateGeometry()

    def _add(self, pace: TrainingPace) -> None:
        self.addItem(pace.words, pace)
        if tip := _TIPS.get(pace):
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        pace = self.itemData(index)
        if isinstance(pace, TrainingPace):
            self._pace.choose(pace)

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        if not isinstance(self.itemData(index), TrainingPace):
            self._show_pace()
            self._ask.trigger()
