"""Training as the script does it: what "times the script" is measured against.

The engines are compared with microgpt.py, which does not come with this program. This
is its algorithm once more, in words of our own and in its own way, good and bad: that
way decides what a step costs, a hundred times what the same numbers cost otherwise. On
a name of seven positions, with the default model and CPython 3.11, a step consists of

- 59,615 numbers: an object of 64 bytes for every operation
  and for every constant in one (a third of all are constants and their products: sums
  begin with 0, and a difference, a negation and a division are made of others), with a
  tuple for what it was made of, one for its slopes, and a float or two: 14 MB;
- a recursive walk through them, by a function that refers to itself. So the graph is
  part of a cycle, and nothing of it goes before the collector has seen all of it;
- some 180 young, 17 middle and 1.5 full collections at Python's own thresholds: 60 %
  of the time. In these the graph of the step before is alive, too, since the script's
  names are global and keep it until the next loss is there.

Side by side with microgpt.py, four processes each by turns, 55 steps of names in each:
its steps and these cost the same within 5 %, with the same number of collections and
memory, and every loss was the same to the last bit. Without the graph of the step
before these were 1.6 times as fast, though all else was equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.bench.script_way.node import Node
from microgpt_gui.engine.config import ADAM_EPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig

Vector = list[Node]


class ScriptTrainer:
    """A model that learns in the script's way.

    Attributes:
        steps_done: Steps trained so far.
        nodes: How many numbers the last step made and remembered, those of the
            parameters that it used included.
    """

    def __init__(
        self, config: ModelConfig, parameters: Parameters, adam: AdamConfig
    ) -> None:
        self.steps_done = 0
        self.nodes = 0
        self._config = config
        self._adam = adam
        self._matrices = {
            name: [[Node(p) for p in row] for row in matrix]
            for name, matrix in parameters.items()
        }
        self._params = [
            p for matrix in self._matrices.values() for row in matrix for p in row
        ]
        self._m = [0.0] * len(self._params)
        self._v = [0.0] * len(self._params)
        # The script's names are global: its last graph is there while the next grows.
        self._loss: Node | None = None

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """Learn from one document; return its loss before, in nats.

        Args:
            tokens: BOS, the ids of its letters, BOS.
            learning_rate: Of this step.

        Raises:
            RecursionError: See `Node.backward`.
        """
        n = min(self._config.block_size, len(tokens) - 1)
        keys: list[list[Vector]] = [[] for _ in range(self._config.n_layer)]
        values: list[list[Vector]] = [[] for _ in range(self._config.n_layer)]
        losses = []
        for position in range(n):
            logits = self._logits(tokens[position], position, keys, values)
            probs = _softmax(logits)
            losses.append(-probs[tokens[position + 1]].log())
        loss = self._loss = (1 / n) * _sum(losses)
        self.nodes = loss.backward()
        self._update(learning_rate)
        self.steps_done += 1
        return loss.data

    def _logits(
        self,
        token: int,
        position: int,
        keys: list[list[Vector]],
        values: list[list[Vector]],
    ) -> Vector:
        """Read one token after those whose ``keys`` and ``values`` are there."""
        wte, wpe = self._matrices["wte"][token], self._matrices["wpe"][position]
        x = _norm([t + p for t, p in zip(wte, wpe, strict=False)])
        for layer in range(self._config.n_layer):
            name = f"layer{layer}."
            x = _added(self._attention(name, x, keys[layer], values[layer]), x)
            hidden = _linear(_norm(x), self._matrices[name + "mlp_fc1"])
            hidden = [h.relu() for h in hidden]
            x = _added(_linear(hidden, self._matrices[name + "mlp_fc2"]), x)
        return _linear(x, self._matrices["lm_head"])

    def _attention(
        self, name: str, x: Vector, keys: list[Vector], values: list[Vector]
    ) -> Vector:
        x = _norm(x)
        query = _linear(x, self._matrices[name + "attn_wq"])
        keys.append(_linear(x, self._matrices[name + "attn_wk"]))
        values.append(_linear(x, self._matrices[name + "attn_wv"]))
        size = self._config.head_dim
        joined: Vector = []
        for start in range(0, self._config.n_embd, size):
            q = query[start : start + size]
            k = [key[start : start + size] for key in keys]
            v = [value[start : start + size] for value in values]
            scores = [
                _sum(q[i] * k[t][i] for i in range(size)) / size**0.5
                for t in range(len(k))
            ]
            weights = _softmax(scores)
            joined += [
                _sum(weights[t] * v[t][i] for t in range(len(v))) for i in range(size)
            ]
        return _linear(joined, self._matrices[name + "attn_wo"])

    def _update(self, learning_rate: float) -> None:
        """Move every parameter against its gradient, by Adam's rule."""
        beta1, beta2 = self._adam.beta1, self._adam.beta2
        m, v, t = self._m, self._v, self.steps_done + 1
        for i, p in enumerate(self._params):
            m[i] = beta1 * m[i] + (1 - beta1) * p.grad
            v[i] = beta2 * v[i] + (1 - beta2) * p.grad**2
            m_hat = m[i] / (1 - beta1**t)
            v_hat = v[i] / (1 - beta2**t)
            p.data -= learning_rate * m_hat / (v_hat**0.5 + ADAM_EPS)
            p.grad = 0


#: The built-in sum begins with 0, which becomes a node as well.
_sum: Callable[[Iterable[Node]], Node] = sum  # type: ignore[assignment]


def _linear(x: Vector, matrix: list[Vector]) -> Vector:
    return [_sum(w * i for w, i in zip(row, x, strict=False)) for row in matrix]


def _softmax(logits: Vector) -> Vector:
    largest = max(logit.data for logit in logits)
    exps = [(logit - largest).exp() for logit in logits]
    total = _sum(exps)
    return [e / total for e in exps]


def _norm(x: Vector) -> Vector:
    mean = _sum(i * i for i in x) / len(x)
    scale = (mean + 1e-5) ** -0.5
    return [i * scale for i in x]


def _added(a: Vector, b: Vector) -> Vector:
    return [i + j for i, j in zip(a, b, strict=False)]
