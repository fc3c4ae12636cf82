"""Products of many rows with several vectors.

All three products of a linear layer are of this kind: its output, the gradient of its
input and the gradient of its weights.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from microgpt_gui.engine.kernels.source import LOCALS, compiled, names, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Vectors = Sequence[Sequence[float]]
    Row = tuple[float, ...]

#: Terms in one call where they do not all fit; the next goes on from their sum.
WIDEST = 48


def multiply_source(count: int, width: int, goes_on: bool) -> str:
    """Write sums[row][v] = w0 x0 + w1 x1 + ..., over the width of row w and vector x.

    Where it ``goes_on``, sums[row][v] = begun[row][v] + w0 x0 + w1 x1 + ...

    The vectors' numbers are in local variables all the time, and those of a row while
    it meets all of the vectors.
    """
    w, begun = names("w", width), names("s", count)
    lines = [f"def kernel(rows, vectors{', begun' if goes_on else ''}):"]
    lines += [f"  {names(f'x{v}_', width)} = vectors[{v}]" for v in range(count)]
    lines += ["  sums = []"]
    if goes_on:
        lines += [f"  for ({w}), ({begun}) in zip(rows, begun):"]
    else:
        lines += [f"  for {w} in rows:"]
    lines += ["    sums.append(("]
    for v in range(count):
        products = [f"w{i}*x{v}_{i}" for i in range(width)]
        lines += [f"      {total([f's{v}', *products] if goes_on else products)},"]
    lines += ["    ))", "  return sums"]
    return "\n".join(lines)


def multiply(
    rows: Iterable[Sequence[float]], vectors: Vectors, check: Callable[[], None]
) -> list[Row]:
    """Return the product of every row with every vector, [row][vector].

    Args:
        rows: [row][i].
        vectors: [vector][i], as wide as the rows.
        check: Called before each kernel; may raise.
    """
    count, width = len(vectors), len(vectors[0])
    check()
    if width * count <= LOCALS:
        kernel = compiled(multiply_source, count, width, False)
        return kernel(rows, vectors)  # type: ignore[no-any-return]  # made of text
    return _multiply_in_parts(list(rows), vectors, check)


def _multiply_in_parts(
    rows: list[Sequence[float]], vectors: Vectors, check: Callable[[], None]
) -> list[Row]:
    width = len(vectors[0])
    cuts = [slice(start, start + WIDEST) for start in range(0, width, WIDEST)]
    parts = [[row[cut] for row in rows] for cut in cuts]
    group = LOCALS // min(width, WIDEST)
    results = []
    for start in range(0, len(vectors), group):
        some = vectors[start : start + group]
        sums: list[Row] = []
        for cut, part in zip(cuts, parts, strict=True):
            check()
            pieces = [vector[cut] for vector in some]
            kernel = compiled(multiply_source, len(some), len(pieces[0]), bool(sums))
            sums = kernel(part, pieces, sums) if sums else kernel(part, pieces)
        results.append(sums)
    if len(results) == 1:
        return results[0]
    return [tuple(chain.from_iterable(some)) for some in zip(*results, strict=True)]
