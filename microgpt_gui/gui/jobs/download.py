"""The window's side of a download: off the GUI thread, with progress and cancel."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.session.datasets import download_dataset

if TYPE_CHECKING:
    from microgpt_gui.gui.threads.background import Check, Tell

#: Progress is told of at most 20 times a second.
_PROGRESS_S = 0.05


class DatasetDownload(QObject):
    """Fetches datasets into the cache, one at a time; belongs to the GUI thread.

    Attributes:
        key: The dataset being fetched, or empty.

    Signals:
        progressed: Bytes received, and bytes in all or 0 where that is not known.
        succeeded: The dataset of this key is in the cache (str).
        failed: It is not (key: str, why, for people: str).
    """

    progressed = Signal(int, int)
    succeeded = Signal(str)
    failed = Signal(str, str)

    def __init__(self, parent: QObject | None = None, timeout_s: float = 30.0) -> None:
        super().__init__(parent)
        self.key = ""
        self._timeout_s = timeout_s
        self._background = Background("download", self)
        self._background.succeeded.connect(self._on_background_succeeded)
        self._background.failed.connect(self._on_background_failed)
        self._background.told.connect(self._on_background_told)

    def start(self, key: str) -> None:
        """Begin to fetch a dataset; a download under way is given up."""
        self.key = key
        self._background.start_telling(partial(self._fetch, key))

    def cancel(self) -> None:
        """Give up the download under way, if any; what is in the cache stays."""
        self.key = ""
        self._background.cancel()

    def shut_down(self) -> None:
        """Give up, and wait for the thread; takes a moment at most."""
        self.key = ""
        self._background.shut_down()

    def _fetch(self, key: str, check: Check, tell: Tell) -> None:
        """Download; on the thread."""
        told_s = float("-inf")

        def tell_seldom(received: int, total: int | None) -> None:
            nonlocal told_s
            now_s = time.monotonic()
            if now_s - told_s >= _PROGRESS_S or received == total:
                told_s = now_s
                tell(received, total or 0)

        download_dataset(key, tell_seldom, check, self._timeout_s)

    @Slot(object)
    def _on_background_told(self, news: tuple[int, int]) -> None:
        self.progressed.emit(*news)

    @Slot(object)
    def _on_background_succeeded(self, _result: object) -> None:
        key, self.key = self.key, ""
        self.succeeded.emit(key)

    @Slot(str)
    def _on_background_failed(self, message: str) -> None:
        key, self.key = self.key, ""
        self.failed.emit(key, message)
