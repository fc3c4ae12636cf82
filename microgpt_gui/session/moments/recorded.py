"""A recorded run, its model, and its steps, as they were at an earlier time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.record import first_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.moments.learnt_step import LearntStep
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo


def record_at(
    info: RunInfo,
    recorder: Recorder,
    step: int,
    check: Callable[[], None] = lambda: None,
) -> RunRecord:
    """Return a run as it was after ``step`` steps, while it may train on.

    Settings that wait for the next step are part of it.

    Args:
        info: Of the run, as of that moment.
        recorder: What takes it down.
        step: From 0 to the steps done.
        check: Called often; what it raises ends the work.
    """
    cancel = CheckedBy(check)
    if not recorder.keyframes():  # it has not begun to take anything down
        first = info.segments[0]
        return first_record(first.config, first.dataset, cancel)
    replay = Replay(info, recorder)
    replay.go_to(step, cancel)
    record = replay.record()
    waiting = tuple(s for s in info.segments if s.start == step)
    if waiting and step:
        return replace(record, segments=(*record.segments, *waiting))
    return record


def moment_at(
    info: RunInfo,
    recorder: Recorder,
    step: int,
    check: Callable[[], None] = lambda: None,
) -> Moment:
    """Return a run's model as it was after ``step`` steps, while it may train on.

    Args:
        info: Of the run.
        recorder: What takes it down.
        step: From 0 to the steps that are recorded.
        check: Called often; what it raises ends the work.

    Raises:
        LookupError: That step is not recorded.
    """
    replay = Replay(info, recorder)
    replay.go_to(step, CheckedBy(check))
    return replay.moment()


def step_at(
    info: RunInfo,
    recorder: Recorder,
    step: int,
    check: Callable[[], None] = lambda: None,
) -> LearntStep:
    """Return what the step did that made the moment after ``step`` steps.

    Args:
        info: Of the run.
        recorder: What takes it down.
        step: From 1 to the steps that are recorded.
        check: Called often; what it raises ends the work.

    Raises:
        LookupError: That step is not recorded.
    """
    return Replay(info, recorder).learn(step, CheckedBy(check))
