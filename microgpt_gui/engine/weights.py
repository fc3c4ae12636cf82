"""Matrices with Adam's moments, arranged as the `python` engine reads them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from microgpt_gui.engine.kernels.adam import adam_source
from microgpt_gui.engine.kernels.source import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microgpt_gui.engine.base import Parameters
    from microgpt_gui.engine.config import ModelConfig

Row = tuple[float, ...]

#: Three numbers for every parameter: itself, and Adam's m and v.
Kind = Literal["rows", "ms", "vs"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: A layer's matrices by the script's names, in its order.
LAYER_MATRICES = ("attn_wq", "attn_wk", "attn_wv", "attn_wo", "mlp_fc1", "mlp_fc2")

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
        ms: Adam's mean of the gradients, likewise.
        vs: Adam's mean of their squares, likewise.
    """

    __slots__ = KINDS

    def __init__(
        self,
        rows: Iterable[Sequence[float]],
        ms: Iterable[Sequence[float]],
        vs: Iterable[Sequence[float]],
    ) -> None:
        self.rows: list[Row] = [tuple(row) for row in rows]
        self.ms: list[Row] = [tuple(row) for row in ms]
        self.vs: list[Row] = [tuple(row) for row in vs]

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
            kernel(self.rows, self.ms, self.vs, indices[some], gradients[some], *step)


class EmbeddingWeights(Weights):
    """A matrix of which a document uses some rows, and some rows no document ever."""

    __slots__ = ("_moved",)

    def __init__(
        self,
        rows: Iterable[Sequence[float]],
        ms: Iterable[Sequence[float]],
        vs: Iterable[Sequence[float]],
    ) -> None:
        super().__init__(rows, ms, vs)
        self._moved = {
            i
            for i, (m, v) in enumerate(zip(self.ms, self.vs, strict=True))
            if not _is_untouched(m + v)
        }

    def update_used(
        self, gradients: dict[int, Row], step: AdamStep, check: Callable[[], None]
    ) -> None:
        """Move the rows that have a gradient, and those that ever had one.

        Adam leaves a row where it is while its moments are zero. See `update`.
        """
        self._moved.update(gradients)
        moved = list(self._moved)
        self.update(moved, [gradients.get(i) for i in moved], step, check)


def _is_untouched(moments: Row) -> bool:
    """Return whether all are 0.0; a -0.0, left over by underflow, does move a weight.

    It turns a weight of -0.0 into 0.0.
    """
    return not any(array("d", moments).tobytes())


class LayerWeights:
    """The matrices of one layer.

    Attributes:
        qkv: attn_wq, attn_wk and attn_wv in one, head by head: a head's rows of the
            first, then of the second, then of the third.
        wo: attn_wo.
        fc1: mlp_fc1, [unit][i].
        fc2_columns: mlp_fc2, [unit][i]: transposed.
    """

    __slots__ = ("_name", "_places", "_stacked", "fc1", "fc2_columns", "qkv", "wo")

    def __init__(
        self,
        config: ModelConfig,
        name: str,
        parameters: Parameters,
        m: Parameters,
        v: Parameters,
    ) -> None:
        self._name = name
        c, d = config.n_embd, config.head_dim
        self._stacked = [
            start + i
            for head in range(0, c, d)
            for start in (head, c + head, 2 * c + head)
            for i in range(d)
        ]
        self._places = sorted(range(3 * c), key=self._stacked.__getitem__)
        self.qkv, self.wo, self.fc1, self.fc2_columns = map(
            Weights, *map(self._arranged, (parameters, m, v))
        )

    def _arranged(self, matrices: Parameters) -> tuple[Iterable[Sequence[float]], ...]:
        """Return what is for ``qkv``, ``wo``, ``fc1`` and ``fc2_columns``."""
        wq, wk, wv, wo, fc1, fc2 = (
            matrices[self._name + name] for name in LAYER_MATRICES
        )
        return self.by_head(wq + wk + wv), wo, fc1, zip(*fc2, strict=True)

    def by_head(self, rows: Sequence[Sequence[float]]) -> list[Sequence[float]]:
        """Reorder queries', then keys', then values' rows to the order of ``qkv``."""
        return [rows[i] for i in self._stacked]

    def stacked(self, rows: Sequence[Row]) -> list[Row]:
        """Reorder rows as in ``qkv`` to all queries', then keys', then values'."""
        return [rows[i] for i in self._places]

    def matrices(self, kind: Kind = "rows") -> dict[str, Sequence[Row]]:
        """Return the layer's matrices by the script's names, in its order."""
        qkv, wo, fc1, fc2_columns = (
            getattr(weights, kind)
            for weights in (self.qkv, self.wo, self.fc1, self.fc2_columns)
        )
        qkv = self.stacked(qkv)
        c = len(wo)
        matrices = (
            *(qkv[start : start + c] for start in range(0, 3 * c, c)),
            wo,
            fc1,
            list(zip(*fc2_columns, strict=True)),
        )
        return {
            self._name + name: matrix
            for name, matrix in zip(LAYER_MATRICES, matrices, strict=True)
        }
