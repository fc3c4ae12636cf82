"""What is known of a run before its first step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.segment import segment_of

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.shuffled import Shuffled


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What is known of a run before its first step."""

    run_id: int  # grows with every new run: lets the window drop late arrivals
    segments: tuple[Segment, ...]  # what held from which step on; the last is in force
    chars: str  # the alphabet, sorted; BOS follows it
    num_params: int
    stream: tuple[Any, ...]  # of its random numbers, as training leaves it
    first_step: int = 0  # steps that were done when it began

    @classmethod
    def of(cls, record: RunRecord, run_id: int = 0) -> RunInfo:
        """Return what is known of a run that goes on from ``record``."""
        return cls(
            run_id=run_id,
            segments=record.segments,
            chars=record.chars,
            num_params=len(record.state.parameters),
            stream=record.stream,
            first_step=record.steps_done,
        )

    @property
    def config(self) -> RunConfig:
        """The settings it began with."""
        return self.segments[-1].config

    @property
    def title(self) -> str:
        """What people call the dataset."""
        return self.segments[-1].dataset.title

    @property
    def docs(self) -> Shuffled:
        """The documents, shuffled."""
        return self.segments[-1].docs

    @property
    def vocab_size(self) -> int:
        """Number of token ids: the characters and BOS."""
        return len(self.chars) + 1

    def document_of(self, step: int) -> str:
        """Return the document that ``step`` (from 0) learns from."""
        return segment_of(self.segments, step).document_of(step)

    def segment_learnt(self, step: int) -> Segment:
        """Return what the newest of ``step`` steps learnt with; of none, the first."""
        return segment_of(self.segments, max(step - 1, 0))
