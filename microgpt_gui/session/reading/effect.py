"""What an alteration does: losses, odds and samples, as they are and what if."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.session.reading.document_losses import document_losses, mean_loss
from microgpt_gui.session.reading.next_letter import next_letter
from microgpt_gui.session.reading.reader import Reader, never
from microgpt_gui.session.reading.samples import samples
from microgpt_gui.session.reading.shown_text import shown_text
from microgpt_gui.session.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.session.moments.alteration import Alteration
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.next_letter import NextLetter
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.sample_batch import SampleRequest

#: So many documents are read between two answers: then others have their turn.
_BLOCK = 25


@dataclass(frozen=True, slots=True)
class Side:
    """What one of the two models says.

    Attributes:
        loss: Mean over the documents of their losses, in nats; NaN of none.
        text_loss: Of the text that is read, in nats, as a document; NaN of none.
        letter: What comes after the text, or after BOS, at temperature 1.
        samples: What it writes; empty as long as nothing is drawn.
    """

    loss: float = math.nan
    text_loss: float = math.nan
    letter: NextLetter | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What an alteration does to a moment, as far as that is computed.

    Attributes:
        step: Steps done.
        alteration: What is altered.
        own: The model as it is.
        altered: The scratch copy, with the same documents, text, seed and temperature.
        documents: How many documents not trained on both have read.
        left: How many there are.
        problem: Why there are none; for people.
        text: What `Side.text_loss` is of.
        is_document: It is the moment's document, nothing that was typed.
        request: What the samples were drawn with.
        is_complete: Nothing is still to come.
    """

    step: int
    alteration: Alteration
    own: Side
    altered: Side
    documents: int
    left: int
    problem: str
    text: str
    is_document: bool
    request: SampleRequest
    is_complete: bool = False

    def changes(self, most: int) -> list[tuple[str, float, float]]:
        """Return the tokens whose odds change most: label, probability, what if.

        Args:
            most: So many of them; the largest change first.
        """
        own, altered = self.own.letter, self.altered.letter
        if own is None or altered is None or not (own.own and altered.own):
            return []
        pairs = list(zip(own.own, altered.own, strict=True))
        order = sorted(range(len(pairs)), key=lambda t: -abs(pairs[t][1] - pairs[t][0]))
        return [(own.label_of(token), *pairs[token]) for token in order[:most]]


def effects(
    moment: Moment,
    alteration: Alteration,
    info: RunInfo,
    text: str,
    request: SampleRequest,
    documents: int,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> Iterator[Effect]:
    """Yield what ``alteration`` does, each time with more of it computed.

    Args:
        moment: As it is.
        alteration: What to do to a scratch copy of it.
        info: Of its run.
        text: What is read; see `shown_text`. The odds are those after it.
        request: What to draw; a count of documents for each of the two.
        documents: How many documents not trained on to read, at most.
        check: Called often; what it raises ends the work.
        reader: May have both models at hand.

    Raises:
        LookupError: The model has not all that is altered.
    """
    reader = reader or Reader()
    copy, copy_reader = reader.scratch(moment, alteration)
    two = (moment, reader), (copy, copy_reader)
    shown = shown_text(moment, text, reader.open(moment, check).vocabulary)
    texts = [shown.text] if shown.text else []  # none, where it is not at hand
    left = unseen(info, moment.step, check)
    sides = [
        Side(
            text_loss=mean_loss(document_losses(m, texts, check)),
            letter=next_letter(m, info, text, 1.0, request.seed, 0, check, r),
        )
        for m, r in two
    ]
    told = Effect(
        step=moment.step,
        alteration=alteration,
        own=sides[0],
        altered=sides[1],
        documents=0,
        left=len(left),
        problem=left.problem,
        text=shown.text,
        is_document=shown.is_document,
        request=request,
    )
    yield told
    for more in _with_losses(told, (moment, copy), left.first(documents), check):
        told = more
        yield told
    drawn = []
    for m, r in two:
        texts = []
        for batch in samples(m, info, request, check, r):
            texts = [sample.text for sample in batch.samples]
            yield told  # nothing new, but others have their turn
        drawn.append(tuple(texts))
    yield replace(
        told,
        own=replace(told.own, samples=drawn[0]),
        altered=replace(told.altered, samples=drawn[1]),
        is_complete=True,
    )


def _with_losses(
    effect: Effect,
    two: tuple[Moment, Moment],
    documents: tuple[str, ...],
    check: Callable[[], None],
) -> Iterator[Effect]:
    """Yield ``effect`` with the losses of more and more ``documents``."""
    losses: tuple[list[float], list[float]] = [], []
    while (done := len(losses[0])) < len(documents):
        block = documents[done : done + _BLOCK]
        for found, moment in zip(losses, two, strict=True):
            found += document_losses(moment, block, check)
        yield replace(
            effect,
            own=replace(effect.own, loss=mean_loss(losses[0])),
            altered=replace(effect.altered, loss=mean_loss(losses[1])),
            documents=len(losses[0]),
        )
