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


class DatasetInspection(Background):
    """Inspects one dataset at a time.

    Attributes:
        share: What has been read of it, from 0 to 1; 0 until that takes long.

    Signals:
        progressed: ``share`` is another one.
        succeeded: What was found (DatasetReport).
        failed: It came to an end (why, for people: str).
    """

    progressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("dataset", parent)
        self.share = 0.0
        self.told.connect(self._on_told)

    def inspect(self, text: RunConfig) -> None:
        """Begin with the text of these settings; one under way is given up."""
        self.share = 0.0
        self.start_telling(partial(_inspect, text))

    @Slot(object)
    def _on_told(self, news: tuple[float]) -> None:
        (self.share,) = news
        self.progressed.emit()


def _inspect(text: RunConfig, check: Check, tell: Tell) -> DatasetReport:
    tell_seldom = seldom(tell, at_once=False)
    return inspect_dataset(text.dataset, check, tell_seldom, text.reading)
