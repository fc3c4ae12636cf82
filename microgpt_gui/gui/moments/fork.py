"""A run that goes on from an earlier moment of another, with other settings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from microgpt_gui.engine.memory_words import too_large
from microgpt_gui.gui.threads.background import Background

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.gui.threads.background import Check, Tell
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord


class Fork(Background):
    """Makes one at a time; the newest wish wins.

    Signals:
        progressed: Its text takes long (share loaded, from 0 to 1: float).
        succeeded: There it is (RunRecord).
        failed: It cannot be made (why, for people: str).
    """

    progressed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__("fork", parent)
        self.told.connect(self._on_told)

    def fork(self, place: Place, config: RunConfig) -> None:
        """Let the run of ``place`` go on from there with ``config``.

        What that cannot change (the model's sizes, the seed) must be the run's own.
        """
        self.start_telling(partial(_forked, place, config))

    @Slot(object)
    def _on_told(self, news: tuple[float]) -> None:
        self.progressed.emit(*news)


def _forked(place: Place, config: RunConfig, check: Check, tell: Tell) -> RunRecord:
    try:
        return _made(place, config, check, tell)
    except MemoryError as error:
        raise ValueError(too_large(error, "this moment")) from error


def _made(place: Place, config: RunConfig, check: Check, tell: Tell) -> RunRecord:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.gui.threads.seldom import seldom
    from microgpt_gui.session.datasets import load_dataset
    from microgpt_gui.session.moments.recorded import record_at
    from microgpt_gui.session.segment import Segment

    record = record_at(place.info, place.recorder, place.step, check)
    last = record.segments[-1]
    if config.dataset == last.config.dataset:
        return record.going_on(last.changed(place.step, config))
    told = seldom(tell, at_once=False)
    dataset = load_dataset(
        config.dataset, check, lambda share: told(share / 2), reading=config.reading
    )
    segment = Segment.begin(
        place.step, config, dataset, check, lambda share: told((1 + share) / 2)
    )
    return record.going_on(segment)
