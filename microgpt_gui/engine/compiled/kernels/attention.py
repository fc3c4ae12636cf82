"""All heads of a layer, forwards and backwards.

A query looks at itself and what is before it. Eight queries go together, and of the
keys only those that the last of the eight may look at; the weights of the few that
come too late for the others are 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.kernels.compiler import compiled, inlined
from microgpt_gui.engine.compiled.kernels.eight import all_of, get, load, put, store
from microgpt_gui.engine.compiled.kernels.matrix import (
    Matrix,
    Span,
    from_last_column,
    from_last_row,
    multiply,
    rows_at,
    transposed,
    turn,
)
from microgpt_gui.engine.compiled.kernels.places import NUMBER

if TYPE_CHECKING:
    from microgpt_gui.engine.compiled.kernels.places import (
        Constants,
        LayerTape,
        Scratch,
        Sizes,
    )


@inlined
def head_rows(qkv: int, head: int, part: int, sizes: Sizes, row: int) -> Matrix:
    """Return one head's queries (part 0), keys (1) or values (2), [i][position]."""
    return rows_at(qkv + (3 * head + part) * sizes.head_dim * row, row)


@inlined
def head_exps(exps: int, head: int, sizes: Sizes, row: int) -> Matrix:
    """Return one head's exps, [key][query]."""
    return rows_at(exps + head * sizes.block_size * row, row)


@compiled
def attention(
    tape: LayerTape,
    scratch: Scratch,
    sizes: Sizes,
    row: int,
    span: Span,
    constants: Constants,
) -> None:
    """Write softmax(q . k / sqrt(head_dim)) . v for every query and head.

        score_t = (q . k_t) / sqrt(head_dim)     over the keys t up to the query
        e_t     = exp(score_t - highest score)
        total   = sum of e_t
        out     = sum of (e_t total ** -1) v_t

    Args:
        tape: Queries, keys and values are read, the rest is written.
        scratch: Room.
        sizes: The model's.
        row: Bytes from one feature's numbers to the next one's.
        span: Which queries.
        constants: The exponents among them.
    """
    d = sizes.head_dim
    weights = rows_at(scratch.attention, row)
    for head in range(sizes.n_head):
        queries = head_rows(tape.qkv, head, 0, sizes, row)
        keys = head_rows(tape.qkv, head, 1, sizes, row)
        values = head_rows(tape.qkv, head, 2, sizes, row)
        exps = head_exps(tape.exps, head, sizes, row)
        totals, inverses = tape.totals + head * row, tape.inverses + head * row
        out = rows_at(tape.joined + head * d * row, row)
        for block in range(span.first, span.end, 8):
            stop = min(block + 8, span.end)
            eight = Span(block, stop)
            multiply(exps, transposed(keys), queries, stop, d, eight, -0.0)
            for query in range(block, stop):
                _softmax(exps, query, stop, totals, inverses, constants)
            inverse = load(inverses + block * NUMBER)
            for key in range(stop):
                at = key * row + block * NUMBER
                store(weights.at + at, load(exps.at + at) * inverse)
            multiply(out, values, weights, d, stop, eight, 0.0)


@inlined
def _softmax(
    exps: Matrix,
    query: int,
    stop: int,
    totals: int,
    inverses: int,
    constants: Constants,
) -> None:
    """Make exps of one query's products with the keys, which lie in a column."""
    column = exps.at + query * NUMBER
    after = column + (query + 1) * exps.down
    highest = -math.inf
    for at in range(column, after, exps.down):
        score = get(at) * constants.scale
        put(at, score)
        highest = max(highest, score)
    total = 0.0
    for at in range(column, after, exps.down):
        e = math.exp(get(at) - highest)
        put(at, e)
        total += e
    for at in range(after, column + stop * exps.down, exps.down):
        put(at, 0.0)
    put(totals + query * NUMBER, total)
    put(inverses + query * NUMBER, total**constants.minus_one)


