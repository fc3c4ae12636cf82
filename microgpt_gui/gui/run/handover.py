"""Moments that the trainer hands over when it is asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from microgpt_gui.gui.run.trainer_link import TrainerLink


class Handover(QObject):
    """How samples get their weights; on the GUI thread, as ``run.handover``.

    The newest moment that comes by itself is ``run.moment``.

    Signals:
        taken: The model after the step in hand, as `request` asked for it (Moment).
        fell_due: The model of which samples are due, see `fall_due_every` (Moment).
    """

    taken = Signal(object)
    fell_due = Signal(object)

    def __init__(self, link: TrainerLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        link.moment_taken.connect(self.taken)
        link.fell_due.connect(self.fell_due)

    @property
    def spent_s(self) -> float:
        """CPU time of the trainer that all moments have taken so far, in seconds."""
        return self._link.watched_s

    def request(self) -> None:
        """Ask for the model as it is after the step in hand: `taken`."""
        self._link.take_moment.emit()

    def fall_due_every(self, steps: int) -> None:
        """Let samples fall due every ``steps`` steps of training; 0 never.

        Those that would take more than their share of the time are left out, but for
        the ones at the end of the run; so say what each took, to `note_drawn`.
        """
        self._link.fall_due_every.emit(steps)

    def note_drawn(self, took_s: float) -> None:
        """Tell that samples that fell due are drawn, and how long it took."""
        self._link.note_drawn(took_s)
