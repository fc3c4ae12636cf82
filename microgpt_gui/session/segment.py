"""A stretch of a run that follows one set of settings and one text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.session.shuffled import Shuffled, shuffled
from microgpt_gui.session.split import held_out_of, split

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.session.config import RunConfig


@dataclass(frozen=True, slots=True)
class Segment:
    """What holds from one step on, up to the next segment's first step or the end.

    A run begins with one. A live change begins another, and so does going on from an
    earlier moment with other settings.

    Attributes:
        start: The first step (from 0) that it holds for.
        config: The settings.
        dataset: Where the documents come from.
        docs: They, shuffled: step s learns from docs[s % num_trained].
    """

    start: int
    config: RunConfig
    dataset: LoadedCorpus
    docs: Shuffled

    @classmethod
    def begin(
        cls,
        start: int,
        config: RunConfig,
        dataset: LoadedCorpus,
        check: Callable[[], None] = lambda: None,
        tell: Callable[[float], None] = lambda _share: None,
    ) -> Segment:
        """Return a segment with its documents shuffled as ``config.seed`` decides.

        See `shuffled` for ``check`` and ``tell``.

        Raises:
            ConfigError: See `split`.
        """
        split(config, len(dataset.corpus.docs))  # before the seconds of shuffling
        docs = shuffled(dataset.corpus.docs, config.seed, check, tell)
        return cls(start, config, dataset, docs)

    def changed(self, start: int, config: RunConfig) -> Segment:
        """Return one of the same documents, in the same order."""
        return replace(self, start=start, config=config)

    @property
    def num_held_out(self) -> int:
        """How many of the last of ``docs`` no step learns from."""
        return held_out_of(self.config.held_out, len(self.docs))

    @property
    def num_trained(self) -> int:
        """How many documents are trained on: the first of ``docs``, over and over."""
        return self.config.train_documents or len(self.docs) - self.num_held_out

    def place_of(self, step: int) -> int:
        """Return where in ``docs`` the document stands that ``step`` learns from."""
        return step % self.num_trained

    def places_of(self, start: int, stop: int) -> tuple[range, ...]:
        """Return where in ``docs`` the steps from ``start`` up to ``stop`` learn."""
        if stop - start >= self.num_trained:
            return (range(self.num_trained),)
        first, end = self.place_of(start), self.place_of(stop)
        if first <= end:
            return (range(first, end),)
        return (range(end), range(first, self.num_trained))

    def document_of(self, step: int) -> str:
        """Return the document that ``step`` (from 0) learns from."""
        return self.docs[self.place_of(step)]


def segment_of(segments: Sequence[Segment], step: int) -> Segment:
    """Return the segment that ``step`` (from 0) belongs to."""
    return next(s for s in reversed(segments) if s.start <= step)


def with_segment(segments: Sequence[Segment], new: Segment) -> tuple[Segment, ...]:
    """Return ``segments`` with ``new`` in place of what came from its start on."""
    return (*(s for s in segments if s.start < new.start), new)
