"""The numbers of one token's way through a model, at every stage."""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.engine.sampling import Unpredictable, softmax
from microgpt_gui.session.reading.inside.stages import stages
from microgpt_gui.session.reading.matrices import Matrix, matrices
from microgpt_gui.session.reading.reader import never, opened
from microgpt_gui.session.reading.shown_text import BOS_LABEL, ShownText, shown_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.base import Model
    from microgpt_gui.engine.trace import ByHead, LayerTrace, Trace, Vector, Vectors
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.reader import Reader


@dataclass(frozen=True, slots=True)
class TokenWay:
    """One token of a text on its way through a model, after ``step`` steps.

    Numbers are those of the run's own engine, but for ``readouts``; NaN where weights
    are beyond help.

    Attributes:
        moment: Of the model.
        shown: The text that is read.
        position: Which of its tokens goes the way, from 0.
        stages: Of the model, in order.
        numbers: Of each stage, by its id: [part][i]; a part is a head, or the only one.
        keys: What all tokens up to this one offer: of each layer, [head][position][i].
        values: Likewise.
        scales: What each rmsnorm multiplies with, by the id of its stage.
        readouts: The residual stream, by the id of its stage, put through lm_head and
            softmax: [token]. The model itself does so after its last layer alone; doing
            it before is called the logit lens (nostalgebraist, 2020).
        problem: Why it predicts nothing, or the shown text's; for people.
    """

    moment: Moment
    shown: ShownText
    position: int
    stages: tuple[Stage, ...]
    numbers: Mapping[str, Vectors]
    keys: tuple[ByHead, ...]
    values: tuple[ByHead, ...]
    scales: Mapping[str, float]
    readouts: Mapping[str, Vector]
    problem: str = ""

    @property
    def step(self) -> int:
        """Steps done."""
        return self.moment.step

    @property
    def text(self) -> str:
        """What is read."""
        return self.shown.text

    @property
    def labels(self) -> tuple[str, ...]:
        """What is read, token by token: BOS, and the letters."""
        return self.shown.labels

    @property
    def is_document(self) -> bool:
        """Whether it is the moment's own text, since no other was asked for."""
        return self.shown.is_document

    @property
    def note(self) -> str:
        """What was changed in the text asked for, to read it; for people."""
        return self.shown.note

    @property
    def chars(self) -> str:
        """The alphabet; a token's id is its place in it, and BOS comes last."""
        return self.moment.chars

    @property
    def token(self) -> int:
        """The id of the token that goes the way."""
        return self.shown.tokens[self.position]

    def stage(self, id: str) -> Stage:
        """Return a stage.

        Raises:
            KeyError: The model has none of this id.
        """
        for stage in self.stages:
            if stage.id == id:
                return stage
        raise KeyError(id)

    @property
    def last_stream(self) -> str:
        """The id of the stage whose stream the model itself puts through lm_head."""
        return self.stages[-3].id

    def flat(self, id: str) -> Vector:
        """Return a stage's numbers as one vector, head after head."""
        return sum(self.numbers[id], ())

    def length(self, id: str) -> float:
        """Return the Euclidean length of a stage's numbers."""
        return math.hypot(*self.flat(id))

    def matrix(self, stage: Stage) -> Matrix:
        """Return the matrix that takes part in a stage.

        Raises:
            KeyError: None does.
        """
        for matrix in matrices(self.moment):
            if matrix.name == stage.matrix:
                return matrix
        raise KeyError(stage.id)

    def label_of(self, token: int) -> str:
        """Return a token's letter; of the last, BOS_LABEL."""
        return self.chars[token] if token < len(self.chars) else BOS_LABEL


def token_way(
    moment: Moment,
    text: str,
    position: int | None = None,
    check: Callable[[], None] = never,
    reader: Reader | None = None,
) -> TokenWay:
    """Return one token's way, of ``text`` or of the moment's document.

    Args:
        moment: What reads.
        text: What is wanted; see `shown_text` for what becomes of it.
        position: Which token, from 0 (BOS); the last one if there are not so many, or
            for None.
        check: Called often; what it raises ends the work.
        reader: May have the moment's model at hand.
    """
    model, vocabulary = opened(moment, check, reader)
    shown = shown_text(moment, text, vocabulary)
    last = len(shown.tokens) - 1
    position = last if position is None else min(position, last)
    order = stages(model.config)
    trace = _trace(model, shown)
    layers = trace.layers if trace else ()
    numbers = _numbers(trace, order, position)
    is_finite = math.isfinite(sum(numbers["probs"][0]))
    return TokenWay(
        moment=moment,
        shown=shown,
        position=position,
        stages=order,
        numbers=numbers,
        keys=tuple(_until(layer.keys, position) for layer in layers),
        values=tuple(_until(layer.values, position) for layer in layers),
        scales=_scales(trace, position) if trace else {},
        readouts=_readouts(moment, order, numbers, check),
        problem=shown.problem if is_finite else str(Unpredictable()),
    )


