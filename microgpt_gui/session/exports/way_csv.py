"""A token's way through the model as a table: every number of every stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports.tables import table
from microgpt_gui.session.reading.inside.stages import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay

#: What a row holds.
NUMBER, LENGTH, SCALE, LENS = "number", "length", "scale", "logit lens"

_HEADER = (
    "position",
    "token",
    "stage",
    "name",
    "layer",
    "head",
    "quantity",
    "index",
    "of",
    "value",
)


def way_csv(way: TokenWay, check: Callable[[], None]) -> Iterator[str]:
    """Yield the numbers of a way, to the last digit, in the order of its stages.

    Columns: position, from 0, and token of what goes the way; stage, its id, and name;
    layer and head, from 1, empty where it has none; quantity; index, from 0; of: the
    token that a number is of, or looked at; value. Quantity is "number", or what is
    known of a whole stage: its Euclidean "length", what an rmsnorm multiplies with, its
    "scale", and at each stage of the residual stream the "logit lens": probabilities by
    lm_head and softmax, which the model itself takes after its last layer alone.

    Args:
        way: What to write.
        check: Called now and then; what it raises ends the work.
    """
    return table(_HEADER, _rows(way), check)


def _rows(way: TokenWay) -> Iterator[Sequence[object]]:
    whose = way.position, way.labels[way.position]
    for stage in way.stages:
        layer = "" if stage.layer is None else stage.layer + 1
        start = *whose, stage.id, stage.name, layer
        for part, numbers in enumerate(way.numbers[stage.id]):
            head = part + 1 if stage.parts > 1 or stage.width is None else ""
            for index, value in enumerate(numbers):
                of = _of(way, stage, index)
                yield *start, head, NUMBER, index, of, repr(value)
        yield *start, "", LENGTH, "", "", repr(way.length(stage.id))
        if stage.id in way.scales:
            yield *start, "", SCALE, "", "", repr(way.scales[stage.id])
        for token, chance in enumerate(way.readouts.get(stage.id, ())):
            yield *start, "", LENS, token, way.label_of(token), repr(chance)


def _of(way: TokenWay, stage: Stage, index: int) -> str:
    """Return the token that a number is of, or that is looked at."""
    if stage.width is None:
        return way.labels[index]
    is_by_token = stage.layer is None and stage.kind in (Kind.PRODUCT, Kind.SOFTMAX)
    return way.label_of(index) if is_by_token else ""
