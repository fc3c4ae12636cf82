"""How much a document's loss grows with the numbers of every stage.

The `autograd` engine computes it: its graph is made, walked backwards, and looked at
where the stages are. Only the products with matrices are noted while it is made; the
other stages are reached from these, by the numbers that they were computed from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine.autograd import AutogradEngine
from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.engine.config import AdamConfig
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.engine.value import SLICE, SUM, backward, topological_order

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.trace import ByHead, Vectors
    from microgpt_gui.engine.value import Value

    Vector = list[Value]
    Heads = list[Vector]


class _NotingEngine(AutogradEngine):
    """Notes what goes into each product with a matrix, and what comes out.

    Attributes:
        noted: Of each position in turn: by the name of the matrix, in and out.
    """

    def note(self) -> list[dict[str, tuple[Vector, Vector]]]:
        """Begin; return the list that fills."""
        self.noted: list[dict[str, tuple[Vector, Vector]]] = [{}]
        return self.noted

    def _linear(self, x: Vector, name: str) -> Vector:
        out = super()._linear(x, name)
        self.noted[-1][name] = (x, out)
        if name == "lm_head":  # the last one of a position
            self.noted.append({})
        return out


def stage_gradients(
    model: ModelConfig,
    weights: array[float],
    tokens: Sequence[int],
    check: Callable[[], None],
) -> Mapping[str, ByHead]:
    """Return the derivative of the loss by each number of the stages.

    Args:
        model: The model's sizes.
        weights: All of them, in the script's creation order.
        tokens: BOS, a document's ids, BOS; the first ``block_size + 1`` are used.
        check: Called often; what it raises ends the work.

    Returns:
        By the id of the stage, [position][part][i]; a part is a head, or the only one.
        Of the two embeddings, it is that of their sum. Probabilities have none: only
        one of each position is part of the loss.

    Raises:
        ArithmeticError, ValueError: A number on the way is out of range.
    """
    engine = _NotingEngine(
        model, unflattened(model, weights), AdamConfig(), CheckedBy(check)
    )
    noted = engine.note()
    order = topological_order(engine.loss_graph(tokens), check)
    kept = order.copy()  # backward drops them
    backward(order, check)
    positions = [_stages_of(model, products) for products in noted if products]
    noted.clear()
    found = {
        name: tuple(_grads(stages[name]) for stages in positions)
        for name in positions[0]
    }
    positions.clear()
    while kept:  # all at once would stop every other thread for long
        check()
        del kept[-SLICE:]
    return found


def _grads(parts: Heads) -> Vectors:
    return tuple(tuple(number.grad for number in part) for part in parts)


def _stages_of(
    model: ModelConfig, products: Mapping[str, tuple[Vector, Vector]]
) -> dict[str, Heads]:
    """Return the numbers of every stage of one position."""
    found: dict[str, Heads] = {}
    for li in range(model.n_layer):
        name, stage = f"layer{li}.", f"l{li}."
        norm1, q = products[f"{name}attn_wq"]
        if li == 0:
            embedded = _lefts(norm0 := _lefts(norm1))
            found |= {"tok_emb": [embedded], "pos_emb": [embedded]}
            found |= {"embedded": [embedded], "norm0": [norm0]}
        joined, attn_out = products[f"{name}attn_wo"]
        norm2, mlp_in = products[f"{name}mlp_fc1"]
        hidden, mlp_out = products[f"{name}mlp_fc2"]
        last = li + 1 == model.n_layer
        after = (
            products["lm_head"][0]
            if last
            else _lefts(products[f"layer{li + 1}.attn_wq"][0])
        )
        heads = _parted(joined, model)
        weights = [_first_factors(head[0]) for head in heads]
        of_layer = {
            "norm1": [norm1],
            "q": _parted(q, model),
            "k": _parted(products[f"{name}attn_wk"][1], model),
            "v": _parted(products[f"{name}attn_wv"][1], model),
            # A weight is e / total; e is exp(score - largest).
            "scores": [[weight.left.left.left for weight in of] for of in weights],
            "weights": weights,
            "heads": heads,
            "joined": [joined],
            "attn_out": [attn_out],
            "middle": [_lefts(norm2)],
            "norm2": [norm2],
            "mlp_in": [mlp_in],
            "hidden": [hidden],
            "mlp_out": [mlp_out],
            "after": [after],
        }
        found |= {stage + id: numbers for id, numbers in of_layer.items()}
    found["logits"] = [products["lm_head"][1]]
    return found


def _lefts(numbers: Vector) -> Vector:
    """Return what an rmsnorm or a sum made ``numbers`` of: each was ``left``."""
    return [number.left for number in numbers]


def _parted(numbers: Vector, model: ModelConfig) -> Heads:
    width = model.head_dim
    starts = range(0, len(numbers), width)
    return [numbers[start : start + width] for start in starts]


def _first_factors(total: Value) -> Vector:
    """Return the first factor of each product in a `dot`."""
    factors = []
    while total.slope is SUM:
        factors.append(total.right.left)
        total = total.left
    factors.append(total.left)
    return factors[::-1]
