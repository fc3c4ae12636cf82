"""Sums of products, written out and compiled once for each width.

The built-in ``sum`` compensates its rounding from Python 3.12 on, and a loop over the
terms is three times slower than their sum as one expression: ``w0*x0 + w1*x1 + ...``.
Both start from the first term and add from left to right, as the script does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Terms in one expression; longer sums go on from where the one before ended.
WIDEST = 64


def linear(
    rows: Sequence[Sequence[float]], vectors: Sequence[Sequence[float]]
) -> list[list[float]]:
    """Return the product of every row with every vector, [vector][row].

    Args:
        rows: [row][i].
        vectors: [vector][i], as wide as the rows.
    """
    width = len(vectors[0])
    if width <= WIDEST:
        return _kernel(width, carries=False)(rows, vectors)
    sums: list[list[float]] | None = None
    for start in range(0, width, WIDEST):
        stop = min(start + WIDEST, width)
        part = [row[start:stop] for row in rows], [x[start:stop] for x in vectors]
        if sums is None:
            sums = _kernel(stop - start, carries=False)(*part)
        else:
            sums = _kernel(stop - start, carries=True)(*part, sums)
    assert sums is not None
    return sums


@cache
def _kernel(width: int, *, carries: bool) -> Callable[..., list[list[float]]]:
    w = ", ".join(f"w{i}" for i in range(width))
    x = ", ".join(f"x{i}" for i in range(width))
    products = " + ".join(f"w{i}*x{i}" for i in range(width))
    if carries:
        source = (
            "def kernel(rows, vectors, sums):\n"
            f"    return [[s + {products} for ({w},), s in zip(rows, old)]\n"
            f"            for ({x},), old in zip(vectors, sums)]\n"
        )
    else:
        source = (
            "def kernel(rows, vectors):\n"
            f"    return [[{products} for {w}, in rows] for {x}, in vectors]\n"
        )
    scope: dict[str, Any] = {}
    exec(compile(source, f"<linear of {width}>", "exec"), scope)
    kernel: Callable[..., list[list[float]]] = scope["kernel"]
    return kernel
