"""What is otherwise in a scratch copy of a model, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.config import ModelConfig

#: A head may count so many times, and a weight may be moved so far.
FACTOR_RANGE = (0.0, 2.0)
NUDGE_RANGE = (-10.0, 10.0)

Head = tuple[int, int]  # layer and head, both from 0
Cell = tuple[str, int, int]  # a matrix by the script's name; row and column, from 0

#: More than this is only counted, not listed.
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Alteration:
    """How a scratch copy differs from the model; false if it does not.

    Build one from another by `with_head` and `with_nudge`: then those that do the same
    are equal.

    Attributes:
        heads: How many times the output of a head counts, before W_O joins all of
            them: 0 for none of it. Sorted; a head that counts once is not in here.
        nudges: What is added to a weight. Sorted, and none of them 0. In the columns of
            W_O that belong to a head above, it is added before the head's factor.
    """

    heads: tuple[tuple[Head, float], ...] = ()
    nudges: tuple[tuple[Cell, float], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.heads or self.nudges)

    def factor_of(self, layer: int, head: int) -> float:
        """Return how many times a head counts; both from 0."""
        return dict(self.heads).get((layer, head), 1.0)

    def nudge_of(self, matrix: str, row: int, column: int) -> float:
        """Return what is added to a weight."""
        return dict(self.nudges).get((matrix, row, column), 0.0)

    def with_head(self, layer: int, head: int, factor: float) -> Alteration:
        """Return the same where a head counts ``factor`` times, from 0 to 2.

        Raises:
            ValueError: It is not from 0 to 2.
        """
        low, high = FACTOR_RANGE
        if not low <= factor <= high:
            raise ValueError(f"a head counts {low:g} to {high:g} times, not {factor!r}")
        heads = dict(self.heads) | {(layer, head): float(factor)}
        return replace(
            self, heads=tuple(sorted((h, f) for h, f in heads.items() if f != 1))
        )

    def with_nudge(
        self, matrix: str, row: int, column: int, delta: float
    ) -> Alteration:
        """Return the same where ``delta`` is added to a weight.

        Raises:
            ValueError: It is not from -10 to 10.
        """
        low, high = NUDGE_RANGE
        if not low <= delta <= high:
            raise ValueError(f"a weight is moved by {low:g} to {high:g}, not {delta!r}")
        nudges = dict(self.nudges) | {(matrix, row, column): float(delta)}
        return replace(
            self, nudges=tuple(sorted((c, d) for c, d in nudges.items() if d))
        )

    def check_fits(self, model: ModelConfig) -> None:
        """Refuse a model that has not all heads and weights that are altered.

        Raises:
            LookupError: It has one of them not; says which.
        """
        shapes = model.shapes()
        for (layer, head), _ in self.heads:
            if not (0 <= layer < model.n_layer and 0 <= head < model.n_head):
                raise LookupError(f"this model has no {head_name(layer, head)}")
        for (matrix, row, column), _ in self.nudges:
            rows, columns = shapes.get(matrix, (0, 0))
            if not (0 <= row < rows and 0 <= column < columns):
                raise LookupError(f"this model has no {matrix}[{row}][{column}]")

    def told(self) -> str:
        """Say it in words: "head 2 of layer 1 is off, wte[3][0] is moved by +0.1"."""
        parts = [
            f"{head_name(*head)} {_counts(factor)}" for head, factor in self.heads
        ] + [
            f"{matrix}[{row}][{column}] is moved by {delta:+g}"
            for (matrix, row, column), delta in self.nudges
        ]
        if len(parts) > _LISTED:
            parts = [*parts[: _LISTED - 1], f"{len(parts) - _LISTED + 1} more changes"]
        return ", ".join(parts)


#: Of a model as it is.
UNALTERED = Alteration()


def head_name(layer: int, head: int) -> str:
    """Return what a head is called in a sentence; both count from 0."""
    return f"head {head + 1} of layer {layer + 1}"


def _counts(factor: float) -> str:
    return "is off" if factor == 0 else f"counts {factor:g} times"