def ranked(chances: Sequence[float]) -> list[int]:
    """Return all tokens, the likeliest first; of equals, the first in the alphabet."""

    def order(token: int) -> float:
        chance = chances[token]
        return -chance if math.isfinite(chance) else 1.0  # no numbers come last

    return sorted(range(len(chances)), key=order)


def _trace(model: Model, shown: ShownText) -> Trace | None:
    try:
        return model.trace(shown.tokens)
    except RUNAWAY_ERRORS:  # weights at the end of the numbers
        return None


def _until(by_head: ByHead, position: int) -> ByHead:
    return tuple(head[: position + 1] for head in by_head)


def _numbers(
    trace: Trace | None, order: tuple[Stage, ...], at: int
) -> dict[str, Vectors]:
    """Return the numbers of each stage in ``order``; NaN without a trace."""
    if trace is None:
        return {stage.id: _nothing(stage, at) for stage in order}
    found: dict[str, Vectors] = {
        "tok_emb": (trace.token_embeddings[at],),
        "pos_emb": (trace.position_embeddings[at],),
        "embedded": (trace.embedded[at],),
        "norm0": (trace.norm.out[at],),
        "logits": (trace.logits[at],),
        "probs": (trace.probabilities[at],),
    }
    for li, layer in enumerate(trace.layers):
        for id, vectors in _of_layer(layer, at).items():
            found[f"l{li}.{id}"] = vectors
    return {stage.id: found[stage.id] for stage in order}


def _nothing(stage: Stage, at: int) -> Vectors:
    width = at + 1 if stage.width is None else stage.width
    return ((math.nan,) * width,) * stage.parts


def _of_layer(layer: LayerTrace, at: int) -> dict[str, Vectors]:
    by_head: dict[str, ByHead] = {
        "q": layer.queries,
        "k": layer.keys,
        "v": layer.values,
        "scores": layer.scores,
        "weights": layer.attention,
        "heads": layer.heads,
    }
    whole: dict[str, Vectors] = {
        "norm1": layer.norm1.out,
        "joined": layer.joined,
        "attn_out": layer.attn_out,
        "middle": layer.middle,
        "norm2": layer.norm2.out,
        "mlp_in": layer.mlp_in,
        "hidden": layer.hidden,
        "mlp_out": layer.mlp_out,
        "after": layer.after,
    }
    found: dict[str, Vectors] = {id: (rows[at],) for id, rows in whole.items()}
    for id, heads in by_head.items():
        found[id] = tuple(head[at] for head in heads)
    return found


def _scales(trace: Trace, at: int) -> dict[str, float]:
    found = {"norm0": trace.norm.scales[at]}
    for li, layer in enumerate(trace.layers):
        found[f"l{li}.norm1"] = layer.norm1.scales[at]
        found[f"l{li}.norm2"] = layer.norm2.scales[at]
    return found


def _readouts(
    moment: Moment,
    order: tuple[Stage, ...],
    numbers: Mapping[str, Vectors],
    check: Callable[[], None],
) -> dict[str, Vector]:
    """Return what lm_head and softmax make of the stream after each of its stages."""
    (head,) = (matrix for matrix in matrices(moment) if matrix.name == "lm_head")
    columns, values = head.columns, head.numbers
    ends = range(0, head.rows * columns, columns)
    found = {}
    streams = [stage.id for stage in order if stage.is_stream]
    for id in streams[:-1]:
        (x,) = numbers[id]
        logits = []
        for start in ends:
            check()
            logits.append(sum(map(mul, values[start : start + columns], x)))
        found[id] = _softmax(logits)
    found[streams[-1]] = numbers["probs"][0]  # the model's own
    return found


def _softmax(logits: list[float]) -> Vector:
    try:
        return tuple(softmax(logits))
    except RUNAWAY_ERRORS:
        return (math.nan,) * len(logits)
