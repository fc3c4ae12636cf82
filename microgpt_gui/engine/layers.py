"""The parts of the model that have no weights, forwards and backwards, in plain floats.

Quotients are products with a power of -1, and squares and roots are powers, because
the script's are: they round differently from what would be shorter.
"""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from microgpt_gui.engine.unrolled import linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.engine.base import Matrix

    #: Mean square plus 1e-5 of each position, and its power of -0.5.
    Norms = tuple[list[float], list[float]]


def transposed(matrix: Sequence[Sequence[float]]) -> Matrix:
    """Return rows for columns."""
    return [list(column) for column in zip(*matrix, strict=True)]


def plus(a: Matrix, b: Matrix) -> Matrix:
    """Return the sums, number by number."""
    return [
        [x + y for x, y in zip(xs, ys, strict=True)]
        for xs, ys in zip(a, b, strict=True)
    ]


def normalise(x: Matrix) -> tuple[Matrix, Norms]:
    """Scale each position of ``x`` so that the mean of its squares is 1 (rmsnorm)."""
    share = len(x[0]) ** -1
    means = [linear([row], [row])[0][0] * share + 1e-5 for row in x]
    scales = [mean**-0.5 for mean in means]
    out = [[xi * scale for xi in row] for row, scale in zip(x, scales, strict=True)]
    return out, (means, scales)


def normalise_backward(
    x: Matrix, norms: Norms, d_out: Matrix, residual: Matrix | None = None
) -> Matrix:
    """Return the gradient of ``x``, which `normalise` read.

    With r = mean ** -0.5, out_i = x_i r, so x_i gets d_i r and, through the mean, its
    share of -0.5 mean ** -1.5 times the sum of all x_j d_j, once for each of the two
    factors of its square.

    Args:
        x: What `normalise` read, [position][i].
        norms: What it returned.
        d_out: Gradient of its output.
        residual: Gradient that reaches ``x`` round the norm; it comes first.
    """
    share = len(x[0]) ** -1
    gradient = []
    for p, (row, mean, r, d) in enumerate(zip(x, *norms, d_out, strict=True)):
        s = share * ((-0.5 * mean**-1.5) * linear([row[::-1]], [d[::-1]])[0][0])
        if residual is None:
            terms = [r * di + xi * s + xi * s for xi, di in zip(row, d, strict=True)]
        else:
            terms = [
                e + r * di + xi * s + xi * s
                for xi, di, e in zip(row, d, residual[p], strict=True)
            ]
        gradient.append(terms)
    return gradient


def cross_entropy(logits: Matrix, targets: Sequence[int]) -> tuple[float, Matrix]:
    """Return the mean of -log(softmax(logits)[target]), and its gradient.

    Args:
        logits: [position][vocab].
        targets: The token that came next, by position.
    """
    share = 1 / len(targets)
    total = 0.0
    gradient = []
    for row, target in zip(logits, targets, strict=True):
        top = max(row)
        exps = [exp(x - top) for x in row]
        summed = 0.0
        for e in exps:
            summed += e
        inverse = summed**-1
        e = exps[target]
        probability = e * inverse
        total += log(probability) * -1
        d_probability = (1 / probability) * (-1 * share)
        d_summed = (-1 * summed**-2) * (e * d_probability)
        d = [e * d_summed for e in exps]
        d[target] = e * (inverse * d_probability + d_summed)
        gradient.append(d)
    return share * total, gradient
