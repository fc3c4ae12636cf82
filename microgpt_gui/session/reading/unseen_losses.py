"""The loss on documents not trained on, in the course of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.session.reading.document_losses import document_losses, mean_loss
from microgpt_gui.session.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.question import Asked

#: The loss is that of so many documents, the first of those not trained on.
DOCUMENTS = 200

#: A curve has about so many points, at most.
_POINTS = 50

#: Multiplications between two chances to do something else: some 20 ms of them.
_SLICE = 3e7


@dataclass(frozen=True, slots=True)
class UnseenLosses:
    """Losses on the same documents at several steps.

    Attributes:
        end: No step up to this one learns from the documents.
        documents: How many they are.
        of: Of how many that no step up to the end learns from they are the first.
        is_held_out: Whether the run holds them out, whatever the end.
        losses: After so many steps (done), the mean over the documents of the mean of
            -log p(next token) over the positions of a document, in nats.
        problem: Why there are no documents; for people.
    """

    end: int
    documents: int = 0
    of: int = 0
    is_held_out: bool = False
    losses: tuple[tuple[int, float], ...] = ()
    problem: str = ""


def points(end: int) -> tuple[int, ...]:
    """Return the steps (done) at which a run up to ``end`` is measured.

    They are fixed by the end alone: 0, the multiples of the least of 1, 2, 5, 10, 20,
    50 and so on that makes no more than 50, and the end.
    """
    spacing, factors = 1, (2, 2.5, 2)
    number = 0
    while end > spacing * _POINTS:
        spacing = round(spacing * factors[number % 3])
        number += 1
    return tuple(sorted({*range(0, end + 1, spacing), end}))


@dataclass(frozen=True, slots=True)
class UnseenLossesQuestion:
    """The loss, at some steps of the run, on documents that no step learns from.

    The reader must have the run's recorder: the moments are brought back.

    Attributes:
        end: The documents are the first of those that `unseen` says for this step: the
            run's planned end, so that all points are of the same documents.
        steps: Steps done, ascending, each recorded.
        documents: How many, at most.
    """

    end: int
    steps: tuple[int, ...]
    documents: int = DOCUMENTS

    def answers(self, asked: Asked) -> Iterator[UnseenLosses]:
        """Yield what is known so far, again and again. See `Question`."""
        info, check = asked.info, asked.check
        found = unseen(info, self.end, check)
        documents = found.first(self.documents, check)
        losses: list[tuple[int, float]] = []

        def so_far() -> UnseenLosses:
            return UnseenLosses(
                end=self.end,
                documents=len(documents),
                of=len(found),
                is_held_out=found.is_held_out,
                losses=tuple(losses),
                problem=found.problem,
            )

        said = so_far()
        yield said
        if not documents:
            return
        # Not at the top: nobody goes back before the window stands.
        from microgpt_gui.session.moments.replay import Replay

        # One of its own: the reader's stays where other questions want it.
        recorder, cancel, at = asked.reader.recorder(), CheckedBy(check), 0
        replay = Replay(info, recorder)
        for step in self.steps:
            # Step by step: keyframes may be far apart, and others want their turn.
            for between in range(max(at, recorder.nearest(step).steps_done), step):
                replay.go_to(between, cancel)
                yield said
            replay.go_to(step, cancel)
            at = step
            moment = replay.moment()
            size = _size(moment)
            parts: list[float] = []
            for start in range(0, len(documents), size):
                parts += document_losses(moment, documents[start : start + size], check)
                if start + size < len(documents):
                    yield said
            losses.append((step, mean_loss(parts)))
            yield (said := so_far())


def _size(moment: Moment) -> int:
    """Return how many documents may be read in one go."""
    model = moment.model
    return max(1, int(_SLICE / (model.num_params * model.block_size)))
