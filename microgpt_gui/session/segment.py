"""A stretch of a run that follows one set of settings and one text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.session.shuffled import Shuffled, shuffled

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
        docs: They, shuffled: step s learns from docs[s % len(docs)].
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
        """
        docs = shuffled(dataset.corpus.docs, config.seed, check, tell)
        return cls(start, config, dataset, docs)

    def changed(self, start: int, config: RunConfig) -> Segment:
        """Return one of the same documents, in the same order."""
        return replace(self, start=start, config=config)

    def document_of(self, step: int) -> str:
        """Return the document that ``step`` (from 0) learns from."""
        return self.docs[step % len(self.docs)]


def segment_of(segments: Sequence[Segment], step: int) -> Segment:
    """Return the segment that ``step`` (from 0) belongs to."""
    return next(s for s in reversed(segments) if s.start <= step)


def with_segment(segments: Sequence[Segment], new: Segment) -> tuple[Segment, ...]:
    """Return ``segments`` with ``new`` in place of what came from its start on."""
    return (*(s for s in segments if s.start < new.start), new)
