"""The default engine: gradients derived by hand, for a whole document at once.

`autograd` makes an object for each number; here the same sums run over plain floats in
the same order, so that losses and parameters are the same to the last bit. What runs is
generated for the sizes at hand; see `kernels`.

The backward pass goes through the forward pass from its end. Where a number was used
several times its gradient is a sum, and the order of that sum is the graph's: over
positions from the last to the first, over output rows from the last to the first.
"""

from __future__ import annotations

from itertools import starmap
from math import hypot
from operator import add, itemgetter
from typing import TYPE_CHECKING

from microgpt_gui.engine import inference
from microgpt_gui.engine.config import ADAM_EPS
from microgpt_gui.engine.cross_entropy import cross_entropy
from microgpt_gui.engine.document import (
    LayerRows,
    ModelRows,
    layer_matrices,
    layer_rows,
    read,
    transposed,
)
from microgpt_gui.engine.kernels.attention import attention_backward_source
from microgpt_gui.engine.kernels.mlp import mlp_backward
from microgpt_gui.engine.kernels.multiply import multiply
from microgpt_gui.engine.kernels.norm import norm_backward_source
from microgpt_gui.engine.kernels.source import compiled
from microgpt_gui.engine.parameters import flattened, unflattened
from microgpt_gui.engine.plain_trace import trace
from microgpt_gui.engine.restorable import Descent, RestorableEngine
from microgpt_gui.engine.state import EngineState
from microgpt_gui.engine.weights import (
    KINDS,
    AdamStep,
    EmbeddingWeights,
    Kind,
    LayerWeights,
    Weights,
)

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping, Sequence

    from microgpt_gui.engine.base import Forward, Parameters
    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.document import LayerTape, Matrices, Norm, Row, Rows
    from microgpt_gui.engine.trace import Trace

    Vectors = Sequence[Sequence[float]]
    Update = tuple[Weights, Sequence[Row | None]]


