"""A window in a process of its own that copies a figure and closes."""

import sys

from PySide6.QtCore import QTimer

from microgpt_gui import app
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.window.copying import Copying
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig


class CopiesOnce(app.Playground):
    """Does a step, and copies the loss of it."""

    def __init__(self, preferences):
        super().__init__(preferences)
        self.copying = self.window.findChild(Copying)
        self.copying.told.connect(self.window.close)
        self.copying.failed.connect(print)
        self.timer = QTimer(self.window, interval=20)
        self.timer.timeout.connect(self.copy)
        self.timer.start()
        self.run.prepared.connect(self.run.step_once)

    def copy(self):
        if self.run.step and self.run.info is not None:
            self.timer.stop()
            panels = self.window.docks.panels
            [loss] = [panel for panel in panels if isinstance(panel, LossPanel)]
            self.copying.take_aim(loss)
            self.copying.copy.trigger()


Preferences(asks_before_closing=False).write()
app.Playground = CopiesOnce
sys.exit(app.open_window(RunConfig(dataset="elements", steps=60)))
