"""Takes down a run while it trains, so that every moment of it can be shown again.

Training is deterministic: a run is its recipe. From a complete state, a keyframe, the
steps up to any later moment can be done once more and give the same numbers, bit for
bit. So it is enough to keep a state every few steps, and of the steps between what they
were made of: their documents, which the settings decide, and their learning rates.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from microgpt_gui.session.figures import Figures
from microgpt_gui.session.keyframes import Keyframes

if TYPE_CHECKING:
    from array import array

    from microgpt_gui.engine.base import Engine
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.engine.steps import StepsDone
    from microgpt_gui.session.record import RunRecord

#: What the keyframes of a run may take, where nothing else is said.
DEFAULT_BUDGET_BYTES = 256 * 2**20

#: A keyframe is due when the steps since the one before took so long, and steps are
#: done back to back for so long: to do those since a keyframe once more should take no
#: longer than both.
REPLAY_S, BATCH_S = 0.016, 0.008

#: Keyframes are no closer than so many steps: `autograd` is slow, but what it did can
#: be replayed by a faster engine that gives the same numbers.
MIN_SPACING = 4

#: Taking keyframes may use this share of the training time.
KEYFRAME_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a recorder holds."""

    steps: int
    keyframes: int
    size_bytes: int  # of the keyframes
    widest_gap: int  # steps between two keyframes, at most
    budget_bytes: int
    step_s: float | None = None  # what a step takes to train; None while not known

    @property
    def replay_s(self) -> float | None:
        """What it takes to bring back any moment, at most; None while not known."""
        return None if self.step_s is None else self.step_s * self.widest_gap

    def bytes_for(self, replay_s: float) -> int | None:
        """Return what keyframes would take that bring back any moment in this time.

        None while that is not known.

        Args:
            replay_s: Above 0.
        """
        if self.step_s is None or not self.keyframes:
            return None
        needed = self.step_s * self.steps / replay_s
        return int(self.size_bytes / self.keyframes * max(1.0, needed))


class Recorder:
    """The figures of every step, and keyframes.

    The training thread calls `before_steps` and `after_steps`; everything else may be
    called from any thread.

    Attributes:
        figures: Of every step so far. They only grow.
    """

    def __init__(self, budget_bytes: int = DEFAULT_BUDGET_BYTES) -> None:
        self.figures = Figures()
        self._keyframes = Keyframes(budget_bytes)
        self._lock = Lock()
        self._since_s = 0.0  # training time since the newest keyframe
        self._step_s: float | None = None  # what a step took before that
        self._keyframe_s = 0.0  # what the newest keyframe took to make
        self._began_s = 0.0

    @classmethod
    def of(
        cls, record: RunRecord, budget_bytes: int = DEFAULT_BUDGET_BYTES
    ) -> Recorder:
        """Return one that holds what ``record`` does, and can go on from there."""
        recorder = cls(budget_bytes)
        recorder.figures = record.figures.first(len(record.figures))
        states = record.keyframes
        if not states or states[-1].steps_done != record.steps_done:
            states = (*states, record.state)
        recorder._keyframes = Keyframes(budget_bytes, states)
        return recorder

    def before_steps(self, engine: Engine) -> float:
        """Keep the engine's state, if it is time for another keyframe.

        Returns:
            When the steps that come now are to end, by the clock of `time.monotonic`.
        """
        # Time of this thread alone: to wait for the processor or for the interpreter
        # would make a keyframe look dear, and the next ones rare.
        if self._is_due(engine.steps_done):
            began_s = time.thread_time()
            state = engine.state()
            with self._lock:
                if self._since_s:
                    trained = state.steps_done - self._keyframes.newest
                    self._step_s = self._since_s / trained
                self._keyframes.add(state)
            self._keyframe_s = time.thread_time() - began_s
            self._since_s = 0.0
        self._began_s = time.thread_time()
        return time.monotonic() + BATCH_S

    def after_steps(self, done: StepsDone, learning_rates: array[float]) -> None:
        """Note the figures of the steps that were just done.

        Args:
            done: What they found.
            learning_rates: Of at least so many.
        """
        self._since_s += time.thread_time() - self._began_s
        self.figures.extend(done.losses, learning_rates, done.gradient_norms)

    def nearest(self, step: int) -> EngineState:
        """Return the newest keyframe that is not after ``step``.

        Raises:
            LookupError: There is none.
        """
        with self._lock:
            return self._keyframes.nearest(step)

    def keyframes(self) -> tuple[EngineState, ...]:
        """Return all keyframes, oldest first."""
        with self._lock:
            return self._keyframes.all()

    def set_budget(self, budget_bytes: int) -> None:
        """Let the keyframes take so much from now on, and drop what is too much."""
        with self._lock:
            self._keyframes = Keyframes(budget_bytes, self._keyframes.all())

    def holdings(self) -> Holdings:
        """Say what is held."""
        with self._lock:
            kept = self._keyframes
            return Holdings(
                steps=len(self.figures),
                keyframes=len(kept),
                size_bytes=kept.size_bytes,
                widest_gap=kept.widest_gap,
                budget_bytes=kept.budget_bytes,
                step_s=self._step_s,
            )

    def _is_due(self, step: int) -> bool:
        newest = self._keyframes.newest
        if newest < 0:
            return True
        is_far = step - newest >= MIN_SPACING and self._since_s >= REPLAY_S
        return is_far and self._since_s * KEYFRAME_SHARE >= self._keyframe_s
