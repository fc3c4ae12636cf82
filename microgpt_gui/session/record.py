"""All of a run in one frozen value: to go on, to show any moment again, to save."""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.parameters import flattened
from microgpt_gui.engine.state import EngineState
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import visible
from microgpt_gui.session.figures import Figures
from microgpt_gui.session.segment import Segment, segment_of, with_segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.engine.base import CancelToken
    from microgpt_gui.session.config import RunConfig


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A run between two steps. Nobody writes to what it holds.

    Attributes:
        segments: What held from which step on; the first starts at step 0.
        chars: The alphabet, sorted; BOS follows it.
        stream: Of the run's random stream, as `random.Random.getstate` gives it.
        state: After the last step done.
        keyframes: Earlier states, by step; the first is of step 0.
        figures: Of every step done.
    """

    segments: tuple[Segment, ...]
    chars: str
    stream: tuple[Any, ...]
    state: EngineState
    keyframes: tuple[EngineState, ...]
    figures: Figures

    @property
    def config(self) -> RunConfig:
        """The settings in force at the end."""
        return self.segments[-1].config

    @property
    def steps_done(self) -> int:
        """Steps trained."""
        return self.state.steps_done

    def cut(self, state: EngineState) -> RunRecord:
        """Return the run as it was when it had this ``state``, an earlier one."""
        step = state.steps_done
        begun = segment_of(self.segments, max(step - 1, 0)).start
        return replace(
            self,
            segments=tuple(s for s in self.segments if s.start <= begun),
            state=state,
            keyframes=tuple(k for k in self.keyframes if k.steps_done <= step),
            figures=self.figures.first(step),
        )

    def going_on(self, segment: Segment) -> RunRecord:
        """Return the run with ``segment`` in force from its end on.

        Raises:
            CorpusError: The segment's text has a character that the model has not.
        """
        chars = segment.dataset.corpus.vocabulary.chars
        if strange := "".join(c for c in chars if c not in self.chars):
            raise CorpusError(
                f"{isolated(segment.dataset.title)} is spelled with characters that "
                f"this model has no tokens for: {isolated(_spelt(strange[:20]))}. It "
                f"was made for {len(self.chars)} characters, "
                f"{isolated(_spelt(self.chars[:60]))}, and another text must do with "
                "these."
            )
        return replace(self, segments=with_segment(self.segments, segment))


def _spelt(chars: str) -> str:
    return " ".join(map(visible, chars))


def first_record(
    config: RunConfig,
    dataset: LoadedCorpus,
    cancel: CancelToken,
    tell: Callable[[float], None] = lambda _share: None,
) -> RunRecord:
    """Return a run before its first step.

    One stream shuffles the documents and then draws the weights, as in the script.

    Args:
        config: Its settings.
        dataset: Its text.
        cancel: Stops it on the way.
        tell: Called often with the share of the documents that are shuffled.

    Raises:
        ConfigError: A setting cannot be used.
        Cancelled: ``cancel`` was cancelled on the way.
    """
    config = config.of_new_run()
    segment = Segment.begin(0, config, dataset, cancel.check, tell)
    stream = random.Random()
    stream.setstate(segment.docs.stream)
    chars = dataset.corpus.vocabulary.chars
    model = config.model(dataset.corpus.vocabulary.size)
    weights = flattened(model, initial_parameters(model, stream, cancel))
    zeros = array("d", bytes(weights.itemsize * len(weights)))
    return RunRecord(
        segments=(segment,),
        chars=chars,
        stream=stream.getstate(),
        state=EngineState(0, weights, zeros, zeros),
        keyframes=(),
        figures=Figures(),
    )
