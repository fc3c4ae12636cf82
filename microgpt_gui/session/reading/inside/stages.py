"""The stages of one token's way through a model, in order, by their ids.

The ids are strings that stay: ``tok_emb``, ``pos_emb``, ``embedded``, ``norm0``; in
each layer, with its number before them as in ``l0.q``: ``norm1``, ``q``, ``k``, ``v``,
``scores``, ``weights``, ``heads``, ``joined``, ``attn_out``, ``middle``, ``norm2``,
``mlp_in``, ``hidden``, ``mlp_out``, ``after``; then ``logits`` and ``probs``. What a
step of learning adds to them is in `LEARNING`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.engine.config import ModelConfig

#: The stages of learning, after those of reading: the loss of the document, the
#: gradient of every parameter, and Adam's update.
LEARNING = ("loss", "gradients", "adam")


class Kind(Enum):
    """What a stage does to the numbers that enter it."""

    LOOKUP = "one row of a matrix"
    SUM = "two vectors, added"
    NORM = "a vector, scaled"
    PRODUCT = "a matrix times a vector"
    SCORES = "a head's query times each of its keys, scaled"
    SOFTMAX = "numbers made positive, with the sum 1"
    MIX = "a head's values, weighted and added"
    JOIN = "the heads, side by side"
    RELU = "negative numbers made 0"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage.

    Attributes:
        id: Names it, for good.
        name: For people.
        symbol: What its numbers are called in ``formula``.
        formula: How they come about.
        kind: What is done.
        sources: Ids of the stages whose numbers enter; the first is what a matrix is
            multiplied with.
        matrix: The script's name of the matrix that takes part; empty for none.
        layer: Which one it is part of, from 0; None before and after all.
        parts: Vectors that it makes: one for each head, or one.
        width: Numbers in each; None for one number a token up to this one.
        is_stream: Whether what it makes is the residual stream.
    """

    id: str
    name: str
    symbol: str
    formula: str
    kind: Kind
    sources: tuple[str, ...]
    matrix: str
    layer: int | None
    parts: int
    width: int | None
    is_stream: bool = False

    @property
    def slot(self) -> str:
        """What the stage is called in any layer: its id without that."""
        return self.id.rpartition(".")[2]

    @property
    def short(self) -> str:
        """Its name where there is little room."""
        return _SHORT[self.slot]


_SHORT = {
    "tok_emb": "token",
    "pos_emb": "position",
    "embedded": "+",
    "norm0": "norm",
    "norm1": "norm",
    "q": "q",
    "k": "k",
    "v": "v",
    "scores": "scores",
    "weights": "weights",
    "heads": "heads",
    "joined": "joined",
    "attn_out": "W_O",
    "middle": "+",
    "norm2": "norm",
    "mlp_in": "MLP in",
    "hidden": "ReLU",
    "mlp_out": "out",
    "after": "+",
    "logits": "logits",
    "probs": "next",
}


def stages(model: ModelConfig) -> tuple[Stage, ...]:
    """Return the stages of a model of these sizes, in the order of their work."""
    width, vocab_size = model.n_embd, model.vocab_size
    found = [
        _plain("tok_emb", "token embedding", "t", "wte[token]", Kind.LOOKUP, (), width),
        _plain(
            "pos_emb",
            "position embedding",
            "p",
            "wpe[position]",
            Kind.LOOKUP,
            (),
            width,
        ),
        _plain(
            "embedded", "sum", "e", "t + p", Kind.SUM, ("tok_emb", "pos_emb"), width
        ),
        _plain(
            "norm0",
            "rmsnorm",
            "x",
            _rmsnorm("e"),
            Kind.NORM,
            ("embedded",),
            width,
            is_stream=True,
        ),
    ]
    stream = "norm0"
    for layer in range(model.n_layer):
        found += _layer(model, layer, stream)
        stream = f"l{layer}.after"
    found += [
        _plain(
            "logits",
            "logits",
            "z",
            "lm_head · x",
            Kind.PRODUCT,
            (stream,),
            vocab_size,
        ),
        _plain(
            "probs",
            "probabilities",
            "P",
            "exp(zᵢ) / Σ exp(z)",
            Kind.SOFTMAX,
            ("logits",),
            vocab_size,
        ),
    ]
    return tuple(found)


