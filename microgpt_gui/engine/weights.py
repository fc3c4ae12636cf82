"""Matrices with Adam's moments, arranged as the `python` engine reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.engine.kernels.adam import adam_source
from microgpt_gui.engine.kernels.source import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import ModelConfig

Row = tuple[float, ...]

#: Parameters that are updated between two looks at the cancel token: some 30 ms.
AT_A_TIME = 100_000


class AdamStep(NamedTuple):
    """What Adam needs to know of one step; see `adam_source`."""

    learning_rate: float
    beta1: float
    beta2: float
    correction1: float
    correction2: float
    eps: float


class Weights:
    """One matrix.

    Attributes:
        rows: [row][column].
    """

    __slots__ = ("_moved", "_ms", "_vs", "rows")

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        self.rows: list[Row] = [tuple(row) for row in rows]
        zeros = (0.0,) * len(rows[0])
        self._ms: list[Row] = [zeros] * len(rows)
        self._vs: list[Row] = [zeros] * len(rows)
        self._moved: set[int] = set()  # only of rows that may never be used

    def update(
        self,
        indices: Sequence[int],
        gradients: Sequence[Row | None],
        step: AdamStep,
        check: Callable[[], None],
    ) -> None:
        """Move some rows against their gradients; None is a gradient of zeros.

        Args:
            indices: Of the rows.
            gradients: Of each of them.
            step: What Adam needs to know.
            check: Called every now and then. If it raises, only some rows have moved.
        """
        width = len(self.rows[0])
        kernel = compiled(adam_source, width, step.correction1 == 1)
        size = max(1, AT_A_TIME // width)
        for start in range(0, len(indices), size):
            check()
            some = slice(start, start + size)
            kernel(self.rows, self._ms, self._vs, indices[some], gradients[some], *step)

    def update_used(
        self, gradients: dict[int, Row], step: AdamStep, check: Callable[[], None]
    ) -> None:
        """Move the rows that have a gradient, and those that ever had one.

        Adam leaves a row where it is until its first gradient. See `update`.
        """
        self._moved.update(gradients)
        moved = list(self._moved)
        self.update(moved, [gradients.get(i) for i in moved], step, check)


class LayerWeights:
    """The matrices of one layer.

    Attributes:
        qkv: attn_wq, attn_wk and attn_wv in one, head by head: a head's rows of the
            first, then of the second, then of the third.
        wo: attn_wo.
        fc1: mlp_fc1, [unit][i].
        fc2_columns: mlp_fc2, [unit][i]: transposed.
    """

    __slots__ = ("_places", "_stacked", "fc1", "fc2_columns", "qkv", "wo")

    def __init__(self, config: ModelConfig, parameters: Parameters, name: str) -> None:
        c, d = config.n_embd, config.head_dim
        self._stacked = [
            start + i
            for head in range(0, c, d)
            for start in (head, c + head, 2 * c + head)
            for i in range(d)
        ]
        self._places = sorted(range(3 * c), key=self._stacked.__getitem__)
        stacked = [
            row
            for part in ("attn_wq", "attn_wk", "attn_wv")
            for row in parameters[name + part]
        ]
        self.qkv = Weights(self.by_head(stacked))
        self.wo = Weights(parameters[name + "attn_wo"])
        self.fc1 = Weights(parameters[name + "mlp_fc1"])
        self.fc2_columns = Weights(
            list(zip(*parameters[name + "mlp_fc2"], strict=True))
        )

    def by_head(self, rows: Sequence[Sequence[float]]) -> list[Sequence[float]]:
        """Reorder queries', then keys', then values' rows to the order of ``qkv``."""
        return [rows[i] for i in self._stacked]

    def stacked(self, rows: Sequence[Row]) -> list[Row]:
        """Reorder rows as in ``qkv`` to all queries', then keys', then values'."""
        return [rows[i] for i in self._places]

    def matrices(self, name: str) -> dict[str, Sequence[Row]]:
        """Return the layer's matrices by the script's names, in its order."""
        qkv = self.stacked(self.qkv.rows)
        c = len(self.wo.rows)
        return {
            name + "attn_wq": qkv[:c],
            name + "attn_wk": qkv[c : 2 * c],
            name + "attn_wv": qkv[2 * c :],
            name + "attn_wo": self.wo.rows,
            name + "mlp_fc1": self.fc1.rows,
            name + "mlp_fc2": list(zip(*self.fc2_columns.rows, strict=True)),
        }
