"""Brings back moments of recorded runs, on a thread beside the training."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.engine.base import Cancelled, CancelToken
from microgpt_gui.engine.memory_words import too_large
from microgpt_gui.gui.run.draw_in_slices import DRAW_NEWS_S
from microgpt_gui.gui.threads.seldom import seldom
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.replay import Replay
from microgpt_gui.session.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.snapshot import RunInfo, SampleRequest


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """A step of a recorded run, wanted until ``cancel`` is cancelled."""

    info: RunInfo
    recorder: Recorder
    step: int  # steps done
    cancel: CancelToken


class ReplayWorker(QObject):
    """Lives on the replay thread; talk to it only through signals.

    Signals:
        looked: The attention of a moment (Moment, Look).
        sampled: Samples of a moment, perhaps with more to come (Moment, SampleBatch).
        loading: What share of another text is loaded, if that takes long (Moment,
            share: float, from 0 to 1).
        recorded: A run as it was at a moment (Moment, RunRecord).
        refused: That could not be done (Moment, why, for people: str).
    """

    looked = Signal(object, object)
    sampled = Signal(object, object)
    loading = Signal(object, float)
    recorded = Signal(object, object)
    refused = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._replay: Replay | None = None

    @Slot(object, str)
    def look(self, moment: Moment, text: str) -> None:
        """Look at the attention over ``text``."""

        def answer() -> None:
            self.looked.emit(moment, self._at(moment).look(text))

        self._guarded(moment, answer)

    @Slot(object, object)
    def sample(self, moment: Moment, request: SampleRequest) -> None:
        """Draw samples."""

        def answer() -> None:
            told_s = float("-inf")
            for batch in self._at(moment).samples(request):
                now_s = time.monotonic()
                if batch.is_complete or now_s - told_s >= DRAW_NEWS_S:
                    self.sampled.emit(moment, batch)
                    told_s = now_s

        self._guarded(moment, answer)

    @Slot(object, object)
    def record(self, moment: Moment, config: RunConfig | None) -> None:
        """Cut the run there; with ``config``, let it go on with those settings."""

        def answer() -> None:
            record = self._at(moment).record()
            if config is not None:
                last = record.segments[-1]
                if config.dataset == last.config.dataset:
                    segment = last.changed(moment.step, config)
                else:
                    segment = self._another(moment, config)
                record = record.going_on(segment)
            self.recorded.emit(moment, record)

        self._guarded(moment, answer)

    def _another(self, moment: Moment, config: RunConfig) -> Segment:
        """Return what goes on from there with another text."""
        tell = seldom(partial(self.loading.emit, moment), at_once=False)
        check = moment.cancel.check
        dataset = load_dataset(
            config.dataset,
            check,
            lambda share: tell(share / 2),
            reading=config.reading,
        )
        return Segment.begin(
            moment.step, config, dataset, check, lambda share: tell((1 + share) / 2)
        )

    @Slot()
    def forget(self) -> None:
        """Let the model go."""
        self._replay = None

    def _at(self, moment: Moment) -> Replay:
        replay = self._replay
        if replay is None or not replay.repeats(moment.info, moment.recorder):
            replay = self._replay = Replay(moment.info, moment.recorder)
        replay.follow(moment.info)
        replay.go_to(moment.step, moment.cancel)
        return replay

    def _guarded(self, moment: Moment, answer: Callable[[], None]) -> None:
        try:
            moment.cancel.check()
            answer()
        except Cancelled:
            return
        except MemoryError as error:
            self.refused.emit(moment, too_large(error, "this moment"))
        except Exception as error:  # the thread must live on
            self.refused.emit(moment, str(error) or type(error).__name__)
