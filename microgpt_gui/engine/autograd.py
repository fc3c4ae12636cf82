"""The engine to read: microgpt with one object for every number.

Nothing here knows how to differentiate a GPT. The forward pass is written down with
numbers that remember where they came from, and the gradients follow by the chain rule;
see `value`. The other engines do the same sums without the objects.
"""

from __future__ import annotations

import math
from array import array
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from microgpt_gui.engine.config import ADAM_EPS
from microgpt_gui.engine.graph_size import check_graph_fits
from microgpt_gui.engine.inference import PlainModel
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.engine.reads_at_rest import ReadsAtRest
from microgpt_gui.engine.restorable import Descent, RestorableEngine
from microgpt_gui.engine.state import EngineState
from microgpt_gui.engine.value import (
    SLICE,
    Parameter,
    Value,
    backward,
    dot,
    topological_order,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


Vector = list[Value]


def softmax(logits: Vector) -> Vector:
    """Return positive numbers that sum to 1, in the proportions of e^logit."""
    max_val = max(val.data for val in logits)
    exps = [(val - max_val).exp() for val in logits]
    total = reduce(add, exps)
    return [e / total for e in exps]


def rmsnorm(x: Vector) -> Vector:
    """Scale ``x`` so that the mean of its squares is 1."""
    ms = dot(x, x) / len(x)
    scale = (ms + 1e-5) ** -0.5
    return [xi * scale for xi in x]


class AutogradEngine(ReadsAtRest, RestorableEngine):
    """See `Engine`."""

    def _restore(self, state: EngineState) -> None:
        matrices = unflattened(self.config, state.parameters)
        self._state_dict: dict[str, list[Vector]] = {
            name: [self._vector(row) for row in matrix]
            for name, matrix in matrices.items()
        }
        self._params = [
            p for matrix in self._state_dict.values() for row in matrix for p in row
        ]
        self._m = state.m.tolist()
        self._v = state.v.tolist()

    def _vector(self, row: Sequence[float]) -> Vector:
        self._check()  # a large model's objects take seconds to make
        return [Parameter(p) for p in row]

    def state(self) -> EngineState:
        """See `Engine`."""
        return EngineState(
            self.steps_done, self.weights(), array("d", self._m), array("d", self._v)
        )

    def weights(self) -> array[float]:
        """See `Engine`."""
        return array("d", [p.data for p in self._params])

    def _at_rest(self) -> PlainModel:
        """Return the model as it is now, in numbers that remember nothing."""
        return PlainModel(self.config, self.weights(), self._check)

    def _differentiate(self, tokens: Sequence[int]) -> Descent:
        """See the base class.

        Raises:
            MemoryError: The graph of this document would not fit into memory.
        """
        check_graph_fits(self.config, len(tokens) - 1)
        loss = self.loss_graph(tokens)
        value = loss.data
        order = topological_order(loss, self._check)
        del loss  # else the whole graph would go at once, when this name does
        backward(order, self._check)
        gradient = self._take_gradient()
        squares = 0.0
        for grad in gradient:
            squares += grad * grad
        length = math.sqrt(squares) if squares < math.inf else math.hypot(*gradient)
        return Descent(
            value,
            length,
            lambda rate: self._update(gradient, rate),
            lambda: array("d", gradient),
        )

    def _take_gradient(self) -> list[float]:
        """Return the gradient of every parameter, and make them ready for the next."""
        gradient = [p.grad for p in self._params]
        for p in self._params:
            p.grad = 0.0
        return gradient

    def loss_graph(self, tokens: Sequence[int]) -> Value:
        """Return the mean over the positions of -log(probability of the next token).

        It remembers what it was made of, down to the parameters as they are now.

        Args:
            tokens: See `Engine.train_step`.
        """
        config = self.config
        n = min(config.block_size, len(tokens) - 1)
        keys: list[list[Vector]] = [[] for _ in range(config.n_layer)]
        values: list[list[Vector]] = [[] for _ in range(config.n_layer)]
        losses = []
        for pos_id in range(n):
            logits = self._gpt(tokens[pos_id], pos_id, keys, values)
            probs = softmax(logits)
            losses.append(-probs[tokens[pos_id + 1]].log())
        return (1 / n) * reduce(add, losses)

    def _gpt(
        self,
        token_id: int,
        pos_id: int,
        keys: list[list[Vector]],
        values: list[list[Vector]],
    ) -> Vector:
        """Read one token; return the logits of the next one.

        ``keys`` and ``values``, [layer][position], hold what the tokens before this one
        offer to attention; this one's are added.
        """
        config, state_dict = self.config, self._state_dict
        head_dim = config.head_dim
        tok_emb = state_dict["wte"][token_id]
        pos_emb = state_dict["wpe"][pos_id]
        x = [t + p for t, p in zip(tok_emb, pos_emb, strict=True)]
        x = rmsnorm(x)

        for li in range(config.n_layer):
            # Attention: look at the tokens before.
            x_residual = x
            x = rmsnorm(x)
            q = self._linear(x, f"layer{li}.attn_wq")
            k = self._linear(x, f"layer{li}.attn_wk")
            v = self._linear(x, f"layer{li}.attn_wv")
            keys[li].append(k)
            values[li].append(v)
            x_attn = []
            for hs in range(0, config.n_embd, head_dim):
                self._check()
                q_h = q[hs : hs + head_dim]
                k_h = [ki[hs : hs + head_dim] for ki in keys[li]]
                v_h = [vi[hs : hs + head_dim] for vi in values[li]]
                attn_logits = [dot(q_h, k_t) / head_dim**0.5 for k_t in k_h]
                attn_weights = softmax(attn_logits)
                x_attn += [dot(attn_weights, v_j) for v_j in zip(*v_h, strict=True)]
            x = self._linear(x_attn, f"layer{li}.attn_wo")
            x = [a + b for a, b in zip(x, x_residual, strict=True)]

            # Multi-layer perceptron: think about what was seen.
            x_residual = x
            x = rmsnorm(x)
            x = self._linear(x, f"layer{li}.mlp_fc1")
            x = [xi.relu() for xi in x]
            x = self._linear(x, f"layer{li}.mlp_fc2")
            x = [a + b for a, b in zip(x, x_residual, strict=True)]

        return self._linear(x, "lm_head")

    def _linear(self, x: Vector, name: str) -> Vector:
        """Return the product of the matrix ``name`` and ``x``."""
        out = []
        for row in self._state_dict[name]:
            self._check()
            out.append(dot(row, x))
        return out

    def _update(self, gradient: list[float], learning_rate: float) -> None:
        """Move every parameter against its gradient, by Adam's rule."""
        beta1, beta2, t = self._adam.beta1, self._adam.beta2, self.steps_done + 1
        correction1, correction2 = 1 - beta1**t, 1 - beta2**t
        rest1, rest2 = 1 - beta1, 1 - beta2
        m, v = self._m, self._v
        for i, (p, grad) in enumerate(zip(self._params, gradient, strict=True)):
            if i % SLICE == 0:
                self._check()
            m[i] = m_i = beta1 * m[i] + rest1 * grad
            v[i] = v_i = beta2 * v[i] + rest2 * grad**2
            m_hat = m_i / correction1
            v_hat = v_i / correction2
            p.data -= learning_rate * m_hat / (v_hat**0.5 + ADAM_EPS)
