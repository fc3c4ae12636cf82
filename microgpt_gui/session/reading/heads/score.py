"""How one score arises, and how a row of scores becomes attention: from a trace."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.trace import Trace, Vector


@dataclass(frozen=True, slots=True)
class ScoreSteps:
    """From a query and a key to their score; the numbers of the engine that reads.

    Attributes:
        query: Of the token that looks, [i of head_dim].
        key: Of the token that is looked at, likewise.
        products: query[i] * key[i].
        total: Their sum, from the left.
        root: sqrt(head_dim), which the sum is divided by.
        score: What comes of it, as the engine has it.
    """

    query: Vector
    key: Vector
    products: Vector
    total: float
    root: float
    score: float


@dataclass(frozen=True, slots=True)
class RowSteps:
    """From the scores of one query to its attention, [key] up to the query.

    Attributes:
        scores: As the engine has them.
        largest: Of the scores.
        exps: exp(score - largest). NaN where numbers ran away.
        total: Their sum, from the left.
        weights: exps / total, as the engine has them.
    """

    scores: Vector
    largest: float
    exps: Vector
    total: float
    weights: Vector


def score_steps(
    trace: Trace, layer: int, head: int, query: int, key: int
) -> ScoreSteps:
    """Return how the score of a key of a query arises; all count from 0.

    Args:
        trace: Of a text.
        layer: Of the model.
        head: Of the layer.
        query: Position of the token that looks.
        key: Position of the token that is looked at: not after the query.
    """
    stage = trace.layers[layer]
    q, k = stage.queries[head][query], stage.keys[head][key]
    products = tuple(a * b for a, b in zip(q, k, strict=True))
    return ScoreSteps(
        query=q,
        key=k,
        products=products,
        total=_sum(products),
        root=len(q) ** 0.5,
        score=stage.scores[head][query][key],
    )


def row_steps(trace: Trace, layer: int, head: int, query: int) -> RowSteps:
    """Return how the scores of a query become its attention. See `score_steps`."""
    stage = trace.layers[layer]
    scores = stage.scores[head][query]
    largest = max(scores)
    exps = tuple(_exp(score - largest) for score in scores)
    return RowSteps(
        scores=scores,
        largest=largest,
        exps=exps,
        total=_sum(exps),
        weights=stage.attention[head][query],
    )


def _sum(numbers: Vector) -> float:
    """Return the sum from the left, each step rounded, as the engines add."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf
