"""Matrices with Adam's moments, arranged as the `python` engine reads them."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from microgpt_gui.engine.document import LayerRows
from microgpt_gui.engine.kernels.adam import adam_source
from microgpt_gui.engine.kernels.source import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from microgpt_gui.engine.document import Row

#: Three numbers for every parameter: itself, and Adam's m and v.
Kind = Literal["rows", "ms", "vs"]
KINDS: tuple[Kind, ...] = get_args(Kind)

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
    """The matrices of one layer; see `LayerRows`."""

    __slots__ = ("fc1", "fc2_columns", "qkv", "wo")

    def __init__(self, rows: LayerRows, m: LayerRows, v: LayerRows) -> None:
        self.qkv = Weights(rows.qkv, m.qkv, v.qkv)
        self.wo = Weights(rows.wo, m.wo, v.wo)
        self.fc1 = Weights(rows.fc1, m.fc1, v.fc1)
        self.fc2_columns = Weights(rows.fc2_columns, m.fc2_columns, v.fc2_columns)

    def rows(self, kind: Kind = "rows") -> LayerRows:
        """Return one kind of number: the lists that `Weights.update` writes to."""
        matrices = self.qkv, self.wo, self.fc1, self.fc2_columns
        return LayerRows(*(getattr(weights, kind) for weights in matrices))
