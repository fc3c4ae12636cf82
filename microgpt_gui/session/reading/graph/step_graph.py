"""Every number of a step's loss, and what each has to do with the others."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.session.reading.graph.operation import OF_TWO, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.reading.graph.groups import Groups


class Link(NamedTuple):
    """One number went into another: by the chain rule, a gradient goes back there.

    Attributes:
        source: What went in.
        target: What was made of it.
        slope: How much the target grows with the source: the local derivative.
        contribution: What that adds to the source's gradient: the slope times the
            target's gradient.
    """

    source: int
    target: int
    slope: float
    contribution: float


@dataclass(frozen=True, slots=True, eq=False)
class StepGraph:
    """A loss with all that it was computed from. Nobody writes to what it holds.

    Numbers are told by their places in one long row: first all weights, in the script's
    creation order, then what was computed, in the order of computing. The last is the
    loss.

    Attributes:
        model: The model's sizes.
        chars: The alphabet; BOS follows it.
        tokens: What was read, and the last one to be predicted.
        groups: What of it belongs together.
        made_by: By which `Operation` each number was made.
        left: What it was made of; -1 of nothing.
        right: The other number that it was made of; -1 where there was one.
        data: The numbers.
        grad: How much the loss grows with each.
        slope: Of those made of one number: how much each grows with it.
        order: Where each stands in the engine's own order; -1 of a weight. Gradients
            add up in this order, reversed.
        sizes: Of each group: the root of the mean of its squared gradients.
        paths: On how many paths the loss is reached from each, about: whole numbers up
            to 2**53.
    """

    model: ModelConfig
    chars: str
    tokens: tuple[int, ...]
    groups: Groups
    made_by: bytes
    left: array[int]
    right: array[int]
    data: array[float]
    grad: array[float]
    slope: array[float]
    order: array[int]
    sizes: array[float]
    paths: array[float]

    @property
    def loss(self) -> int:
        """The last number: the loss."""
        return len(self.data) - 1

    @property
    def weights(self) -> int:
        """How many of the numbers are weights."""
        return self.model.num_params

    def __len__(self) -> int:
        return len(self.data)

    def operation(self, number: int) -> Operation:
        """Return how a number was made."""
        return Operation(self.made_by[number])

    def links_into(self, number: int) -> tuple[Link, ...]:
        """Return what a number was made of: none of a weight, else one or two."""
        operation = self.operation(number)
        if operation is Operation.PARAMETER:
            return ()
        left, right, grad = self.left[number], self.right[number], self.grad[number]
        if operation not in OF_TWO:
            slope = self.slope[number]
            return (Link(left, number, slope, slope * grad),)
        by_left, by_right = 1.0, 1.0
        if operation is Operation.PRODUCT:
            by_left, by_right = self.data[right], self.data[left]
        return (
            Link(left, number, by_left, by_left * grad),
            Link(right, number, by_right, by_right * grad),
        )

    def links_out_of(self, number: int) -> list[Link]:
        """Return what was made of a number, in the order in which gradients add up.

        The sum of the contributions, one after the other, is its gradient to the last
        bit. Of the loss, nothing was made.
        """
        targets = set(_places(self.left, number)) | set(_places(self.right, number))
        ordered = sorted(targets, key=self.order.__getitem__, reverse=True)
        return [
            link
            for target in ordered
            for link in self.links_into(target)
            if link.source == number
        ]


def _places(numbers: array[int], wanted: int) -> Sequence[int]:
    """Return where ``wanted`` stands in ``numbers``.

    Looked for among the bytes: that takes a thousandth of the time of a loop.
    """
    size, text = numbers.itemsize, numbers.tobytes()
    pattern = array(numbers.typecode, [wanted]).tobytes()
    found, at = [], text.find(pattern)
    while at >= 0:
        if at % size == 0:
            found.append(at // size)
        at = text.find(pattern, at + 1)
    return found