_MATRICES = {"tok_emb": "wte", "pos_emb": "wpe", "logits": "lm_head"}


def _rmsnorm(symbol: str) -> str:
    return f"{symbol} / √(mean({symbol}²) + 0.00001)"


def _plain(
    id: str,
    name: str,
    symbol: str,
    formula: str,
    kind: Kind,
    sources: tuple[str, ...],
    width: int,
    *,
    is_stream: bool = False,
) -> Stage:
    """Return a stage that is in no layer, and of no head."""
    matrix = _MATRICES.get(id, "")
    return Stage(
        id, name, symbol, formula, kind, sources, matrix, None, 1, width, is_stream
    )


def _layer(model: ModelConfig, layer: int, stream: str) -> Iterator[Stage]:
    """Yield the stages of one layer, which ``stream`` enters."""
    width, heads, head_dim = model.n_embd, model.n_head, model.head_dim

    def stage(
        id: str,
        name: str,
        symbol: str,
        formula: str,
        kind: Kind,
        *sources: str,
        matrix: str = "",
        parts: int = 1,
        width: int | None = width,
        is_stream: bool = False,
    ) -> Stage:
        return Stage(
            id=f"l{layer}.{id}",
            name=name,
            symbol=symbol,
            formula=formula,
            kind=kind,
            sources=tuple(
                stream if source == "before" else f"l{layer}.{source}"
                for source in sources
            ),
            matrix=f"layer{layer}.{matrix}" if matrix else "",
            layer=layer,
            parts=parts,
            width=width,
            is_stream=is_stream,
        )

    yield stage("norm1", "rmsnorm", "n", _rmsnorm("x"), Kind.NORM, "before")
    for letter, name in (("q", "query"), ("k", "key"), ("v", "value")):
        yield stage(
            letter,
            name,
            letter,
            f"attn_w{letter} · n",
            Kind.PRODUCT,
            "norm1",
            matrix=f"attn_w{letter}",
            parts=heads,
            width=head_dim,
        )
    yield stage(
        "scores",
        "scores",
        "s",
        "q · k / √head_dim",
        Kind.SCORES,
        "q",
        "k",
        parts=heads,
        width=None,
    )
    yield stage(
        "weights",
        "attention weights",
        "a",
        "exp(sⱼ) / Σ exp(s)",
        Kind.SOFTMAX,
        "scores",
        parts=heads,
        width=None,
    )
    yield stage(
        "heads",
        "head outputs",
        "o",
        "Σ aⱼ · vⱼ",
        Kind.MIX,
        "weights",
        "v",
        parts=heads,
        width=head_dim,
    )
    yield stage("joined", "heads joined", "c", "o, head by head", Kind.JOIN, "heads")
    yield stage(
        "attn_out",
        "W_O",
        "w",
        "attn_wo · c",
        Kind.PRODUCT,
        "joined",
        matrix="attn_wo",
    )
    yield stage(
        "middle",
        "stream after attention",
        "x",
        "w + x",
        Kind.SUM,
        "attn_out",
        "before",
        is_stream=True,
    )
    yield stage("norm2", "rmsnorm", "n", _rmsnorm("x"), Kind.NORM, "middle")
    yield stage(
        "mlp_in",
        "MLP in",
        "u",
        "mlp_fc1 · n",
        Kind.PRODUCT,
        "norm2",
        matrix="mlp_fc1",
        width=4 * width,
    )
    yield stage(
        "hidden", "ReLU", "h", "max(0, u)", Kind.RELU, "mlp_in", width=4 * width
    )
    yield stage(
        "mlp_out",
        "MLP out",
        "m",
        "mlp_fc2 · h",
        Kind.PRODUCT,
        "hidden",
        matrix="mlp_fc2",
    )
    yield stage(
        "after",
        "stream after MLP",
        "x",
        "m + x",
        Kind.SUM,
        "mlp_out",
        "middle",
        is_stream=True,
    )
