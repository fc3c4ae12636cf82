"""A window in a process of its own that trains until it is killed.

Prints a line once its run is kept safe: the losses up to there can be compared.
"""

import sys

from PySide6.QtCore import QObject, Slot

from microgpt_gui.app import Playground
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig


class Teller(QObject):
    """Says when enough is kept."""

    def __init__(self, playground, parent):
        super().__init__(parent)
        self._run = playground.run
        playground.window.autosaver.kept.connect(self._on_kept)

    @Slot()
    def _on_kept(self):
        print("kept", self._run.step, flush=True)


playground = Playground(Preferences())
playground.window.show()
playground.run.start(RunConfig(dataset=sys.argv[1], steps=100_000, n_embd=8, n_head=2))
playground.run.train()
teller = Teller(playground, playground.window)
playground.window.autosaver.start(every_ms=100)
playground.app.exec()
