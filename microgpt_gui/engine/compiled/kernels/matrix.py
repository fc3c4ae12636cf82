"""Matrices in memory, and products of them."""

from __future__ import annotations

from typing import NamedTuple

from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import (
    all_of,
    get,
    load,
    put,
    store,
    turn_square,
    where_positive,
)
from microgpt_gui.engine.compiled.kernels.places import EIGHT, NUMBER


class Matrix(NamedTuple):
    """Numbers of which [r][c] lies at ``at + r * down + c * across``, in bytes."""

    at: int
    down: int
    across: int


class Span(NamedTuple):
    """Positions, or columns of any kind, from ``first`` to before ``end``.

    ``first`` is a multiple of eight. They go eight at a time: what is written for them
    goes on to the next multiple of eight, with numbers that mean nothing.
    """

    first: int
    end: int


@inlined
def whole(end: int) -> Span:
    """Return all positions to before ``end``."""
    return Span(0, end)


@inlined
def rows_at(at: int, down: int) -> Matrix:
    """Return the matrix at ``at``, whose rows are ``down`` bytes apart."""
    return Matrix(at, down, NUMBER)


@inlined
def transposed(matrix: Matrix) -> Matrix:
    """Return the same numbers with rows as columns."""
    return Matrix(matrix.at, matrix.across, matrix.down)


@inlined
def from_last_row(matrix: Matrix, rows: int) -> Matrix:
    """Return the same numbers with the last row first."""
    return Matrix(matrix.at + (rows - 1) * matrix.down, -matrix.down, matrix.across)


@inlined
def from_last_column(matrix: Matrix, columns: int) -> Matrix:
    """Return the same numbers with the last column first."""
    last = matrix.at + (columns - 1) * matrix.across
    return Matrix(last, matrix.down, -matrix.across)


@compiled
def multiply(
    out: Matrix,
    weights: Matrix,
    x: Matrix,
    rows: int,
    terms: int,
    span: Span,
    start: float,
) -> None:
    """Write out[r][p] = start + weights[r][0] x[0][p] + weights[r][1] x[1][p] + ...

    The terms are added in order. Eight p and four r go together, so that a number of
    ``weights`` serves eight sums and eight of ``x`` serve four.

    Args:
        out: [row][p].
        weights: [row][term].
        x: [term][p].
        rows: How many there are.
        terms: How many each sum has.
        span: Which p.
        start: 0.0; or -0.0, which leaves the first product as it is, even a -0.0.
    """
    x_at, out_at = x.at + span.first * NUMBER, out.at + span.first * NUMBER
    size = (span.end - span.first) * NUMBER
    for r in range(0, rows - 3, 4):
        for p in range(0, size, EIGHT):
            sum0 = sum1 = sum2 = sum3 = all_of(start)
            term, weight = x_at + p, weights.at + r * weights.down
            for _ in range(terms):
                eight = load(term)
                sum0 = sum0 + eight * get(weight)
                sum1 = sum1 + eight * get(weight + weights.down)
                sum2 = sum2 + eight * get(weight + 2 * weights.down)
                sum3 = sum3 + eight * get(weight + 3 * weights.down)
                term += x.down
                weight += weights.across
            to = out_at + r * out.down + p
            store(to, sum0)
            store(to + out.down, sum1)
            store(to + 2 * out.down, sum2)
            store(to + 3 * out.down, sum3)
    for r in range(rows // 4 * 4, rows):
        for p in range(0, size, EIGHT):
            sum0 = all_of(start)
            term, weight = x_at + p, weights.at + r * weights.down
            for _ in range(terms):
                sum0 = sum0 + load(term) * get(weight)
                term += x.down
                weight += weights.across
            store(out_at + r * out.down + p, sum0)


@compiled
def turn(to: Matrix, x: Matrix, rows: int, span: Span) -> None:
    """Write to[c][r] = x[r][c] for the columns c of a span.

    Both are as large as if rows and columns were multiples of eight. What that adds to
    the rows of ``to`` is 0.
    """
    for r in range(0, rows, 8):
        for c in range(span.first, span.end, 8):
            square = x.at + r * x.down + c * NUMBER
            turn_square(to.at + c * to.down + r * NUMBER, to.down, square, x.down)
    for r in range(rows, (rows + 7) // 8 * 8):
        for c in range(span.first, span.end):
            put(to.at + c * to.down + r * NUMBER, 0.0)


@inlined
def add_to(x: Matrix, y: Matrix, rows: int, span: Span) -> None:
    """Add y to x."""
    for r in range(rows):
        for p in range(span.first * NUMBER, span.end * NUMBER, EIGHT):
            at = x.at + r * x.down + p
            store(at, load(at) + load(y.at + r * y.down + p))


@inlined
def relu(x: Matrix, by: Matrix, rows: int, span: Span) -> None:
    """Let only those of x stay that lie where ``by`` is above 0; the rest become 0."""
    for r in range(rows):
        for p in range(span.first * NUMBER, span.end * NUMBER, EIGHT):
            at = x.at + r * x.down + p
            store(at, where_positive(load(at), load(by.at + r * by.down + p)))
