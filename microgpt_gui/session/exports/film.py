"""The attention of a run from its beginning to now, moment by moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.moments.replay import Replay
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run_info import RunInfo
from microgpt_gui.session.segment import segment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.reading.text import TextReading
    from microgpt_gui.session.record import RunRecord


def film_steps(last: int, count: int) -> tuple[int, ...]:
    """Return ``count`` steps evenly from 0 to ``last``, or all where there are fewer.

    Args:
        last: Steps done, at least 0.
        count: At least 1; a film of one moment shows the last.
    """
    if count == 1:
        return (last,)
    gaps = min(count - 1, last)
    return tuple(round(i * last / gaps) for i in range(gaps + 1)) if gaps else (0,)


def film_looks(
    record: RunRecord, text: str, steps: Sequence[int], check: Callable[[], None]
) -> Iterator[TextReading]:
    """Yield the attention over one text at each of ``steps``.

    Every state is the run's own, done again from the nearest keyframe; nothing is
    interpolated.

    Args:
        record: The run.
        text: What is read in every frame; empty for the document learnt last.
        steps: Ascending, from 0 to the steps done.
        check: Called often; what it raises ends the work.
    """
    cancel = CheckedBy(check)
    if not text:
        at = max(record.steps_done - 1, 0)
        text = segment_of(record.segments, at).document_of(at)
    recorder = Recorder.of(record)
    replay = Replay(RunInfo.of(record), recorder)
    for step in steps:
        replay.go_to(step, cancel)
        yield read_text(replay.moment(), text, check)