@compiled
def attention_backward(
    tape: LayerTape,
    scratch: Scratch,
    sizes: Sizes,
    row: int,
    n: int,
    constants: Constants,
) -> None:
    """Write the gradients of queries, keys and values from that of the joined output.

    Per query and head, with g the output's gradient and i = total ** -1, of which each
    weight e_t i has one of its own (so nothing is factored out of total's gradient):

        gradient of weight t  y_t = v_t . g
        gradient of total     z = sum of (-total ** -2) (e_t y_t), from the last t
        gradient of score t   s_t = (e_t (i y_t + z)) / sqrt(head_dim)
        gradient of q         sum of k_t s_t, from the last t
        k_t and v_t           gain q s_t and (e_t i) g, from the last query

    Args:
        tape: What `attention` wrote; its exps are written over.
        scratch: ``d_joined`` is read, ``d_qkv`` written.
        sizes: The model's.
        row: Bytes from one feature's numbers to the next one's.
        n: How many positions there are.
        constants: The exponents among them.
    """
    d = sizes.head_dim
    d_scores = rows_at(scratch.d_scores, row)
    d_scores_turned = rows_at(scratch.d_scores_turned, row)
    weights_turned = rows_at(scratch.attention_turned, row)
    for head in range(sizes.n_head):
        queries = head_rows(tape.qkv, head, 0, sizes, row)
        keys = head_rows(tape.qkv, head, 1, sizes, row)
        values = head_rows(tape.qkv, head, 2, sizes, row)
        d_queries = head_rows(scratch.d_qkv, head, 0, sizes, row)
        d_keys = head_rows(scratch.d_qkv, head, 1, sizes, row)
        d_values = head_rows(scratch.d_qkv, head, 2, sizes, row)
        d_out = rows_at(scratch.d_joined + head * d * row, row)
        exps = head_exps(tape.exps, head, sizes, row)
        totals, inverses = tape.totals + head * row, tape.inverses + head * row
        for block in range(0, n, 8):
            stop = min(block + 8, n)
            eight = Span(block, stop)
            multiply(
                d_scores,
                from_last_column(transposed(values), d),
                from_last_row(d_out, d),
                stop,
                d,
                eight,
                -0.0,
            )
            for key in range(block + 1, stop):
                for query in range(block, key):
                    put(d_scores.at + key * row + query * NUMBER, 0.0)
            _softmax_backward(exps, d_scores, block, stop, totals, inverses, constants)
            multiply(
                d_queries,
                from_last_column(keys, stop),
                from_last_row(d_scores, stop),
                d,
                stop,
                eight,
                0.0,
            )
            turn(d_scores_turned, d_scores, stop, eight)
            turn(weights_turned, exps, stop, eight)
        for block in range(0, n, 8):
            later, eight = n - block, Span(block, min(block + 8, n))
            multiply(
                d_keys,
                from_last_column(queries, n),
                from_last_row(d_scores_turned, n),
                d,
                later,
                eight,
                0.0,
            )
            multiply(
                d_values,
                from_last_column(d_out, n),
                from_last_row(weights_turned, n),
                d,
                later,
                eight,
                0.0,
            )


@inlined
def _softmax_backward(
    exps: Matrix,
    d_weights: Matrix,
    block: int,
    stop: int,
    totals: int,
    inverses: int,
    constants: Constants,
) -> None:
    """Make gradients of scores of those of weights, and weights of ``exps``.

    For the queries from ``block`` to ``stop``; ``totals`` are written over.
    """
    for at in range(totals + block * NUMBER, totals + stop * NUMBER, NUMBER):
        put(at, -1.0 * get(at) ** constants.minus_two)
    slope = load(totals + block * NUMBER)
    inverse = load(inverses + block * NUMBER)
    d_total = all_of(0.0)
    e0, y0 = exps.at + block * NUMBER, d_weights.at + block * NUMBER
    for key in range(stop - 1, -1, -1):
        e, y = load(e0 + key * exps.down), load(y0 + key * d_weights.down)
        d_total = d_total + slope * (e * y)
    for key in range(stop):
        e, y = load(e0 + key * exps.down), load(y0 + key * d_weights.down)
        d_score = e * (inverse * y + d_total) * constants.scale
        store(y0 + key * d_weights.down, d_score)
        store(e0 + key * exps.down, e * inverse)
