"""How letters are drawn: one temperature and one seed for all views."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from microgpt_gui.session.sample_batch import SampleRequest


class Chance(QObject):
    """What a letter is drawn with, whoever chose it. On the GUI thread.

    Attributes:
        temperature: See `SampleRequest`.
        seed: See `SampleRequest`.

    Signals:
        changed: One of them changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        usual = SampleRequest()
        self.temperature = usual.temperature
        self.seed = usual.seed

    def choose(self, temperature: float, seed: int | None) -> None:
        """Draw with these from now on."""
        if (temperature, seed) != (self.temperature, self.seed):
            self.temperature, self.seed = temperature, seed
            self.changed.emit()
