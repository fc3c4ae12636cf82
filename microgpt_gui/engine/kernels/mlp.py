"""The multi-layer perceptron, one hidden unit after the other.

A unit reads a position through its row of mlp_fc1 and, if what it reads is above zero,
writes to it through its column of mlp_fc2. Where it is not, there is nothing to add,
neither forwards nor backwards: about half of all the work is skipped, and since what is
skipped is exactly zero, no number changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.kernels.source import LOCALS, compiled, names, total, zeros

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Vectors = Sequence[Sequence[float]]
    Rows = list[tuple[float, ...]]
    Gradients = list[tuple[float, ...] | None]

#: Positions that a kernel handles even where their numbers are more than LOCALS: the
#: weights and gradients of a unit are unpacked for each group of positions anew.
FEWEST = 4


def mlp_source(count: int, width: int) -> str:
    """Write h = relu(row of fc1 . x) and out = sum of (h column of fc2) + residual.

    The kernel handles ``count`` positions: it returns h, [unit][position], and out,
    [position][i].
    """
    positions, c = range(count), range(width)
    lines = ["def kernel(fc1, fc2_columns, xs, residual):"]
    for p in positions:
        lines += [
            f"  {names(f'x{p}_', width)} = xs[{p}]",
            f"  {zeros(f'a{p}_', width)}",
        ]
    lines += [
        "  hidden = []",
        f"  for ({names('w', width)}), ({names('u', width)}) in zip(fc1, fc2_columns):",
    ]
    for p in positions:
        lines += [
            f"    h{p} = {total(f'w{i}*x{p}_{i}' for i in c)}",
            f"    if h{p} > 0.0:",
            *(f"      a{p}_{i} += u{i}*h{p}" for i in c),
            "    else:",
            f"      h{p} = 0.0",
        ]
    lines += [f"    hidden.append(({names('h', count)}))", "  outs = []"]
    for p in positions:
        sums = "".join(f"a{p}_{i} + r{i}, " for i in c)
        lines += [f"  {names('r', width)} = residual[{p}]", f"  outs.append(({sums}))"]
    lines += ["  return hidden, outs"]
    return "\n".join(lines)


def mlp_backward_source(count: int, width: int) -> str:
    """Write the gradients of x, of fc1's rows and of fc2's columns.

    With y the gradient of the output, a unit that is above zero has the gradient
    d = (its column . y). It adds d (its row) to the gradient of x, d x to that of its
    row, and h y to that of its column. Units go from last to first; positions do in all
    that is given, and in the gradient of x.

    ``begun1`` and ``begun2`` are the gradients, by unit, of the positions after these.
    A unit that was above zero nowhere has the gradient None.
    """
    positions, c = range(count), range(width)
    hs = "".join(f"h{p}, " for p in reversed(positions))
    a_rows = "".join(f"({names(f'a{p}_', width)}), " for p in positions)
    lines = ["def kernel(fc1, fc2_columns, hidden, xs, ys, begun1, begun2):"]
    for p in positions:
        lines += [
            f"  {names(f'x{p}_', width)} = xs[{p}]",
            f"  {names(f'y{p}_', width)} = ys[{p}]",
            f"  {zeros(f'a{p}_', width)}",
        ]
    lines += [
        "  gradients1 = []; gradients2 = []",
        f"  for ({names('w', width)}), ({names('u', width)}), ({hs}), b1, b2 in zip(",
        "      reversed(fc1), reversed(fc2_columns), reversed(hidden),",
        "      reversed(begun1), reversed(begun2)):",
        f"    if not ({' or '.join(f'h{p}' for p in positions)}):",
        "      gradients1.append(b1); gradients2.append(b2)",
        "      continue",
        "    if b1 is None:",
        f"      {zeros('f', width)}",
        f"      {zeros('g', width)}",
        "    else:",
        f"      {names('f', width)} = b1",
        f"      {names('g', width)} = b2",
    ]
    for p in positions:
        lines += [
            f"    if h{p} > 0.0:",
            f"      d = {total(f'u{i}*y{p}_{i}' for i in reversed(c))}",
            *(f"      a{p}_{i} += w{i}*d" for i in c),
            *(f"      f{i} += d*x{p}_{i}" for i in c),
            *(f"      g{i} += h{p}*y{p}_{i}" for i in c),
        ]
    lines += [
        f"    gradients1.append(({names('f', width)}))",
        f"    gradients2.append(({names('g', width)}))",
        "  gradients1.reverse(); gradients2.reverse()",
        f"  return [{a_rows}], gradients1, gradients2",
    ]
    return "\n".join(lines)


def mlp(
    fc1: Vectors,
    fc2_columns: Vectors,
    xs: Vectors,
    residual: Vectors,
    check: Callable[[], None],
) -> tuple[list[Rows], Rows]:
    """Return what the units read, [group of positions][unit][position], and the output.

    Args:
        fc1: [unit][i].
        fc2_columns: [unit][i].
        xs: [position][i].
        residual: Added to the output, [position][i].
        check: Called once a group; may raise.
    """
    hidden, outs = [], []
    width = len(xs[0])
    size = max(FEWEST, LOCALS // 4 // width)
    for start in range(0, len(xs), size):
        check()
        some = xs[start : start + size]
        kernel = compiled(mlp_source, len(some), width)
        h, out = kernel(fc1, fc2_columns, some, residual[start : start + size])
        hidden.append(h)
        outs += out
    return hidden, outs


def mlp_backward(
    fc1: Rows,
    fc2_columns: Rows,
    hidden: list[Rows],
    xs: Vectors,
    ys: Vectors,
    check: Callable[[], None],
) -> tuple[Rows, Gradients, Gradients]:
    """Return the gradients of the input, of fc1's rows and of fc2's columns.

    Args:
        fc1: See `mlp`.
        fc2_columns: See `mlp`.
        hidden: From `mlp`.
        xs: See `mlp`, but positions from last to first, as all that follows.
        ys: Gradient of the output, [position][i].
        check: See `mlp`.
    """
    d_xs: Rows = []
    gradients1: Gradients = [None] * len(fc1)
    gradients2: Gradients = gradients1
    for h in reversed(hidden):
        check()
        count = len(h[0])
        group = slice(len(d_xs), len(d_xs) + count)
        kernel = compiled(mlp_backward_source, count, len(xs[0]))
        d_some, gradients1, gradients2 = kernel(
            fc1, fc2_columns, h, xs[group], ys[group], gradients1, gradients2
        )
        d_xs += d_some
    return d_xs, gradients1, gradients2