class PythonEngine(RestorableEngine):
    """See `Engine`."""

    def _restore(self, state: EngineState) -> None:
        parameters, m, v = (
            unflattened(self.config, numbers)
            for numbers in (state.parameters, state.m, state.v)
        )
        self._wte = EmbeddingWeights(parameters["wte"], m["wte"], v["wte"])
        self._wpe = EmbeddingWeights(parameters["wpe"], m["wpe"], v["wpe"])
        self._lm_head = Weights(parameters["lm_head"], m["lm_head"], v["lm_head"])
        self._layers = []
        for number in range(self.config.n_layer):
            self._check()
            rows = (layer_rows(matrices, number) for matrices in (parameters, m, v))
            self._layers.append(LayerWeights(*rows))
        self._model = ModelRows(
            self._wte.rows,
            self._wpe.rows,
            self._lm_head.rows,
            [layer.rows() for layer in self._layers],
        )
        self._heads_reversed = _heads_reversed(self.config)

    def state(self) -> EngineState:
        """See `Engine`."""
        return EngineState(
            self.steps_done,
            *(flattened(self.config, self._matrices(kind)) for kind in KINDS),
        )

    def weights(self) -> array[float]:
        """See `Engine`."""
        return flattened(self.config, self._matrices())

    def parameters(self) -> Parameters:
        """See `Engine`."""
        return {
            name: [list(row) for row in rows] for name, rows in self._matrices().items()
        }

    def forward(self, tokens: Sequence[int]) -> Forward:
        """See `Engine`."""
        return inference.forward(self.config, self._model, tokens, self._check)

    def trace(self, tokens: Sequence[int]) -> Trace:
        """See `Engine`."""
        inference.check_length(self.config, tokens)
        return trace(self.config, self._model, tokens, self._check)

    def start_sequence(self) -> Callable[[int], list[float]]:
        """See `Engine`."""
        return inference.Reader(self.config, self._model, self._check)

    def _matrices(self, kind: Kind = "rows") -> Matrices:
        matrices: dict[str, Sequence[Sequence[float]]] = {
            "wte": getattr(self._wte, kind),
            "wpe": getattr(self._wpe, kind),
            "lm_head": getattr(self._lm_head, kind),
        }
        for number, layer in enumerate(self._layers):
            matrices |= layer_matrices(layer.rows(kind), number)
        return matrices

    def _differentiate(self, tokens: Sequence[int]) -> Descent:
        n = min(self.config.block_size, len(tokens) - 1)
        inputs, targets = tokens[:n], tokens[1 : n + 1]
        tape = read(self.config, self._model, inputs, self._check)
        loss, d_logits = cross_entropy(tape.logits, targets, self._check)

        # From here on positions go from the last to the first.
        d_logits.reverse()
        d_lm_head = self._weight_gradient(transposed(d_logits), tape.x[::-1])
        updates: list[Update] = [(self._lm_head, d_lm_head)]
        dx = self._head_backward(d_logits, targets[::-1])
        for layer, layer_tape in zip(
            reversed(self._layers), reversed(tape.layers), strict=True
        ):
            dx = self._layer_backward(layer, layer_tape, dx, updates)
        dx = self._norm_backward(tape.embedded, tape.norm, dx, None)
        d_wte: dict[int, Row] = {}
        for token, d in zip(reversed(inputs), dx, strict=True):
            d_wte[token] = tuple(map(add, d_wte[token], d)) if token in d_wte else d
        d_wpe = dict(enumerate(reversed(dx)))

        lengths = [*starmap(hypot, d_wte.values()), *starmap(hypot, dx)]
        for _, gradients in updates:
            lengths += starmap(hypot, filter(None, gradients))

        def move(learning_rate: float) -> None:
            step = self._adam_step(learning_rate)
            self._wte.update_used(d_wte, step, self._check)
            self._wpe.update_used(d_wpe, step, self._check)
            for weights, gradients in updates:
                weights.update(range(len(gradients)), gradients, step, self._check)

        return Descent(
            loss,
            hypot(*lengths),
            move,
            lambda: self._in_order(d_wte, d_wpe, [rows for _, rows in updates]),
        )

    def _in_order(
        self,
        d_wte: Mapping[int, Row],
        d_wpe: Mapping[int, Row],
        found: Sequence[Sequence[Row | None]],
    ) -> array[float]:
        """Return a gradient, row by row in the script's creation order.

        Args:
            d_wte: By token, of those that there were.
            d_wpe: By position, likewise.
            found: lm_head's rows, then each layer's matrices, from the last layer to
                the first, as `LayerRows` has them; None is a row of zeros.
        """
        zeros = (0.0,) * self.config.n_embd
        d_lm_head, *d_layers = (
            [zeros if row is None else row for row in rows] for rows in found
        )
        matrices: dict[str, Sequence[Sequence[float]]] = {
            "wte": [d_wte.get(i, zeros) for i in range(self.config.vocab_size)],
            "wpe": [d_wpe.get(i, zeros) for i in range(self.config.block_size)],
            "lm_head": d_lm_head,
        }
        for number in range(self.config.n_layer):
            self._check()
            kinds = len(LayerRows._fields)
            rows = LayerRows(*d_layers[-kinds:])
            del d_layers[-kinds:]
            matrices |= layer_matrices(rows, number)
        return flattened(self.config, matrices)

    def _adam_step(self, learning_rate: float) -> AdamStep:
        beta1, beta2, t = self._adam.beta1, self._adam.beta2, self.steps_done + 1
        return AdamStep(
            learning_rate, beta1, beta2, 1 - beta1**t, 1 - beta2**t, ADAM_EPS
        )

    def _layer_backward(
        self,
        layer: LayerWeights,
        tape: LayerTape,
        dx: Rows,
        updates: list[Update],
    ) -> Rows:
        """Note the layer's gradients in ``updates``; return that of what came in.

        ``dx`` is the gradient of the loss by what the layer gave out.
        """
        check = self._check
        d_in, d_fc1, d_fc2 = mlp_backward(
            layer.fc1.rows,
            layer.fc2_columns.rows,
            tape.hidden,
            tape.mlp_in[::-1],
            dx,
            check,
        )
        dx = self._norm_backward(tape.middle, tape.norm2, d_in, dx)
        d_out = transposed(dx)
        d_wo = self._weight_gradient(d_out, tape.joined[::-1])
        d_joined = self._input_gradient(layer.wo.rows[::-1], d_out[::-1])
        attend_backward = compiled(
            attention_backward_source, self.config.n_head, self.config.head_dim
        )
        d_qkv = attend_backward(
            tape.queries,
            tape.keys,
            tape.values,
            tape.exps,
            tape.totals,
            d_joined,
            check,
        )
        d_rows = [row for d in d_qkv for row in transposed(d)]
        d_in = self._input_gradient(
            self._heads_reversed(layer.qkv.rows), self._heads_reversed(d_rows)
        )
        updates += (
            (layer.qkv, self._weight_gradient(d_rows, tape.qkv_in[::-1])),
            (layer.wo, d_wo),
            (layer.fc1, d_fc1),
            (layer.fc2_columns, d_fc2),
        )
        return self._norm_backward(tape.before, tape.norm1, d_in, dx)

    def _head_backward(
        self, d_logits: list[list[float]], targets: Sequence[int]
    ) -> Rows:
        """Return the gradient of the logits' input; put ``d_logits`` to other use.

        A target's row comes last: the graph reaches its logit first.
        """
        rows = self._lm_head.rows
        last = []
        for d, target in zip(d_logits, targets, strict=True):
            last.append([d[target] * w for w in rows[target]])
            d[target] = 0.0
        sums = self._input_gradient(rows[::-1], transposed(d_logits)[::-1])
        return [tuple(map(add, a, b)) for a, b in zip(sums, last, strict=True)]

    def _input_gradient(self, rows: Vectors, d_rows: Vectors) -> Rows:
        """Return the sums over the rows, [position][column]."""
        columns = zip(*rows, strict=True)
        return transposed(multiply(columns, transposed(d_rows), self._check))

    def _weight_gradient(self, d_rows: Vectors, x: Rows) -> Rows:
        """Return the sums over the positions, [row][column]."""
        return multiply(d_rows, transposed(x), self._check)

    def _norm_backward(
        self, x: Rows, norm: Norm, d: Rows, residual: Rows | None
    ) -> Rows:
        kernel = compiled(norm_backward_source, self.config.n_embd)
        return kernel(  # type: ignore[no-any-return]  # made of text
            x[::-1], norm.means[::-1], norm.scales[::-1], d, residual
        )


def _heads_reversed(config: ModelConfig) -> Callable[[Rows], Rows]:
    """Return what reorders queries', then keys', then values' rows.

    Heads go from the last to the first, and in each head the values' rows from the last
    to the first, then the keys', then the queries'.
    """
    c, d = config.n_embd, config.head_dim
    return itemgetter(
        *(
            end - i
            for head in range(c, 0, -d)
            for end in (2 * c + head, c + head, head)
            for i in range(1, d + 1)
        )
    )
