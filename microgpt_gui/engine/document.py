"""The forward pass on plain numbers, over a whole document at once.

The same sums in the same order as the script's, so the same numbers to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.engine.kernels.attention import attention_source
from microgpt_gui.engine.kernels.mlp import mlp
from microgpt_gui.engine.kernels.multiply import multiply
from microgpt_gui.engine.kernels.norm import norm_source
from microgpt_gui.engine.kernels.source import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from microgpt_gui.engine.config import ModelConfig

    Matrices = Mapping[str, Sequence[Sequence[float]]]

Row = tuple[float, ...]
Rows = list[Row]


#: A layer's matrices by the script's names, in its order.
LAYER_MATRICES = ("attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2")


class LayerRows(NamedTuple):
    """A layer's matrices as the kernels read them."""

    qkv: Sequence[Sequence[float]]  # attn_wq above attn_wk above attn_wv, [row][i]
    wo: Sequence[Sequence[float]]  # [row][i]
    fc1: Sequence[Sequence[float]]  # [unit][i]
    fc2_columns: Sequence[Sequence[float]]  # [unit][i]: mlp_fc2, transposed


class ModelRows(NamedTuple):
    """All matrices as the kernels read them; they may be replaced row by row."""

    wte: Sequence[Sequence[float]]  # [token][i]
    wpe: Sequence[Sequence[float]]  # [position][i]
    lm_head: Sequence[Sequence[float]]  # [token][i]
    layers: Sequence[LayerRows]


class Norm(NamedTuple):
    """What an rmsnorm's backward pass needs of its forward pass, by position."""

    means: list[float]  # of the squares
    scales: list[float]


@dataclass(frozen=True, slots=True)
class LayerTape:
    """What one layer's backward pass needs of its forward pass, [position][i]."""

    before: Rows  # residual stream that comes in
    norm1: Norm
    qkv_in: Rows
    queries: Rows  # all heads in one, as in keys and values
    keys: Rows
    values: Rows
    exps: list[Rows]  # of all heads' scores, [position][key][head], the last key first
    totals: Rows  # of the exps, [position][head]
    joined: Rows  # outputs of all heads
    middle: Rows  # residual stream between attention and MLP
    norm2: Norm
    mlp_in: Rows
    hidden: list[Rows]


@dataclass(frozen=True, slots=True)
class Tape:
    """What a forward pass found, [position][i]."""

    embedded: Rows
    norm: Norm
    layers: list[LayerTape]
    x: Rows  # residual stream that becomes logits
    logits: Rows  # [position][vocab]


def layer_rows(matrices: Matrices, layer: int) -> LayerRows:
    """Return one layer's part of all matrices by the script's names."""
    wq, wk, wv, wo, fc1, fc2 = (
        matrices[f"layer{layer}.{name}"] for name in LAYER_MATRICES
    )
    return LayerRows([*wq, *wk, *wv], wo, fc1, transposed(fc2))


def layer_matrices(rows: LayerRows, layer: int) -> Matrices:
    """Return what `layer_rows` was made from, in the script's order."""
    c = len(rows.wo)
    wq, wk, wv = (rows.qkv[start : start + c] for start in range(0, 3 * c, c))
    matrices = wq, wk, wv, rows.wo, rows.fc1, transposed(rows.fc2_columns)
    names = (f"layer{layer}.{name}" for name in LAYER_MATRICES)
    return dict(zip(names, matrices, strict=True))


def model_rows(config: ModelConfig, matrices: Matrices) -> ModelRows:
    """Return all matrices by the script's names."""
    return ModelRows(
        matrices["wte"],
        matrices["wpe"],
        matrices["lm_head"],
        [layer_rows(matrices, layer) for layer in range(config.n_layer)],
    )


def read(
    config: ModelConfig,
    model: ModelRows,
    tokens: Sequence[int],
    check: Callable[[], None],
) -> Tape:
    """Read a text.

    Args:
        config: The model's sizes.
        model: Its matrices.
        tokens: 1 to ``block_size``.
        check: Called every now and then; may raise.
    """
    embedded = [embed(model, token, i) for i, token in enumerate(tokens)]
    norm, x = rmsnorm(embedded)
    tapes = []
    for layer in model.layers:
        tape, x = _read_layer(config, layer, x, check)
        tapes.append(tape)
    logits = transposed(multiply(model.lm_head, x, check))
    return Tape(embedded, norm, tapes, x, logits)


def embed(model: ModelRows, token: int, position: int) -> Row:
    """Return the vector that stands for ``token`` at ``position``."""
    return tuple(map(add, model.wte[token], model.wpe[position]))


def rmsnorm(x: Rows) -> tuple[Norm, Rows]:
    """Return [position][i] normalised, after what the way back needs."""
    kernel = compiled(norm_source, len(x[0]))
    means, scales, out = kernel(x)
    return Norm(means, scales), out


def _read_layer(
    config: ModelConfig, layer: LayerRows, x: Rows, check: Callable[[], None]
) -> tuple[LayerTape, Rows]:
    c = config.n_embd
    norm1, qkv_in = rmsnorm(x)
    qkv = multiply(layer.qkv, qkv_in, check)
    queries, keys, values = (transposed(qkv[i : i + c]) for i in (0, c, 2 * c))
    attend = compiled(attention_source, config.n_head, config.head_dim)
    exps, totals, joined = attend(queries, keys, values, check)
    out = zip(*multiply(layer.wo, joined, check), strict=True)
    middle = [tuple(map(add, a, b)) for a, b in zip(out, x, strict=True)]
    norm2, mlp_in = rmsnorm(middle)
    hidden, after = mlp(layer.fc1, layer.fc2_columns, mlp_in, middle, check)
    tape = LayerTape(
        before=x,
        norm1=norm1,
        qkv_in=qkv_in,
        queries=queries,
        keys=keys,
        values=values,
        exps=exps,
        totals=totals,
        joined=joined,
        middle=middle,
        norm2=norm2,
        mlp_in=mlp_in,
        hidden=hidden,
    )
    return tape, after


def transposed(rows: Iterable[Iterable[float]]) -> Rows:
    """Return the columns of ``rows``."""
    return list(zip(*rows, strict=True))
