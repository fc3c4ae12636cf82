"""Which moment of a run beside the current one is shown: that of the same step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.moments.place import Place

if TYPE_CHECKING:
    from microgpt_gui.gui.shelf.shelf import RunShelf

#: While the current run trains, its neighbour is asked no closer than this: to bring
#: its moments back takes time from the training.
APART_S = 0.4


class Comparison(QObject):
    """Chooses moments of one run of the shelf. On the GUI thread.

    Signals:
        changed: Another run, or none, is beside the current one.
    """

    changed = Signal()

    def __init__(self, shelf: RunShelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        shelf.compared_changed.connect(self._on_shelf_compared_changed)

    def place_at(self, step: int) -> Place | None:
        """Return where ``step`` is found, or the run's end if that is before.

        None where no run is beside the current one.
        """
        kept = self._shelf.compared
        if kept is None:
            return None
        return Place(kept.info, kept.recorder, min(step, kept.steps))

    @Slot()
    def _on_shelf_compared_changed(self) -> None:
        self.changed.emit()
