"""Every number of a forward pass, stage by stage, as values."""

from __future__ import annotations

from dataclasses import dataclass

Vector = tuple[float, ...]
Vectors = tuple[Vector, ...]  # [position][i]
ByHead = tuple[Vectors, ...]  # [head][position][i of head_dim]


@dataclass(frozen=True, slots=True)
class NormTrace:
    """One rmsnorm: ``out[p][i] = x[p][i] * scales[p]``.

    Attributes:
        scales: (mean of x[p][i]^2 over i, plus 1e-5) ^ -0.5, by position.
        out: What it gives on, as wide as the residual stream.
    """

    scales: Vector
    out: Vectors


@dataclass(frozen=True, slots=True)
class LayerTrace:
    """One layer: attention, then the MLP, each added to the residual stream.

    All by position, and n_embd wide, unless it is said otherwise.

    Attributes:
        before: The residual stream that comes in.
        norm1: Of it.
        queries: attn_wq times norm1.out, [head][position][i].
        keys: attn_wk times norm1.out, likewise.
        values: attn_wv times norm1.out, likewise.
        scores: query . key / sqrt(head_dim), [head][query][key] up to the query.
        attention: softmax of the scores over the keys, likewise.
        heads: Sums of the values by their attention, [head][position][i].
        joined: The heads side by side.
        attn_out: attn_wo times joined.
        middle: attn_out plus before.
        norm2: Of it.
        mlp_in: mlp_fc1 times norm2.out, 4 n_embd wide: before relu.
        hidden: What relu lets through of it; the rest is 0.
        mlp_out: mlp_fc2 times hidden.
        after: mlp_out plus middle.
    """

    before: Vectors
    norm1: NormTrace
    queries: ByHead
    keys: ByHead
    values: ByHead
    scores: tuple[Vectors, ...]
    attention: tuple[Vectors, ...]
    heads: ByHead
    joined: Vectors
    attn_out: Vectors
    middle: Vectors
    norm2: NormTrace
    mlp_in: Vectors
    hidden: Vectors
    mlp_out: Vectors
    after: Vectors


@dataclass(frozen=True, slots=True)
class Trace:
    """All of a forward pass over some tokens, by position.

    Attributes:
        tokens: What was read.
        token_embeddings: Their rows of wte.
        position_embeddings: The first rows of wpe.
        embedded: The sum of both.
        norm: Of it; its ``out`` is the residual stream that enters the first layer.
        layers: In their order.
        logits: lm_head times the last layer's ``after``, [position][vocab].
        probabilities: softmax of the logits, likewise: of the token that comes next.
    """

    tokens: tuple[int, ...]
    token_embeddings: Vectors
    position_embeddings: Vectors
    embedded: Vectors
    norm: NormTrace
    layers: tuple[LayerTrace, ...]
    logits: Vectors
    probabilities: Vectors
