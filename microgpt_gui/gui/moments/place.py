"""Where a moment is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.session.reading.shown_text import text_shown

if TYPE_CHECKING:
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.shown_text import ShownText
    from microgpt_gui.session.recorder import Recorder
    from microgpt_gui.session.run_info import RunInfo


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A step of a run; whoever has the moment itself at hand says so."""

    info: RunInfo  # with what was in force at that step
    recorder: Recorder  # takes the run down: by it the moment is brought back
    step: int  # steps done
    moment: Moment | None = None  # where it need not be brought back

    def is_same(self, other: Place | None) -> bool:
        """Return whether that is the same step of the same run."""
        return (
            other is not None
            and self.step == other.step
            and self.info.run_id == other.info.run_id
            and self.recorder is other.recorder
        )

    def shown_text(self, text: str) -> ShownText:
        """Return what is read here where ``text`` is asked for."""
        learnt = self.info.segment_learnt(self.step)
        return text_shown(
            text,
            learnt.document_of(max(self.step - 1, 0)),
            learnt.config.block_size,
            Vocabulary(self.info.chars),
        )
