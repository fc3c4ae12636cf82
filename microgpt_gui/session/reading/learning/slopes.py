"""Is a gradient true? The slope of the loss, measured on both sides of a weight."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.engine.cross_entropy import cross_entropy
from microgpt_gui.session.machine_code.at_hand import key_at_hand
from microgpt_gui.session.moments.altered import place_of
from microgpt_gui.session.reading.reader import never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.moments.alteration import Cell
    from microgpt_gui.session.moments.learnt_step import LearntStep

    #: Which hidden units relu lets through, [layer][position][unit].
    Pattern = tuple[tuple[tuple[bool, ...], ...], ...]

#: How far the weight is moved, to each side.
DISTANCES = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope measured.

    Attributes:
        distance: h, how far the weight was moved to each side.
        below: The loss where the weight is less by h, in nats.
        above: The loss where it is more by h.
        slope: (above - below) / 2 h, in nats by unit of the weight.
        switched: How many hidden units, counted at every layer and position, relu lets
            through on one side and not on the other: there the loss has a corner.
    """

    distance: float
    below: float
    above: float
    slope: float
    switched: int


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """What backward found for a weight, and what is measured.

    All of it is of the step that made a moment: of its document, at the weights before
    its update.

    Attributes:
        step: Steps done with it, at least 1.
        document: What it learnt from.
        cell: The weight.
        weight: Before the step.
        loss: Of the document, in nats.
        gradient: What backward found.
        slopes: From far to near.
        at_corner: How many hidden units get exactly 0 there: relu has no slope at 0.
    """

    step: int
    document: str
    cell: Cell
    weight: float
    loss: float
    gradient: float
    slopes: tuple[Slope, ...] = ()
    at_corner: int = 0

    @property
    def is_unused(self) -> bool:
        """Whether the loss does not depend on the weight at all."""
        is_flat = all(s.below == s.above == self.loss for s in self.slopes)
        return bool(self.slopes) and self.gradient == 0 and is_flat

    @property
    def best(self) -> Slope | None:
        """The slope that is nearest to the gradient; None where none is a number."""
        finite = [s for s in self.slopes if math.isfinite(s.slope)]
        nearest = min(finite, key=self.difference, default=None)
        return nearest

    def difference(self, slope: Slope) -> float:
        """Return how far a slope is from the gradient."""
        return abs(slope.slope - self.gradient)


def gradient_check(
    learnt: LearntStep,
    model: ModelConfig,
    cell: Cell,
    distances: Sequence[float] = DISTANCES,
    check: Callable[[], None] = never,
) -> Iterator[GradientCheck]:
    """Yield what is known of a weight's gradient, each time with one slope more.

    Args:
        learnt: The step.
        model: Its sizes.
        cell: Which weight.
        distances: To be measured at.
        check: Called often; what it raises ends the work.
    """
    place = place_of(model, *cell)
    weights = learnt.before.parameters
    loss, _, at_corner = _loss(learnt, model, weights, check)
    told = GradientCheck(
        step=learnt.step,
        document=learnt.document,
        cell=cell,
        weight=weights[place],
        loss=loss,
        gradient=learnt.gradient[place],
        at_corner=at_corner,
    )
    yield told
    for distance in distances:
        moved = array("d", weights)
        sides = []
        for by in (-distance, distance):
            moved[place] = weights[place] + by
            sides.append(_loss(learnt, model, moved, check))
        (below, one, _), (above, other, _) = sides
        slope = Slope(
            distance=distance,
            below=below,
            above=above,
            slope=(above - below) / (2 * distance),
            switched=_count_different(one, other),
        )
        told = replace(told, slopes=(*told.slopes, slope))
        yield told


def _loss(
    learnt: LearntStep,
    model: ModelConfig,
    weights: array[float],
    check: Callable[[], None],
) -> tuple[float, Pattern, int]:
    """Return the loss of the step's document, which units are on, and how many at 0."""
    n = min(model.block_size, len(learnt.tokens) - 1)
    engine = ENGINES[key_at_hand(learnt.config.engine)]
    try:
        trace = engine.model(model, weights, check).trace(learnt.tokens[:n])
        loss, _ = cross_entropy(trace.logits, learnt.tokens[1 : n + 1], check)
    except RUNAWAY_ERRORS:  # weights at the end of the numbers
        return math.nan, (), 0
    units = [layer.mlp_in for layer in trace.layers]
    pattern = tuple(
        tuple(tuple(x > 0 for x in row) for row in layer) for layer in units
    )
    at_corner = sum(x == 0 for layer in units for row in layer for x in row)
    return loss, pattern, at_corner


def _count_different(one: Pattern, other: Pattern) -> int:
    """Return how many units are on in one and not in the other."""
    return sum(
        a != b
        for layer, its in zip(one, other, strict=False)
        for row, that in zip(layer, its, strict=False)
        for a, b in zip(row, that, strict=True)
    )
