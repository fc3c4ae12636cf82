"""Root-mean-square normalisation of every position, forwards and backwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.compiler import compiled
from microgpt_gui.engine.compiled.kernels.eight import all_of, get, load, put, store
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.matrix import Matrix, Span
    from microgpt_gui.engine.compiled.kernels.places import Constants


@compiled
def norm(
    out: Matrix,
    x: Matrix,
    means: int,
    scales: int,
    width: int,
    span: Span,
    constants: Constants,
) -> None:
    """Write out[i] = x[i] r with r = m ** -0.5 and m = mean of the x[i]^2, plus 1e-5.

    Args:
        out: [feature][position].
        x: [feature][position].
        means: Where each position's m goes.
        scales: Where each position's r goes.
        width: How many features there are.
        span: Which positions.
        constants: The exponent among them.
    """
    for p in range(span.first * NUMBER, span.end * NUMBER, EIGHT):
        total = all_of(0.0)
        for i in range(width):
            number = load(x.at + i * x.down + p)
            total = total + number * number
        store(means + p, total * constants.share + all_of(1e-5))
    for p in range(span.first * NUMBER, span.end * NUMBER, NUMBER):
        put(scales + p, get(means + p) ** constants.minus_half)
    for p in range(span.first * NUMBER, span.end * NUMBER, EIGHT):
        scale = load(scales + p)
        for i in range(width):
            store(out.at + i * out.down + p, load(x.at + i * x.down + p) * scale)


@compiled
def norm_backward(
    out: Matrix,
    x: Matrix,
    means: int,
    scales: int,
    d: Matrix,
    around: Matrix,
    width: int,
    n: int,
    constants: Constants,
) -> None:
    """Write x[i]'s gradient: around[i] + r d[i] + x[i] s + x[i] s.

    d[i] is the gradient of out[i]. It reaches x[i] as r d[i], and through the mean:
    with s = (1 / width) (-0.5 m ** -1.5) (sum of all x[j] d[j], from the last to the
    first), once for each factor of its square.

    Args:
        out: [feature][position]; may be where ``around`` is.
        x: What `norm` was given.
        means: What it wrote; is written over.
        scales: What it wrote.
        d: [feature][position].
        around: The gradient that goes round the norm, [feature][position]; it lies at
            0 where nothing goes round it.
        width: How many features there are.
        n: How many positions there are.
        constants: The exponent among them.
    """
    for p in range(0, n * NUMBER, NUMBER):
        put(means + p, get(means + p) ** constants.minus_three_halves * -0.5)
    for p in range(0, n * NUMBER, EIGHT):
        total = all_of(-0.0)
        for i in range(width - 1, -1, -1):
            total = total + load(x.at + i * x.down + p) * load(d.at + i * d.down + p)
        through = load(means + p) * total * constants.share
        scale = load(scales + p)
        for i in range(width):
            straight = load(d.at + i * d.down + p) * scale
            if around.at:
                straight = load(around.at + i * around.down + p) + straight
            once = load(x.at + i * x.down + p) * through
            store(out.at + i * out.down + p, straight + once + once)
