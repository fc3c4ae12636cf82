"""How fast the run is to train, and what comes of that, for all of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.run.training_pace import FULL_SPEED, PaceInForce, TrainingPace

if TYPE_CHECKING:
    from microgpt_gui.gui.run.trainer_link import TrainerLink


class RunPace(QObject):
    """On the GUI thread; reach it as ``run.pace``.

    Attributes:
        chosen: The person's choice; as long as nobody has made one, full speed.
        in_force: What the trainer makes of it; of the newest news, or of nothing.

    Signals:
        changed: ``chosen`` changed.
    """

    changed = Signal()

    def __init__(self, link: TrainerLink, parent: QObject) -> None:
        super().__init__(parent)
        self.chosen = FULL_SPEED
        self.in_force = PaceInForce()
        self._link = link
        link.paced.connect(self._on_link_paced)

    def choose(self, pace: TrainingPace) -> None:
        """Train at ``pace`` from now on, this run and those to come."""
        if pace != self.chosen:
            self.chosen = pace
            self.forget()
            self.changed.emit()
            self._link.set_pace.emit(pace)

    def forget(self) -> None:
        """Know nothing of what is in force: what was says nothing of what comes."""
        self.in_force = PaceInForce()

    @Slot(object)
    def _on_link_paced(self, in_force: PaceInForce) -> None:
        self.in_force = in_force
