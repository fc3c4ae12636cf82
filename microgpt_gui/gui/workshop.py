"""What a window works on: the run, the moment of it that is shown, the runs before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.comparison import Comparison
from microgpt_gui.gui.moments.timeline import Timeline
from microgpt_gui.gui.run.controller import RunController
from microgpt_gui.gui.shelf.shelf import RunShelf

if TYPE_CHECKING:
    from microgpt_gui.gui.run.loading import Loading


class Workshop(QObject):
    """Builds them and joins them; lives on the GUI thread. Call `shut_down` at the end.

    Attributes:
        run: The run that trains.
        shelf: The runs that gave way to it.
        timeline: Which moment of the run is shown.
        comparison: What is seen of a run beside it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run = RunController(self)
        self.timeline = Timeline(run, self)
        self.shelf = RunShelf(run, self)
        self.comparison = Comparison(run, self.shelf, self)
        self.timeline.forked.connect(self.shelf.note_fork)
        run.open_thread()

    @property
    def loading(self) -> Loading:
        """How far the run is on its way."""
        return self.run.loading

    def shut_down(self) -> None:
        """Stop all threads, in mid-step if need be, and wait for them."""
        self.run.forget()
        for part in (self.timeline, self.comparison, self.shelf, self.run):
            part.shut_down()
