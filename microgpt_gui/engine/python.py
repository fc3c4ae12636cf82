"""The default engine: gradients derived by hand, for a whole document at once.

`autograd` makes an object for each number; here the same sums run over plain lists,
in the same order, so that losses and parameters are the same to the last bit. The
backward pass goes through the forward pass from its end. Where a number was used
several times its gradient is a sum, and the order of that sum is the graph's: over
positions from the last to the first, over output rows from the last to the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.engine import inference
from microgpt_gui.engine.adam import Adam
from microgpt_gui.engine.attention import Attended, attend, attend_backward
from microgpt_gui.engine.divergence import divergence_explained
from microgpt_gui.engine.layers import (
    cross_entropy,
    normalise,
    normalise_backward,
    plus,
    transposed,
)
from microgpt_gui.engine.parameters import checked_copy
from microgpt_gui.engine.unrolled import linear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.base import CancelToken, Forward, Matrix, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig
    from microgpt_gui.engine.layers import Norms


class _Layer:
    """What one layer's backward pass needs of its forward pass, [position][i]."""

    __slots__ = (
        "attended",
        "before",
        "hidden",
        "middle",
        "mlp_in",
        "norms1",
        "norms2",
        "qkv_in",
    )

    before: Matrix  # residual stream that comes in
    norms1: Norms
    qkv_in: Matrix
    attended: list[Attended]  # [head]
    middle: Matrix  # residual stream between attention and MLP
    norms2: Norms
    mlp_in: Matrix
    hidden: Matrix  # after relu


