"""How a text becomes predictions: every number between the two."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.sampling import Unpredictable
from microgpt_gui.session.reading.reader import never, opened
from microgpt_gui.session.reading.shown_text import ShownText, shown_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.trace import Trace
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class TextTrace:
    """A text on its way through a model, after ``step`` steps."""

    step: int
    shown: ShownText  # one token a position of the trace
    trace: Trace  # some of its numbers are none where weights are beyond help
    problem: str = ""  # why it predicts nothing, or the shown text's; for people


def trace_text(
    moment: Moment,
    text: str,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> TextTrace:
    """Return every stage of reading ``text``, or the moment's document.

    Args:
        moment: What reads.
        text: What is wanted; see `shown_text` for what becomes of it.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
    """
    model, vocabulary = opened(moment, check, reader)
    shown = shown_text(moment, text, vocabulary)
    trace = model.trace(shown.tokens)
    is_finite = math.isfinite(sum(map(sum, trace.logits)))
    problem = shown.problem if is_finite else str(Unpredictable())
    return TextTrace(moment.step, shown, trace, problem)
