"""Other moments of a run than the one that is read: brought back once, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.moments.moment import Moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.moments.replay import Replay
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo

#: What the moments that are kept may take together; but so many are kept in any case,
#: or a view of several would bring each back again and again.
BUDGET_BYTES, LEAST_KEPT = 32 * 2**20, 16


class Past:
    """The moments that were asked for last, as long as there is room for them.

    Belongs to one thread at a time.
    """

    def __init__(self, recorder: Recorder) -> None:
        self.recorder = recorder
        self._kept: dict[int, Moment] = {}  # by step; the newest asked for last
        self._bytes = 0

    def moment(
        self, step: int, info: RunInfo, replay: Replay, check: Callable[[], None]
    ) -> Moment:
        """Return the run's model after ``step`` steps.

        A keyframe is at hand; what lies between two of them is replayed.

        Args:
            step: From 0 to the steps that are recorded.
            info: Of the run, as it is known now.
            replay: Goes to any step of it.
            check: Called often; what it raises ends the work.

        Raises:
            LookupError: That step is not recorded.
        """
        kept = self._kept.pop(step, None)
        if kept is not None:
            self._kept[step] = kept
            return kept
        check()
        keyframe = replay.keyframe(step, CheckedBy(check))
        if keyframe.steps_done == step:
            # The recorder mostly has its weights: then they cost nothing here.
            return Moment.of(info, step, keyframe.parameters)
        replay.go_to(step, CheckedBy(check))
        moment = replay.moment()
        self._keep(moment)
        return moment

    def _keep(self, moment: Moment) -> None:
        self._kept[moment.step] = moment
        self._bytes += _size(moment)
        while self._bytes > BUDGET_BYTES and len(self._kept) > LEAST_KEPT:
            oldest = next(iter(self._kept))
            self._bytes -= _size(self._kept.pop(oldest))


def _size(moment: Moment) -> int:
    return moment.weights.itemsize * len(moment.weights)
