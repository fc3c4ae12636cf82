"""How a model reads a text: the attention of every head."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.session.reading.reader import never, opened
from microgpt_gui.session.reading.shown_text import shown_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.base import Attention, Model
    from microgpt_gui.engine.trace import Trace
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class TextReading:
    """The attention over a text after ``step`` steps."""

    step: int
    text: str  # these and the labels are those of a `ShownText`
    labels: tuple[str, ...]
    attention: Attention  # [layer][head][query][key]; NaN where numbers ran away
    is_document: bool  # this and what follows, too
    problem: str = ""
    note: str = ""
    trace: Trace | None = None  # every number on the way to it, where that was asked


def read_text(
    moment: Moment,
    text: str,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
    *,
    is_traced: bool = False,
) -> TextReading:
    """Return the attention over ``text``, or over the moment's document.

    Args:
        moment: What reads.
        text: What is wanted; see `shown_text` for what becomes of it.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
        is_traced: Bring every number on the way, too.
    """
    model, vocabulary = opened(moment, check, reader)
    shown = shown_text(moment, text, vocabulary)
    trace = _trace(model, shown.tokens) if is_traced else None
    return TextReading(
        step=moment.step,
        text=shown.text,
        labels=shown.labels,
        attention=_attention_of(trace) if trace else _attention(model, shown.tokens),
        is_document=shown.is_document,
        problem=shown.problem,
        note=shown.note,
        trace=trace,
    )


def _trace(model: Model, tokens: Sequence[int]) -> Trace | None:
    try:
        return model.trace(tokens)
    except RUNAWAY_ERRORS:  # weights at the end of the numbers
        return None


def _attention_of(trace: Trace) -> Attention:
    return tuple(layer.attention for layer in trace.layers)


def _attention(model: Model, tokens: Sequence[int]) -> Attention:
    try:
        return model.forward(tokens).attention
    except RUNAWAY_ERRORS:  # weights at the end of the numbers
        head = tuple((math.nan,) * (i + 1) for i in range(len(tokens)))
        return ((head,) * model.config.n_head,) * model.config.n_layer
