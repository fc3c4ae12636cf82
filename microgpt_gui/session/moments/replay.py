"""Brings back any moment of a recorded run, to the last bit."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine import DEFAULT_ENGINE, ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.machine_code.at_hand import COMPILED, key_at_hand
from microgpt_gui.session.moments.learnt_step import LearntStep
from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.moments.waypoints import WAY_S, Waypoints
from microgpt_gui.session.record import RunRecord, first_record
from microgpt_gui.session.segment import segment_of
from microgpt_gui.session.text_ahead import TextAhead

if TYPE_CHECKING:
    from microgpt_gui.engine.base import Engine
    from microgpt_gui.engine.config import AdamConfig
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.engine.steps import StepsAhead
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo


class Replay:
    """A model of its own that goes to any step of a run, while that may train on.

    Belongs to one thread at a time, which need not be the training thread.
    """

    def __init__(self, info: RunInfo, recorder: Recorder) -> None:
        """Stand ready; nothing is computed yet.

        Args:
            info: Of the run.
            recorder: What has taken it down.
        """
        self._recorder = recorder
        self._vocabulary = Vocabulary(info.chars)
        self._text_ahead = TextAhead(self._vocabulary)
        self._waypoints = Waypoints()
        self._cancel = _Relay()
        self._engine: Engine | None = None
        self._arithmetic: tuple[str, AdamConfig] | None = None  # of that engine
        self.follow(info)

    def follow(self, info: RunInfo) -> None:
        """Take up what is known of the run now, after a live change."""
        self._info = info

    def repeats(self, info: RunInfo, recorder: Recorder) -> bool:
        """Return whether this is the run that ``recorder`` takes down."""
        return recorder is self._recorder and info.run_id == self._info.run_id

    def go_to(self, step: int, cancel: CancelToken) -> None:
        """Bring back the state after ``step`` steps.

        Args:
            step: From 0 to the steps that are recorded.
            cancel: Stops it on the way.

        Raises:
            LookupError: That step is not recorded.
            Cancelled: ``cancel`` was cancelled; the next `go_to` begins afresh.
        """
        self._check_recorded(step)
        self._cancel.token = cancel
        start = self.keyframe(step, cancel)
        nearer = self._waypoints.nearest(step)
        if nearer is not None and nearer.steps_done > start.steps_done:
            start = nearer
        engine, self._engine = self._engine, None  # spent, if this is cancelled
        if engine is None or not start.steps_done <= engine.steps_done <= step:
            engine = self._engine_at(start, engine)
        began_s = time.thread_time()
        while engine.steps_done < step:
            cancel.check()
            engine, ahead = self._next_of(engine, step)
            engine.train_steps(ahead, time.monotonic() + WAY_S)
            if time.thread_time() - began_s >= WAY_S:
                self._waypoints.add(engine.state())
                began_s = time.thread_time()
        self._engine = engine

    def keyframe(self, step: int, cancel: CancelToken) -> EngineState:
        """Return the newest state at hand that is not after ``step``.

        Of a run that has not begun to be taken down, the first one is made anew.

        Args:
            step: From 0 to the steps that are recorded.
            cancel: Stops it on the way.
        """
        if step or self._recorder.keyframes():
            return self._recorder.nearest(step)
        first = self._info.segments[0]
        return first_record(first.config, first.dataset, cancel).state

    def learn(self, step: int, cancel: CancelToken) -> LearntStep:
        """Go to ``step``, at least 1, and say what the last step on the way has done.

        Raises:
            LookupError, Cancelled: See `go_to`.
        """
        self._check_recorded(step, first=1)
        self.go_to(step - 1, cancel)
        before, self._engine = self._at_rest(), None
        state = before.state()
        engine, ahead = self._next_of(before, step)
        tokens, learning_rate = ahead.document(0), ahead.learning_rates[0]
        gradient = engine.gradient(tokens)
        engine.train_step(tokens, learning_rate)
        self._engine = engine
        segment = self._info.segment_learnt(step)
        return LearntStep(
            step=step,
            config=segment.config,
            document=segment.document_of(step - 1),
            tokens=tuple(tokens),
            learning_rate=learning_rate,
            loss=gradient.loss,
            gradient=gradient.numbers,
            gradient_norm=engine.gradient_norm,
            before=state,
            after=engine.state(),
        )

    def _check_recorded(self, step: int, first: int = 0) -> None:
        recorded = len(self._recorder.figures)
        if not first <= step <= recorded:
            raise LookupError(f"step {step} is not one of the {recorded} recorded")

    def _next_of(self, engine: Engine, until: int) -> tuple[Engine, StepsAhead]:
        """Return some of the steps up to ``until``: who does them, and of what.

        Where they have another arithmetic than ``engine``, it is another's.
        """
        at = engine.steps_done
        segments = self._info.segments
        segment = segment_of(segments, at)
        if _arithmetic(segment.config) != self._arithmetic:
            engine = self._engine_at(engine.state(), engine)
        end = min((s.start for s in segments if s.start > at), default=until)
        ahead = self._text_ahead.steps(segment, at, min(end, until) - at)
        noted = self._recorder.figures.learning_rates[at : at + len(ahead)]
        return engine, replace(ahead, learning_rates=noted)

    def state(self) -> EngineState:
        """Return the state gone to."""
        return self._at_rest().state()

    def moment(self) -> Moment:
        """Return the model gone to."""
        engine = self._at_rest()
        return Moment.of(self._info, engine.steps_done, engine.weights())

    def record(self) -> RunRecord:
        """Return the run as it was at the moment gone to."""
        state = self.state()
        whole = RunRecord(
            segments=self._info.segments,
            chars=self._info.chars,
            stream=self._info.stream,
            state=state,
            keyframes=self._recorder.keyframes(),
            figures=self._recorder.figures,
        )
        return whole.cut(state)

    def _at_rest(self) -> Engine:
        if self._engine is None:
            raise LookupError("no moment of the run is at hand: go to one first")
        return self._engine

    def _engine_at(self, state: EngineState, engine: Engine | None) -> Engine:
        """Return an engine in ``state`` that repeats what comes next in the run.

        ``engine`` is used again if it is the right one.
        """
        config = segment_of(self._info.segments, state.steps_done).config
        arithmetic = name, adam = _arithmetic(config)
        if engine is None or arithmetic != self._arithmetic:
            model = config.model(self._vocabulary.size)
            parameters = unflattened(model, state.parameters)
            engine = ENGINES[name](model, parameters, adam, self._cancel)
            self._arithmetic = arithmetic
        if state.steps_done or engine.steps_done:
            engine.load_state(state)
        return engine


def _arithmetic(config: RunConfig) -> tuple[str, AdamConfig]:
    """Return the quickest engine that gives the run's numbers, and Adam's constants."""
    key = key_at_hand(config.engine)
    if ENGINES[key].identical and key != COMPILED:
        key = DEFAULT_ENGINE
    return key, config.adam()


class _Relay(CancelToken):
    """Passes on what the token of the moment says: an engine outlives many."""

    def __init__(self) -> None:
        super().__init__()
        self.token = CancelToken()

    def check(self) -> None:
        """See `CancelToken`."""
        self.token.check()
