"""The losses of many documents at once, for who does not learn from them.

What `document` computes for one document this computes for all that have its length:
a call does not cost more for a hundred documents than for one. Activations are indexed
[document][position][feature].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.engine.arrays.norm import EPSILON
from microgpt_gui.engine.arrays.weights import Weights

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from microgpt_gui.engine.arrays.memory import Floats
    from microgpt_gui.engine.arrays.weights import LayerWeights
    from microgpt_gui.engine.config import ModelConfig

#: Numbers of the largest array of a batch: 2 MB, which the processor keeps at hand, and
#: which no call holds the interpreter lock for longer than some ms to go through.
_MOST_NUMBERS = 1 << 18


def losses(
    config: ModelConfig,
    weights: array[float],
    documents: Sequence[Sequence[int]],
    check: Callable[[], None],
) -> tuple[float, ...]:
    """Return the mean cross-entropy of each document, in nats.

    Infinite where a token has probability 0, NaN where numbers ran away.

    Args:
        config: The model's sizes.
        weights: Row by row in the script's creation order.
        documents: Each BOS, ids, BOS; of its tokens the first ``block_size + 1`` count.
        check: Called often; what it raises ends the work.
    """
    found = np.empty(len(documents))
    for places, surprise in _read(config, weights, documents, check):
        found[places] = surprise.sum(1) / surprise.shape[1]
    return tuple(found.tolist())


def surprises(
    config: ModelConfig,
    weights: array[float],
    documents: Sequence[Sequence[int]],
    check: Callable[[], None],
) -> tuple[tuple[float, ...], ...]:
    """Return the cross-entropy of each token that is predicted, in nats.

    By document; their mean is its loss. See `losses`.
    """
    found: list[tuple[float, ...]] = [()] * len(documents)
    for places, surprise in _read(config, weights, documents, check):
        for place, row in zip(places, surprise.tolist(), strict=True):
            found[place] = tuple(row)
    return tuple(found)


def _read(
    config: ModelConfig,
    weights: array[float],
    documents: Sequence[Sequence[int]],
    check: Callable[[], None],
) -> Iterator[tuple[list[int], Floats]]:
    """Yield documents of one length, by their places, and [document][token] of each."""
    matrices = Weights(config, np.frombuffer(weights))
    by_length: dict[int, list[int]] = {}
    for place, tokens in enumerate(documents):
        n = min(config.block_size, len(tokens) - 1)
        by_length.setdefault(n, []).append(place)
    for n, places in by_length.items():
        widest = max(config.vocab_size, 4 * config.n_embd, n * config.n_head)
        size = max(1, _MOST_NUMBERS // (n * widest))
        for start in range(0, len(places), size):
            batch = places[start : start + size]
            read = np.array([documents[place][: n + 1] for place in batch])
            with np.errstate(all="ignore"):
                surprise = _surprises(config, matrices, read, check)
            yield batch, surprise


def _surprises(
    config: ModelConfig,
    weights: Weights,
    tokens: NDArray[np.int_],
    check: Callable[[], None],
) -> Floats:
    """Return -log of the odds of each token; ``tokens`` is [document][n + 1]."""
    count, n = tokens.shape[0], tokens.shape[1] - 1
    first = config.vocab_size
    positions = weights.embeddings[first : first + n]
    x = _rmsnorm(weights.embeddings[tokens[:, :-1]] + positions)
    # Added to scores, it keeps a position from looking at what comes after it.
    future = np.triu(np.full((n, n), -np.inf), 1)
    for layer in weights.layers:
        check()
        x = _attend(config, layer, _rmsnorm(x), future) + x
        check()
        hidden = _rmsnorm(x) @ layer.fc1.T
        np.maximum(hidden, 0.0, out=hidden)
        x = hidden @ layer.fc2.T + x
    check()
    shares = _softmax(x @ weights.lm_head.T)
    rows = np.arange(count)[:, None], np.arange(n)[None]
    surprise: Floats = -np.log(shares[(*rows, tokens[:, 1:])])
    return surprise


def _attend(
    config: ModelConfig, layer: LayerWeights, x: Floats, future: Floats
) -> Floats:
    """Return what attention adds to the residual stream."""
    count, n, c = x.shape
    shape = count, n, 3, config.n_head, config.head_dim
    q, k, v = (x @ layer.qkv.T).reshape(shape).transpose(2, 0, 3, 1, 4)
    scores = q @ k.transpose(0, 1, 3, 2) * config.head_dim**-0.5 + future
    heads = _softmax(scores) @ v
    joined: Floats = heads.transpose(0, 2, 1, 3).reshape(count, n, c)
    return joined @ layer.wo.T


def _rmsnorm(x: Floats) -> Floats:
    scale = (np.einsum("...i,...i->...", x, x) / x.shape[-1] + EPSILON) ** -0.5
    scaled: Floats = x * scale[..., None]
    return scaled


def _softmax(x: Floats) -> Floats:
    x = np.exp(x - x.max(-1, keepdims=True))
    x /= x.sum(-1, keepdims=True)
    return x
