"""How one number of a token's way came about: its terms, and what they add up to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.engine.base import RUNAWAY_ERRORS
from microgpt_gui.session.reading.inside.stages import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.engine.trace import Vector, Vectors
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay


@dataclass(frozen=True, slots=True)
class Product:
    """What a part of a stage multiplies: ``out[i] = factor * sum(rows[i] . entering)``.

    Attributes:
        rows: The matrix, [i][j].
        entering: The vector, [j].
        out: As the engine has it, [i].
        factor: What the sums are multiplied with; 1 for most.
    """

    rows: Sequence[Sequence[float]]
    entering: Vector
    out: Vector
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """One of the products that add up to a number."""

    index: int  # j, of what enters
    weight: float
    entering: float
    product: float


@dataclass(frozen=True, slots=True)
class Arising:
    """How one number of a product came about.

    Attributes:
        terms: The largest first, by absolute size; of equals, the earlier.
        total: Their sum, added up in the order of their indices.
        factor: See `Product`.
        value: The number, as the engine has it.
    """

    terms: tuple[Term, ...]
    total: float
    factor: float
    value: float


def product(way: TokenWay, stage: Stage, part: int = 0) -> Product | None:
    """Return what ``part`` of a stage multiplies; None if it multiplies no matrix.

    Scores have the head's keys as their matrix, a row for each token up to this one;
    head outputs have its values, a column for each.
    """
    out = way.numbers[stage.id][part]
    if stage.kind is Kind.PRODUCT:
        matrix = way.matrix(stage)
        c, first = matrix.columns, part * (stage.width or 0)
        rows = [
            matrix.numbers[row * c : row * c + c]
            for row in range(first, first + len(out))
        ]
        return Product(rows, way.flat(stage.sources[0]), out)
    if stage.layer is None or not way.keys:
        return None
    if stage.kind is Kind.SCORES:
        query = way.numbers[stage.sources[0]][part]
        scale = (len(query) ** 0.5) ** -1
        return Product(way.keys[stage.layer][part], query, out, scale)
    if stage.kind is Kind.MIX:
        weights = way.numbers[stage.sources[0]][part]
        values = _transposed(way.values[stage.layer][part])
        return Product(values, weights, out)
    return None


def arising(product: Product, i: int) -> Arising:
    """Return how number ``i`` of a product came about."""
    terms, total = [], 0.0
    pairs = zip(product.rows[i], product.entering, strict=True)
    for j, (weight, entering) in enumerate(pairs):
        term = Term(j, weight, entering, weight * entering)
        terms.append(term)
        total += term.product
    terms.sort(key=_smallness)
    return Arising(tuple(terms), total, product.factor, product.out[i])


def exponentials(numbers: Vector) -> Vector:
    """Return e to the power of each, less the largest: softmax divides by their sum.

    NaN where the numbers are beyond help.
    """
    top = max(numbers)
    try:
        return tuple([math.exp(x - top) for x in numbers])
    except RUNAWAY_ERRORS:
        return (math.nan,) * len(numbers)


def _smallness(term: Term) -> float:
    """Order terms by size, those that are no numbers last."""
    return math.inf if math.isnan(term.product) else -abs(term.product)


def _transposed(rows: Vectors) -> Vectors:
    return tuple(zip(*rows, strict=True))
