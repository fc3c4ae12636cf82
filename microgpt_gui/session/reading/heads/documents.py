"""On which documents heads are measured: those not learnt from, where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from microgpt_gui.session.unseen import unseen

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.run_info import RunInfo

#: So many documents are measured, where there are as many.
WANTED = 100

#: Fewer that are not learnt from say too little: then others are taken.
LEAST = 20


class Kind(Enum):
    """Which documents they are."""

    NEVER = "no step of the run learns from"  # up to its planned end
    NOT_YET = "no step so far has learnt from"
    ANY = "training has learnt from, too, since too few others are left"


@dataclass(frozen=True, slots=True)
class MeasuredDocuments:
    """Documents, and which they are: the first of their kind in the shuffled order."""

    kind: Kind
    texts: tuple[str, ...]


def measured_documents(
    info: RunInfo, step: int, check: Callable[[], None] = lambda: None
) -> MeasuredDocuments:
    """Return the documents to measure heads on: the first WANTED of their kind.

    Those that no step of the whole run learns from, if there are WANTED of them: so
    that all moments of a run are measured alike. Else those that no step so far has
    learnt from, if there are LEAST of them. Else all, in the shuffled order.

    Args:
        info: Of the run.
        step: Steps done.
        check: Called often; what it raises ends the work.
    """
    learnt = info.segment_learnt(step)
    end = max(step, learnt.config.steps)
    never = unseen(info, end, check)
    if len(never) >= WANTED:
        return MeasuredDocuments(Kind.NEVER, never.first(WANTED))
    left = unseen(info, step, check)
    if len(left) >= LEAST:
        return MeasuredDocuments(Kind.NOT_YET, left.first(WANTED))
    docs = learnt.docs
    texts = tuple(docs[place] for place in range(min(WANTED, len(docs))))
    return MeasuredDocuments(Kind.ANY, texts)
