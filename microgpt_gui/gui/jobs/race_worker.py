"""Drives a `Race` on its own thread, in slices between turns of its event loop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.engine.memory_words import too_large
from microgpt_gui.gui.run.collection import CollectionGap
from microgpt_gui.session.publisher import PUBLISH_S

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.race import Race


class RaceWorker(QObject):
    """Lives on the race's thread; talk to it only through signals.

    Attributes:
        gap: Where the window may collect garbage.

    Signals:
        published: News, at most 30 times a second (race_id: int, RaceNews).
        ended: Everyone has arrived or given up (race_id: int).
        failed: There is no race (race_id: int, why, for people: str).
    """

    published = Signal(int, object)
    ended = Signal(int)
    failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.gap = CollectionGap(self)
        self._race: Race | None = None
        self._race_id = 0
        self._told_s = float("-inf")
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timer)

    @Slot(object, object, int, int, object)
    def begin(
        self,
        config: RunConfig,
        entrants: tuple[str, ...],
        steps: int,
        race_id: int,
        cancel: CancelToken,
    ) -> None:
        """Prepare a race and start it, dropping the current one. See `Race`."""
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.race import Race

        self.stop()
        self._race_id = race_id
        try:
            self._race = Race(config, entrants, steps, cancel)
        except Cancelled:
            return
        except MemoryError as error:
            self.failed.emit(race_id, too_large(error, "this race"))
            return
        except Exception as error:  # a bad file must not kill the thread
            self.failed.emit(race_id, str(error) or type(error).__name__)
            return
        self._publish()
        self._timer.start()

    @Slot()
    def rest(self) -> None:
        """Stop all clocks after the step in hand."""
        self._timer.stop()
        self._publish()

    @Slot()
    def go_on(self) -> None:
        """Race on after `rest`."""
        if self._race is not None:
            self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Drop the race, if there is one; tells its last news."""
        self.rest()
        self._race = None

    @Slot()
    def _on_timer(self) -> None:
        race = self._race
        if race is None:
            self._timer.stop()
            return
        try:
            race.advance()
        except Cancelled:
            self.stop()
            return
        if race.is_over:
            self.stop()
            self.ended.emit(self._race_id)
        elif time.monotonic() - self._told_s >= PUBLISH_S:
            self._publish()
        self.gap.pass_by()

    def _publish(self) -> None:
        if self._race is not None:
            self.published.emit(self._race_id, self._race.news())
            self._told_s = time.monotonic()
