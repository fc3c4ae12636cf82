"""Reads a dataset before a run needs it: off the GUI thread, with progress."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.threads.seldom import seldom
from microgpt_gui.session.datasets import inspect_dataset

if TYPE_CHECKING:
    from microgpt_gui.gui.threads.background import Check, Tell
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.datasets import DatasetReport


class DatasetInspection(QObject):
    """Inspects one dataset at a time; belongs to the GUI thread.

    Attributes:
        share: What has been read of it, from 0 to 1; 0 until that takes long.

    Signals:
        progressed: ``share`` is another one.
        succeeded: What was found (DatasetReport).
        failed: It came to an end (why, for people: str).
    """

    progressed = Signal()
    succeeded = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.share = 0.0
        self._background = Background("dataset", self)
        self._background.succeeded.connect(self.succeeded)
        self._background.failed.connect(self.failed)
        self._background.progressed.connect(self._on_background_progressed)

    @property
    def is_active(self) -> bool:
        """Whether an answer is still to come."""
        return self._background.is_active

    def start(self, text: RunConfig) -> None:
        """Begin with the text of these settings; one under way is given up."""
        self.share = 0.0
        self._background.start_telling(partial(_inspect, text))

    def cancel(self) -> None:
        """Give up what is under way, if anything; no signal follows."""
        self._background.cancel()

    def shut_down(self) -> None:
        """Give up, and wait for the thread; takes a moment at most."""
        self._background.shut_down()

    @Slot(object)
    def _on_background_progressed(self, news: tuple[float]) -> None:
        (self.share,) = news
        self.progressed.emit()


def _inspect(text: RunConfig, check: Check, tell: Tell) -> DatasetReport:
    tell_seldom = seldom(tell, at_once=False)
    return inspect_dataset(text.dataset, check, tell_seldom, text.reading)
