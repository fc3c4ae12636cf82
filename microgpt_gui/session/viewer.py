"""What can be seen of a model at rest: its attention over a text, and its samples."""

from __future__ import annotations

import math
import random
from array import array
from itertools import chain
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.engine.sampling import Unpredictable, sample_tokens
from microgpt_gui.session.other_case import in_alphabet, said_of_case
from microgpt_gui.session.snapshot import (
    BOS_LABEL,
    Look,
    Sample,
    SampleBatch,
    Weights,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.data.vocabulary import Vocabulary
    from microgpt_gui.engine.base import Attention, CancelToken, Engine
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.snapshot import SampleRequest


class Viewer:
    """Looks into an engine and draws from it, in the terms of its run's text.

    Belongs to the engine's thread. Nothing here trains.
    """

    def __init__(
        self,
        run_id: int,
        engine: Engine,
        vocabulary: Vocabulary,
        cancel: CancelToken,
    ) -> None:
        self._run_id = run_id
        self._engine = engine
        self._vocabulary = vocabulary
        self._cancel = cancel

    def look(self, text: str, segment: Segment) -> Look:
        """Return the weights, and the attention over ``text`` or the run's document.

        With no text it is the run's own document: the one learnt last, or the first
        one before any step. A text longer than the block is cut; a text with a letter
        that is not in the vocabulary brings the document, unless the vocabulary has it
        in the other case, which is taken; ``note`` says so.

        Args:
            text: What is wanted.
            segment: That the step learnt last belongs to.
        """
        engine, vocabulary = self._engine, self._vocabulary
        document = segment.document_of(max(engine.steps_done - 1, 0))
        shown = in_alphabet(text, vocabulary.chars) or document
        problem, note = "", said_of_case(text, shown) if text else ""
        try:
            ids = vocabulary.encode(shown)
        except CorpusError as error:
            text, note, problem, shown = "", "", str(error), document
            ids = vocabulary.encode(document)
        room = engine.config.block_size - 1
        is_document = not text
        if len(ids) > room and not is_document:
            problem = (
                f"block_size {engine.config.block_size} has room for BOS and {room} "
                f"characters: the last {len(ids) - room} are not shown"
            )
        ids = ids[:room]
        return Look(
            step=engine.steps_done,
            text=shown,
            labels=(BOS_LABEL, *(vocabulary.chars[i] for i in ids)),
            attention=self._attention([vocabulary.bos, *ids]),
            is_document=is_document,
            weights=self._weights(),
            problem=problem,
            note=note,
        )

    def _attention(self, tokens: list[int]) -> Attention:
        engine = self._engine
        try:
            return engine.forward(tokens).attention
        except RUNAWAY_ERRORS:  # weights at the end of the numbers
            head = tuple((math.nan,) * (i + 1) for i in range(len(tokens)))
            return ((head,) * engine.config.n_head,) * engine.config.n_layer

    def _weights(self) -> tuple[Weights, ...]:
        # One by one: the window waits while an array is made.
        return tuple(
            Weights(name, len(rows), len(rows[0]), array("d", list(chain(*rows))))
            for name, rows in self._engine.parameters().items()
        )

    def samples(
        self, request: SampleRequest, stream: random.Random, segment: Segment
    ) -> Iterator[SampleBatch]:
        """Draw samples, yielding all drawn so far after each.

        A letter of the prompt that the vocabulary has in its other case alone is taken
        in that one. A request that cannot be met yields one batch whose ``problem``
        says why. Do not train until the iterator is used up, or the samples come from
        different weights.

        Args:
            request: What to draw.
            stream: The run's own, used up for requests that name no seed.
            segment: That the step learnt last belongs to.
        """
        if request.seed is not None:
            stream = random.Random(request.seed)
        drawn: list[Sample] = []
        taken = in_alphabet(request.prompt, self._vocabulary.chars)
        try:
            prompt = self._vocabulary.encode(taken)
            for number in range(1, request.count + 1):
                drawn.append(self.sample(stream, request.temperature, prompt, segment))
                is_complete = number == request.count
                yield self._batch(request, drawn, is_complete, taken=taken)
        except Unpredictable as error:
            yield self._batch(request, drawn, True, problem=str(error))
        except ValueError as error:
            yield self._batch(request, drawn, True, problem=f"Prompt: {error}")

    def prepare(self, segment: Segment, tell: Callable[[float], None]) -> None:
        """Do now what the first sample would take its time for.

        Args:
            segment: See `samples`.
            tell: Called often with the share that is done, from 0 to 1.
        """
        segment.dataset.corpus.lookup.prepare(
            self._engine.config.block_size, self._cancel.check, tell
        )

    def sample(
        self,
        stream: random.Random,
        temperature: float,
        prompt: list[int],
        segment: Segment,
    ) -> Sample:
        """Draw one sample that begins with the tokens of ``prompt``."""
        self._cancel.check()
        drawn = sample_tokens(self._engine, stream, temperature, prompt)
        text = self._vocabulary.decode(drawn.tokens)
        chances = [*drawn.probabilities[len(prompt) :]]
        if drawn.end is not None:
            chances.append(drawn.end)
        is_valid = segment.dataset.is_valid
        return Sample(
            text=text,
            probabilities=drawn.probabilities,
            log_probability=math.fsum(map(math.log, chances)),
            # Of longer documents, training sees no more than their beginning.
            is_known=segment.dataset.corpus.lookup.holds(
                text, self._engine.config.block_size, self._cancel.check
            ),
            is_valid=None if is_valid is None else is_valid(text),
        )

    def _batch(
        self,
        request: SampleRequest,
        drawn: list[Sample],
        is_complete: bool,
        problem: str = "",
        taken: str = "",
    ) -> SampleBatch:
        return SampleBatch(
            run_id=self._run_id,
            request=request,
            step=self._engine.steps_done,
            samples=tuple(drawn),
            is_complete=is_complete,
            problem=problem,
            taken=taken,
        )
