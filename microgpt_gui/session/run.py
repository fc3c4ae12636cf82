"""One model, one corpus, one random stream; whoever calls `step` owns the pace."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.fingerprint import parameters_sha256
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.machine_code.at_hand import has_come, key_at_hand
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.reader import Reader
from microgpt_gui.session.reading.samples import draw, samples
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.record import RunRecord, first_record
from microgpt_gui.session.run_info import RunInfo
from microgpt_gui.session.segment import segment_of, with_segment
from microgpt_gui.session.text_ahead import TextAhead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.engine.base import Engine
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.engine.steps import StepsDone
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.reading.text import TextReading
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.sample_batch import SampleBatch, SampleRequest
    from microgpt_gui.session.segment import Segment


class Run:
    """A training run. Belongs to one thread at a time.

    Attributes:
        info: What is known from the start.
        config: The settings in force; differs from ``info.config`` after `change`.
        segments: What holds from which step on, live changes included.
        cancel: Stops a long step, look or sample from another thread.
        taken_over_at: The steps that were done when the engine of ``config`` took over,
            if another stood in for it.

    Raises:
        ConfigError, CorpusError: The settings or the text cannot be used.
        Cancelled: ``cancel`` was cancelled on the way.
    """

    def __init__(
        self,
        start: RunConfig | RunRecord,
        run_id: int = 0,
        cancel: CancelToken | None = None,
        dataset: LoadedCorpus | None = None,
        recorder: Recorder | None = None,
        tell: Callable[[float], None] = lambda _share: None,
    ) -> None:
        """Prepare a new run, or go on with one as if it had never stopped.

        Args:
            start: The settings of a new run, or what is known of an old one.
            run_id: See `RunInfo`.
            cancel: See the class.
            dataset: Of a new run; spares reading ``start.dataset`` once more.
            recorder: Takes down every step from here on. An old run's steps it must
                hold already, see `Recorder.of`.
            tell: Called often with the share of the preparation that is done, from 0
                to 1: a large text takes seconds.
        """
        self.cancel = cancel or CancelToken()
        if isinstance(start, RunRecord):
            record = start
        else:
            dataset = dataset or load_dataset(
                start.dataset,
                self.cancel.check,
                lambda share: tell(share / 2),
                reading=start.reading,
            )
            record = first_record(
                start, dataset, self.cancel, lambda share: tell((1 + share) / 2)
            )
        self.segments = record.segments
        self.config = record.config
        self._vocabulary = Vocabulary(record.chars)
        self._stream = random.Random()
        self._stream.setstate(record.stream)
        self._text_ahead = TextAhead(self._vocabulary)
        self._recorder = recorder
        self.taken_over_at: int | None = None
        self._engine_key = key_at_hand(self.config.engine)
        self._engine = self._engine_of(self._engine_key, record.state)
        self._reader = Reader()
        self.info = RunInfo.of(record, run_id)

    @property
    def steps_done(self) -> int:
        """Steps trained so far."""
        return self._engine.steps_done

    @property
    def is_finished(self) -> bool:
        """Whether all steps are done."""
        return self.steps_done >= self.config.steps

    def step(self) -> float:
        """Train one step and return its loss, in nats. See `Engine.train_step`."""
        return self.train(1).losses[0]

    def train(self, most: int, until_s: float = math.inf) -> StepsDone:
        """Train some steps: at least one, and at most so many.

        However many are asked for, it is a moderate number, so that there is time for
        what is to be done between two steps.

        Args:
            most: 1 or more.
            until_s: When to come back at the latest; see `Engine.train_steps`.
        """
        self.take_over()
        engine = self._engine
        ahead = self._text_ahead.steps(self.segments[-1], engine.steps_done, most)
        if self._recorder is None:
            return engine.train_steps(ahead, until_s)
        end_s = self._recorder.before_steps(engine)
        done = engine.train_steps(ahead, min(until_s, end_s))
        self._recorder.after_steps(done, ahead.learning_rates)
        return done

    def take_over(self) -> None:
        """Let the engine of ``config`` go on, if it was not at hand before and is now.

        No number changes; each batch of steps begins with this.
        """
        wanted = self.config.engine
        if self._engine_key != wanted and has_come(wanted):
            self._engine = self._engine_of(wanted, self._engine.state())
            self._engine_key = wanted
            self.taken_over_at = self.steps_done

    def change(self, **settings: float) -> None:
        """Take up new values of the settings that need no new model."""
        config = replace(self.config, **settings)  # type: ignore[arg-type]  # by name
        changed = self.segments[-1].changed(self.steps_done, config)
        self.segments = with_segment(self.segments, changed)
        self.config = config

    def prepare_samples(self, tell: Callable[[float], None]) -> None:
        """Do now what the first sample would take its time for, if the text is large.

        Args:
            tell: Called often with the share that is done, from 0 to 1.

        Raises:
            Cancelled: See the class.
        """
        self._segment_learnt.dataset.corpus.lookup.prepare(
            self.config.block_size, self.cancel.check, tell
        )

    def moment(self) -> Moment:
        """Return the model as it stands between two steps."""
        return Moment.of(self._info_now, self.steps_done, self._engine.weights())

    def look(self, text: str) -> TextReading:
        """Return the attention over ``text``. See `read_text`."""
        return read_text(self.moment(), text, self.cancel.check, self._reader)

    def samples(self, request: SampleRequest) -> Iterator[SampleBatch]:
        """Draw samples; training is untouched. See `reading.samples`."""
        info, check = self._info_now, self.cancel.check
        return samples(self.moment(), info, request, check, self._reader)

    def script_samples(self, count: int, temperature: float) -> Iterator[str]:
        """Draw samples from the run's own stream, as the script does at its end."""
        for _ in range(count):
            drawn = draw(
                self._engine,
                self._vocabulary,
                self._segment_learnt,
                self._stream,
                temperature,
                check=self.cancel.check,
            )
            yield drawn.text

    def parameters_sha256(self) -> str:
        """Return the sum over the parameters that the golden runs record."""
        return parameters_sha256(self._engine.parameters())

    def record(self) -> RunRecord:
        """Return all of the run, as it stands between two steps.

        Raises:
            ValueError: The run has no recorder.
        """
        if self._recorder is None:
            raise ValueError("this run was not recorded")
        return RunRecord(
            segments=self.segments,
            chars=self._vocabulary.chars,
            stream=self._stream.getstate(),
            state=self._engine.state(),
            keyframes=self._recorder.keyframes(),
            figures=self._recorder.figures.first(self.steps_done),
        )

    def _engine_of(self, key: str, state: EngineState) -> Engine:
        model = self.config.model(self._vocabulary.size)
        parameters = unflattened(model, state.parameters)
        engine = ENGINES[key](model, parameters, self.config.adam(), self.cancel)
        if state.steps_done:
            engine.load_state(state)
        return engine

    @property
    def _info_now(self) -> RunInfo:
        """What is known of the run now; its stream may have been drawn from."""
        return replace(
            self.info, segments=self.segments, stream=self._stream.getstate()
        )

    @property
    def _segment_learnt(self) -> Segment:
        """The segment that the step learnt last belongs to, or else the first one."""
        return segment_of(self.segments, max(self.steps_done - 1, 0))