class PythonEngine:
    """See `Engine`."""

    def __init__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> None:
        self.config = config
        self._adam_config = adam
        self._check = cancel.check
        self.load_parameters(parameters)

    def load_parameters(
        self, parameters: Mapping[str, Sequence[Sequence[float]]]
    ) -> None:
        """See `Engine`."""
        self._matrices = checked_copy(self.config, parameters)
        self._adam = Adam(self._adam_config, self._matrices)
        self.steps_done = 0

    def parameters(self) -> Parameters:
        """See `Engine`."""
        return {
            name: [row.copy() for row in matrix]
            for name, matrix in self._matrices.items()
        }

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Engine`."""
        return inference.forward(self.config, self._matrices, tokens, self._check)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Engine`."""
        return inference.Reader(self.config, self._matrices, self._check)

    def train_step(self, tokens: Sequence[int], learning_rate: float) -> float:
        """See `Engine`."""
        with divergence_explained(self.steps_done):
            loss, gradients = self._gradients(tokens)
            self._adam.update(self._matrices, gradients, learning_rate, self._check)
        self.steps_done += 1
        return loss

    def _gradients(self, tokens: Sequence[int]) -> tuple[float, Parameters]:
        """Return the loss of a document and its gradient by every parameter."""
        n = min(self.config.block_size, len(tokens) - 1)
        inputs, targets = tokens[:n], tokens[1 : n + 1]
        w = self._matrices
        gradients: Parameters = {}

        embedded = [
            [t + p for t, p in zip(w["wte"][token], position, strict=True)]
            for token, position in zip(inputs, w["wpe"], strict=False)
        ]
        x, norms0 = normalise(embedded)
        layers = []
        for number in range(self.config.n_layer):
            layer, x = self._layer_forward(number, x)
            layers.append(layer)
        loss, d_logits = cross_entropy(self._linear(w["lm_head"], x), targets)

        gradients["lm_head"] = self._weight_gradient(d_logits, x)
        dx = self._head_backward(d_logits, targets)
        for number in reversed(range(self.config.n_layer)):
            dx = self._layer_backward(number, layers[number], dx, gradients)
        dx = normalise_backward(embedded, norms0, dx)

        gradients["wpe"] = dx
        wte: dict[int, list[float]] = {}
        for token, d in zip(reversed(inputs), reversed(dx), strict=True):
            wte[token] = plus([wte[token]], [d])[0] if token in wte else d
        unused = [0.0] * self.config.n_embd
        gradients["wte"] = [wte.get(t, unused) for t in range(self.config.vocab_size)]
        gradients["wpe"] += [unused] * (self.config.block_size - n)

        return loss, gradients

    def _layer_forward(self, number: int, x: Matrix) -> tuple[_Layer, Matrix]:
        w, name = self._matrices, f"layer{number}."
        layer = _Layer()
        layer.before = x
        layer.qkv_in, layer.norms1 = normalise(x)
        q, k, v = (
            transposed(self._linear(w[name + matrix], layer.qkv_in))
            for matrix in ("attn_wq", "attn_wk", "attn_wv")
        )
        layer.attended = []
        head_dim = self.config.head_dim
        for start in range(0, self.config.n_embd, head_dim):
            head = slice(start, start + head_dim)
            layer.attended.append(attend(q[head], k[head], v[head], self._check))
        joined = transposed([row for a in layer.attended for row in a.out])
        layer.middle = plus(self._linear(w[name + "attn_wo"], joined), x)
        layer.mlp_in, layer.norms2 = normalise(layer.middle)
        hidden = self._linear(w[name + "mlp_fc1"], layer.mlp_in)
        layer.hidden = [[h if h > 0 else 0.0 for h in row] for row in hidden]
        out = self._linear(w[name + "mlp_fc2"], layer.hidden)
        return layer, plus(out, layer.middle)

    def _layer_backward(
        self, number: int, layer: _Layer, dx: Matrix, gradients: Parameters
    ) -> Matrix:
        """Fill in the layer's gradients; return that of what came in.

        ``dx`` is the gradient of the loss by what the layer gave out.
        """
        w, name = self._matrices, f"layer{number}."
        gradients[name + "mlp_fc2"] = self._weight_gradient(dx, layer.hidden)
        d_hidden = self._input_gradient(w[name + "mlp_fc2"], dx)
        d_hidden = [
            [d if h > 0 else 0.0 for d, h in zip(ds, hs, strict=True)]
            for ds, hs in zip(d_hidden, layer.hidden, strict=True)
        ]
        gradients[name + "mlp_fc1"] = self._weight_gradient(d_hidden, layer.mlp_in)
        d_in = self._input_gradient(w[name + "mlp_fc1"], d_hidden)
        dx = normalise_backward(layer.middle, layer.norms2, d_in, dx)

        joined = transposed([row for a in layer.attended for row in a.out])
        gradients[name + "attn_wo"] = self._weight_gradient(dx, joined)
        d_joined = transposed(self._input_gradient(w[name + "attn_wo"], dx))
        head_dim = self.config.head_dim
        dq: Matrix = []
        dk: Matrix = []
        dv: Matrix = []
        d_rows: Matrix = []
        rows: Matrix = []
        for i, attended in enumerate(layer.attended):
            head = slice(i * head_dim, (i + 1) * head_dim)
            parts = attend_backward(attended, d_joined[head], self._check)
            for gradient, part, matrix in zip(
                (dq, dk, dv), parts, ("attn_wq", "attn_wk", "attn_wv"), strict=True
            ):
                gradient += part
                d_rows += part
                rows += w[name + matrix][head]
        d_in = self._input_gradient(rows, transposed(d_rows))
        for gradient, matrix in ((dq, "attn_wq"), (dk, "attn_wk"), (dv, "attn_wv")):
            gradients[name + matrix] = self._weight_gradient(
                transposed(gradient), layer.qkv_in
            )
        return normalise_backward(layer.before, layer.norms1, d_in, dx)

    def _head_backward(self, d_logits: Matrix, targets: Sequence[int]) -> Matrix:
        """Return the gradient of the logits' input.

        A target's row comes last: the graph reaches its logit first.
        """
        lm_head = self._matrices["lm_head"]
        others = [row.copy() for row in d_logits]
        for row, target in zip(others, targets, strict=True):
            row[target] = 0.0
        return [
            [d + row[target] * w for d, w in zip(ds, lm_head[target], strict=True)]
            for ds, row, target in zip(
                self._input_gradient(lm_head, others), d_logits, targets, strict=True
            )
        ]

    def _linear(self, rows: Sequence[Sequence[float]], x: Matrix) -> Matrix:
        """Return each row times each position's vector, [position][row]."""
        out = []
        for vector in x:
            self._check()
            out += linear(rows, [vector])
        return out

    def _input_gradient(self, rows: Matrix, d_out: Matrix) -> Matrix:
        """Return the sums over the rows, last to first, [position][column]."""
        columns = transposed(rows[::-1])
        return self._linear(columns, [d[::-1] for d in d_out])

    def _weight_gradient(self, d_out: Matrix, x: Matrix) -> Matrix:
        """Return the sums over the positions, last to first, [row][column]."""
        return self._linear(transposed(x[::-1]), transposed(d_out[::-1]))
