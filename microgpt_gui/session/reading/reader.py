"""The model of a moment, made once and kept while the same moment is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.machine_code.at_hand import key_at_hand
from microgpt_gui.session.moments.altered import altered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.base import Forward, Model
    from microgpt_gui.engine.trace import Trace
    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.moments.learnt_step import LearntStep
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.moments.past import Past
    from microgpt_gui.session.moments.replay import Replay
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo

    Check = Callable[[], None]


def never() -> None:
    """Let any work go on to its end."""


class Opened(NamedTuple):
    """A moment that can be read."""

    model: Model  # ends its work where the check that it was opened with raises
    vocabulary: Vocabulary


class Reader:
    """Opens moments, of one run or of many. Belongs to one thread at a time.

    What reads a moment may be given one of these: then the next reading of an equal
    moment has no model to build. Readings may take turns, each with a check of its own.

    Attributes:
        norms_by_step: Of the run's matrices, as far as they were asked for; see `norms`
            of `reading.weights`.
    """

    def __init__(self, recorder: Recorder | None = None) -> None:
        """Have nothing open.

        Args:
            recorder: Of the run whose steps are asked for, if any are.
        """
        self.norms_by_step: dict[int, tuple[float, ...]] = {}
        self._recorder = recorder
        self._replay: Replay | None = None
        self._past: Past | None = None
        self._learnt: LearntStep | None = None
        self._moment: Moment | None = None
        self._relay = _Relay()
        self._opened: Opened | None = None
        self._scratch: Reader | None = None
        self._altered: tuple[Moment, Moment] | None = None  # of the first, the second

    def open(self, moment: Moment, check: Check = never) -> Opened:
        """Return ``moment``, ready to be read by its run's own arithmetic.

        Args:
            moment: What to read.
            check: Called often while the model reads; what it raises ends that.
        """
        opened = self._opened
        if opened is None or self._moment != moment:
            self._opened = None  # let it go before there are two
            self._relay = _Relay()
            self._relay.check = check
            engine = ENGINES[key_at_hand(moment.config.engine)]
            opened = Opened(
                engine.model(moment.model, moment.weights, self._relay.ask),
                Vocabulary(moment.chars),
            )
            self._opened = opened
        self._moment = moment  # the newest of equal ones: they are the same the sooner
        return Opened(
            _CheckedModel(opened.model, self._relay, check), opened.vocabulary
        )

    def scratch(self, moment: Moment, alteration: Alteration) -> tuple[Moment, Reader]:
        """Return a scratch copy of ``moment``, and who has its model at hand.

        Both stay beside the moment's own: to ask in turns builds nothing anew.

        Raises:
            LookupError: See `altered`.
        """
        if self._scratch is None:
            self._scratch = _ScratchReader(self)
        kept = self._altered
        if kept is None or kept[0] != moment or kept[1].alteration != alteration:
            kept = self._altered = moment, altered(moment, alteration)
        return kept[1], self._scratch

    def replay(self, info: RunInfo) -> Replay:
        """Return what goes to any step of the recorded run.

        Args:
            info: Of the run, as it is known now.

        Raises:
            LookupError: No run is recorded.
        """
        recorder = self.recorder()
        if self._replay is None:
            # Not at the top: nobody goes back before the window stands.
            from microgpt_gui.session.moments.replay import Replay

            self._replay = Replay(info, recorder)
        self._replay.follow(info)
        return self._replay

    def recorder(self) -> Recorder:
        """Return what takes the run down.

        Raises:
            LookupError: No run is recorded.
        """
        if self._recorder is None:
            raise LookupError("the run of this moment is not at hand")
        return self._recorder

    def past(self, step: int, info: RunInfo, check: Check = never) -> Moment:
        """Return the recorded run's moment after ``step`` steps; some are kept.

        Args:
            step: From 0 to the steps that are recorded.
            info: Of the run, as it is known now.
            check: Called often; what it raises ends the work.

        Raises:
            LookupError: That step, or the run, is not recorded.
        """
        if self._past is None:
            from microgpt_gui.session.moments.past import Past  # as in `replay`

            self._past = Past(self.recorder())
        return self._past.moment(step, info, self.replay(info), check)

    def step_of(
        self, moment: Moment, info: RunInfo, check: Check = never
    ) -> LearntStep:
        """Return what the step did that made ``moment``, of the recorded run.

        Raises:
            LookupError: No step made it, or the run is not recorded.
        """
        learnt = self._learnt
        if learnt is None or learnt.step != moment.step:
            replay = self.replay(info)
            learnt = self._learnt = replay.learn(moment.step, CheckedBy(check))
        return learnt


class _ScratchReader(Reader):
    """Opens scratch copies; of what the run did, it knows what the run's own knows."""

    def __init__(self, own: Reader) -> None:
        super().__init__()
        self._own = own

    def replay(self, info: RunInfo) -> Replay:
        """See `Reader`."""
        return self._own.replay(info)

    def recorder(self) -> Recorder:
        """See `Reader`."""
        return self._own.recorder()

    def past(self, step: int, info: RunInfo, check: Check = never) -> Moment:
        """See `Reader`."""
        return self._own.past(step, info, check)

    def step_of(
        self, moment: Moment, info: RunInfo, check: Check = never
    ) -> LearntStep:
        """See `Reader`."""
        return self._own.step_of(moment, info, check)


def opened(moment: Moment, check: Check, reader: Reader | None) -> Opened:
    """Return ``moment`` as ``reader`` opens it, or a new one where there is none."""
    return (reader or Reader()).open(moment, check)


class _Relay:
    """Asks whoever uses the model now whether to go on."""

    def __init__(self) -> None:
        self.check: Check = never

    def ask(self) -> None:
        self.check()


class _CheckedModel:
    """See `Model`. One reading's view of a model that others may read in between."""

    def __init__(self, model: Model, relay: _Relay, check: Check) -> None:
        self.config = model.config
        self._model = model
        self._relay = relay
        self._check = check

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Model`."""
        self._relay.check = self._check
        return self._model.forward(tokens)

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Model`."""
        self._relay.check = self._check
        return self._model.trace(tokens)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Model`."""
        self._relay.check = self._check
        read = self._model.start_sequence()

        def checked(token: int) -> list[float]:
            self._relay.check = self._check
            return read(token)

        return checked
