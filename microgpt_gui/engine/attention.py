"""One head of attention over a whole document, forwards and backwards."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from microgpt_gui.engine.layers import transposed
from microgpt_gui.engine.unrolled import linear

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.base import Matrix


@dataclass(frozen=True, slots=True)
class Attended:
    """What one head computed; the backward pass starts from it."""

    q: Matrix  # [position][i]
    k: Matrix
    v: Matrix
    out: Matrix  # [i][position]
    exps: Matrix  # [query][key], softmax's numerators
    totals: list[float]  # [query], their sums
    weights: Matrix  # [query][key]


def attend(q: Matrix, k: Matrix, v: Matrix, check: Callable[[], None]) -> Attended:
    """Average the values of the positions so far, weighted by softmax(q . k / sqrt(d)).

    Args:
        q: Queries, [i][position].
        k: Keys, likewise.
        v: Values, likewise.
        check: Called once a position; may raise.
    """
    scale = (len(q) ** 0.5) ** -1
    queries, keys = transposed(q), transposed(k)
    exps, totals, weights, out = [], [], [], []
    for p, query in enumerate(queries):
        check()
        scores = [s * scale for s in linear(keys[: p + 1], [query])[0]]
        top = max(scores)
        e = [exp(s - top) for s in scores]
        total = 0.0
        for x in e:
            total += x
        inverse = total**-1
        w = [x * inverse for x in e]
        exps.append(e)
        totals.append(total)
        weights.append(w)
        out.append(linear([row[: p + 1] for row in v], [w])[0])
    return Attended(
        queries, keys, transposed(v), transposed(out), exps, totals, weights
    )


def attend_backward(
    a: Attended, d_out: Matrix, check: Callable[[], None]
) -> tuple[Matrix, Matrix, Matrix]:
    """Return the gradients of queries, keys and values, [i][position] each.

    Args:
        a: The forward pass.
        d_out: Gradient of ``a.out``, [i][position].
        check: Called once a position; may raise.
    """
    n, head_dim = len(a.q), len(d_out)
    scale = (head_dim**0.5) ** -1
    d_positions = transposed(d_out)
    values_reversed = [v[::-1] for v in a.v]
    keys_by_i = transposed(a.k)
    dq: Matrix = [[]] * n
    dk: Matrix = [[0.0] * head_dim for _ in range(n)]
    dv: Matrix = [[0.0] * head_dim for _ in range(n)]
    for p in reversed(range(n)):
        check()
        d, q, e, w = d_positions[p], a.q[p], a.exps[p], a.weights[p]
        total = a.totals[p]
        inverse = total**-1
        d_weights = linear(values_reversed[: p + 1], [d[::-1]])[0]
        # Each weight was e_t times a total ** -1 of its own, so the total's gradient
        # is a sum with nothing factored out.
        slope = -1 * total**-2
        d_total = 0.0
        for t in reversed(range(p + 1)):
            d_total += slope * (e[t] * d_weights[t])
        d_scores = [
            scale * (x * (inverse * y + d_total))
            for x, y in zip(e, d_weights, strict=True)
        ]
        dq[p] = linear([k[p::-1] for k in keys_by_i], [d_scores[::-1]])[0]
        for t in range(p + 1):
            s, weight = d_scores[t], w[t]
            dk[t] = [old + qi * s for old, qi in zip(dk[t], q, strict=True)]
            dv[t] = [old + weight * di for old, di in zip(dv[t], d, strict=True)]
    return transposed(dq), transposed(dk), transposed(dv)
