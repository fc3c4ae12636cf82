"""One model, one corpus, one random stream; whoever calls `step` owns the pace."""

from __future__ import annotations

import copy
import math
import random
from dataclasses import replace
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus import CorpusError
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.fingerprint import parameters_sha256
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.sampling import sample_tokens
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.snapshot import (
    BOS_LABEL,
    Look,
    RunInfo,
    Sample,
    SampleBatch,
    SampleRequest,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.session.config import RunConfig


class Run:
    """A training run. Belongs to one thread at a time.

    Attributes:
        info: What is known from the start.
        config: The settings in force; differs from ``info.config`` after `change`.
        cancel: Stops a long step, look or sample from another thread.

    Raises:
        ConfigError, CorpusError: The settings or the text cannot be used.
        Cancelled: ``cancel`` was cancelled on the way.
    """

    def __init__(
        self,
        config: RunConfig,
        run_id: int = 0,
        cancel: CancelToken | None = None,
        dataset: LoadedCorpus | None = None,
    ) -> None:
        """Prepare the run; ``dataset`` spares reading ``config.dataset`` once more."""
        self.config = config
        self.cancel = cancel or CancelToken()
        self._dataset = dataset or load_dataset(config.dataset, self.cancel.check)
        self._corpus = self._dataset.corpus
        docs = list(self._corpus.docs)
        self._stream = random.Random(config.seed)
        self._stream.shuffle(docs)
        self._known = frozenset(docs)
        model = config.model(self._corpus.vocab_size)
        parameters = initial_parameters(model, self._stream, self.cancel)
        self._engine = ENGINES[config.engine](
            model, parameters, config.adam(), self.cancel
        )
        self.info = RunInfo(
            run_id=run_id,
            config=config,
            title=self._dataset.title,
            docs=tuple(docs),
            chars=self._corpus.chars,
            num_params=model.num_params,
        )

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
        step = self._engine.steps_done
        ids = self._corpus.encode(self.info.document_of(step))
        bos = self._corpus.bos
        return self._engine.train_step(
            [bos, *ids, bos], self.config.learning_rate_at(step)
        )

    def change(self, *, learning_rate: float, steps: int) -> None:
        """Take up new values of the settings that need no new model."""
        self.config = replace(self.config, learning_rate=learning_rate, steps=steps)

    def look(self, text: str) -> Look:
        """Return the attention over ``text``, or over the run's own document if empty.

        That document is the one learnt last, or the first one before any step. A text
        longer than the block is cut; a text with a letter that is not in the
        vocabulary brings the document, and ``problem`` says so.
        """
        problem = ""
        document = self.info.document_of(max(self.steps_done - 1, 0))
        shown = text or document
        try:
            ids = self._corpus.encode(shown)
        except CorpusError as error:
            problem, shown = str(error), document
            ids = self._corpus.encode(document)
        room = self.config.block_size - 1
        is_document = not text or bool(problem)
        if len(ids) > room and not is_document:
            problem = (
                f"block_size {self.config.block_size} has room for BOS and {room} "
                f"characters: the last {len(ids) - room} are not shown"
            )
        ids = ids[:room]
        return Look(
            step=self.steps_done,
            text=shown,
            labels=(BOS_LABEL, *(self._corpus.chars[i] for i in ids)),
            attention=self._engine.forward([self._corpus.bos, *ids]).attention,
            is_document=is_document,
            problem=problem,
        )

    def samples(self, request: SampleRequest) -> Iterator[SampleBatch]:
        """Draw samples, yielding all drawn so far after each; training is untouched.

        A request that cannot be met yields one batch whose ``problem`` says why. Do not
        train until the iterator is used up, or the samples come from different weights.
        """
        stream = (
            copy.copy(self._stream)
            if request.seed is None
            else random.Random(request.seed)
        )
        drawn: list[Sample] = []
        try:
            prompt = self._corpus.encode(request.prompt)
            for number in range(1, request.count + 1):
                drawn.append(self._sample(stream, request.temperature, prompt))
                yield self._batch(request, drawn, number == request.count)
        except ValueError as error:
            yield self._batch(request, drawn, True, problem=f"Prompt: {error}")

    def script_samples(self, count: int, temperature: float) -> Iterator[str]:
        """Draw samples from the run's own stream, as the script does at its end."""
        for _ in range(count):
            yield self._sample(self._stream, temperature, []).text

    def parameters_sha256(self) -> str:
        """Return the sum over the parameters that the golden runs record."""
        return parameters_sha256(self._engine.parameters())

    def _sample(
        self, stream: random.Random, temperature: float, prompt: list[int]
    ) -> Sample:
        self.cancel.check()
        drawn = sample_tokens(self._engine, stream, temperature, prompt)
        text = self._corpus.decode(drawn.tokens)
        chances = [*drawn.probabilities[len(prompt) :]]
        if drawn.end is not None:
            chances.append(drawn.end)
        is_valid = self._dataset.is_valid
        return Sample(
            text=text,
            probabilities=drawn.probabilities,
            log_probability=math.fsum(map(math.log, chances)),
            is_known=text in self._known,
            is_valid=None if is_valid is None else is_valid(text),
        )

    def _batch(
        self,
        request: SampleRequest,
        drawn: list[Sample],
        is_complete: bool,
        problem: str = "",
    ) -> SampleBatch:
        return SampleBatch(
            run_id=self.info.run_id,
            request=request,
            step=self.steps_done,
            samples=tuple(drawn),
            is_complete=is_complete,
            problem=problem,
        )
