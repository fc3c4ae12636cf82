"""Every number of a forward pass, from the engines that run in Python.

What the pass keeps for its way back is taken as it is. What it makes on the way and
drops is made once more, by the same sums in the same order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.document import read, transposed
from microgpt_gui.engine.kernels.multiply import multiply
from microgpt_gui.engine.sampling import softmax
from microgpt_gui.engine.trace import LayerTrace, NormTrace, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.document import LayerRows, LayerTape, ModelRows, Norm, Rows
    from microgpt_gui.engine.trace import ByHead, Vectors


def trace(
    config: ModelConfig,
    model: ModelRows,
    tokens: Sequence[int],
    check: Callable[[], None],
) -> Trace:
    """Return all of a forward pass over 1 to ``block_size`` tokens.

    ``check`` is called every now and then; what it raises ends the reading.
    """
    tape = read(config, model, tokens, check)
    ends = [*(layer.before for layer in tape.layers[1:]), tape.x]
    layers = []
    for rows, layer, after in zip(model.layers, tape.layers, ends, strict=True):
        layers.append(_layer(config, rows, layer, after, check))
    first = tape.layers[0].before
    return Trace(
        tokens=tuple(tokens),
        token_embeddings=tuple(tuple(model.wte[token]) for token in tokens),
        position_embeddings=tuple(map(tuple, model.wpe[: len(tokens)])),
        embedded=tuple(tape.embedded),
        norm=_norm(tape.norm, first),
        layers=tuple(layers),
        logits=tuple(tape.logits),
        probabilities=tuple(tuple(softmax(row)) for row in tape.logits),
    )


def _layer(
    config: ModelConfig,
    rows: LayerRows,
    tape: LayerTape,
    after: Rows,
    check: Callable[[], None],
) -> LayerTrace:
    queries, keys, values, heads = (
        _by_head(config, x) for x in (tape.queries, tape.keys, tape.values, tape.joined)
    )
    mlp_in = transposed(multiply(rows.fc1, tape.mlp_in, check))
    hidden = [unit for group in tape.hidden for unit in transposed(group)]
    fc2 = transposed(rows.fc2_columns)
    return LayerTrace(
        before=tuple(tape.before),
        norm1=_norm(tape.norm1, tape.qkv_in),
        queries=queries,
        keys=keys,
        values=values,
        scores=tuple(
            _scores(config, *pair, check) for pair in zip(queries, keys, strict=True)
        ),
        attention=attention_of(tape),
        heads=heads,
        joined=tuple(tape.joined),
        attn_out=tuple(transposed(multiply(rows.wo, tape.joined, check))),
        middle=tuple(tape.middle),
        norm2=_norm(tape.norm2, tape.mlp_in),
        mlp_in=tuple(mlp_in),
        hidden=tuple(hidden),
        mlp_out=tuple(transposed(multiply(fc2, hidden, check))),
        after=tuple(after),
    )


def _norm(norm: Norm, out: Rows) -> NormTrace:
    return NormTrace(tuple(norm.scales), tuple(out))


def _by_head(config: ModelConfig, rows: Rows) -> ByHead:
    """Return [head][position][i] of the heads that lie side by side in ``rows``."""
    d = config.head_dim
    starts = range(0, config.n_embd, d)
    return tuple(tuple(row[start : start + d] for row in rows) for start in starts)


def _scores(
    config: ModelConfig, queries: Vectors, keys: Vectors, check: Callable[[], None]
) -> Vectors:
    """Return one head's, [query][key]."""
    scale = (config.head_dim**0.5) ** -1
    products = multiply(queries, keys, check)
    return tuple(
        tuple(x * scale for x in row[: query + 1]) for query, row in enumerate(products)
    )


def attention_of(tape: LayerTape) -> tuple[Vectors, ...]:
    """Return a layer's attention weights, [head][query][key]."""
    queries = [
        [
            tuple([e * inverse for e in reversed(exps)])
            for exps, inverse in zip(
                zip(*by_key, strict=True), [t**-1 for t in totals], strict=True
            )
        ]
        for by_key, totals in zip(tape.exps, tape.totals, strict=True)
    ]
    return tuple(zip(*queries, strict=True))
