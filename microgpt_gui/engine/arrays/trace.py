"""Every number of a forward pass, from what the `numpy` engine's pass has made.

Arrays of the pass are [feature][position]; the next document writes over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.engine.trace import LayerTrace, NormTrace

if TYPE_CHECKING:
    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.arrays.norm import Norm
    from microgpt_gui.engine.trace import Vectors


class AttentionStages(NamedTuple):
    """What one layer's attention has made of a document."""

    norm: Norm
    queries: Floats  # [head][i][position], like keys and values
    keys: Floats
    values: Floats
    scores: Floats  # [head][query][key]; those after the query are masked later
    weights: Floats  # likewise, masked
    heads: Floats  # [head][i][position]
    joined: Floats
    out: Floats  # without the residual stream
    after: Floats  # with it


class MlpStages(NamedTuple):
    """What one layer's MLP has made of a document."""

    norm: Norm
    before_relu: Floats
    hidden: Floats
    out: Floats  # without the residual stream
    after: Floats  # with it


def layer_trace(
    before: Vectors, attention: AttentionStages, mlp: MlpStages
) -> LayerTrace:
    """Return one layer's stages as values; ``before`` is the stream that came in."""
    return LayerTrace(
        before=before,
        norm1=norm_trace(attention.norm),
        queries=tuple(map(by_position, attention.queries)),
        keys=tuple(map(by_position, attention.keys)),
        values=tuple(map(by_position, attention.values)),
        scores=tuple(map(causal, attention.scores)),
        attention=tuple(map(causal, attention.weights)),
        heads=tuple(map(by_position, attention.heads)),
        joined=by_position(attention.joined),
        attn_out=by_position(attention.out),
        middle=by_position(attention.after),
        norm2=norm_trace(mlp.norm),
        mlp_in=by_position(mlp.before_relu),
        hidden=by_position(mlp.hidden),
        mlp_out=by_position(mlp.out),
        after=by_position(mlp.after),
    )


def norm_trace(norm: Norm) -> NormTrace:
    """Return what a norm did to its document."""
    return NormTrace(tuple(norm.scales.tolist()), by_position(norm.out))


def by_position(features: Floats) -> Vectors:
    """Return [position][i] of [i][position]."""
    return tuple(map(tuple, features.T.tolist()))


def causal(head: Floats) -> Vectors:
    """Return the part of [query][key] that is not masked."""
    return tuple(tuple(row[: i + 1]) for i, row in enumerate(head.tolist()))
