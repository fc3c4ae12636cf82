"""Has the engine make the graph of a loss, and holds it in arrays."""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

from microgpt_gui.engine.autograd import AutogradEngine
from microgpt_gui.engine.base import CheckedBy
from microgpt_gui.engine.config import AdamConfig
from microgpt_gui.engine.graph_size import check_graph_fits
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.engine.value import SLICE, backward, topological_order
from microgpt_gui.session.reading.graph.anatomy import Anatomy
from microgpt_gui.session.reading.graph.groups import Groups
from microgpt_gui.session.reading.graph.operation import OF_TWO
from microgpt_gui.session.reading.graph.step_graph import StepGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.engine.state import EngineState
    from microgpt_gui.engine.value import Value
    from microgpt_gui.session.reading.graph.anatomy import Part

    Check = Callable[[], None]


def build_graph(
    model: ModelConfig,
    weights: array[float],
    tokens: Sequence[int],
    chars: str,
    check: Check,
) -> StepGraph:
    """Return the graph of the loss of ``tokens``, with all gradients.

    They are those of the `autograd` engine, to the last bit: it computes them. Its
    objects are gone afterwards; until then it takes some 220 bytes for each number.

    Args:
        model: The model's sizes.
        weights: All of them, in the script's creation order.
        tokens: BOS, a document's ids, BOS; the first ``block_size + 1`` are used.
        chars: The alphabet.
        check: Called often; what it raises ends the work.

    Raises:
        MemoryError: It does not fit.
        ArithmeticError, ValueError: A number on the way is out of range.
    """
    check_graph_fits(model, len(tokens) - 1)
    tokens = tuple(tokens[: model.block_size + 1])
    loss = _loss(model, weights, tokens, check)
    order = topological_order(loss, check)
    kept = order.copy()
    backward(order, check)
    row = _Row(model, weights, check)
    anatomy = Anatomy(model, tokens, check)
    positions = anatomy.of_loss(loss)
    del loss
    row.fill(positions, anatomy.rows)
    del positions
    assert len(row.numbers) == len(kept), "the graph is not of the make that is known"
    graph = row.graph(kept, tokens, chars)
    while anatomy.rows:  # all at once would stop every other thread for long
        check()
        anatomy.rows.popitem()
    return graph


class _Untrained(AutogradEngine):
    """Makes graphs of losses. It learns nothing, so it needs no room to do so."""

    def _restore(self, state: EngineState) -> None:
        super()._restore(state)
        self._m, self._v = [], []


def _loss(
    model: ModelConfig, weights: array[float], tokens: Sequence[int], check: Check
) -> Value:
    parameters = unflattened(model, weights)
    engine = _Untrained(model, parameters, AdamConfig(), CheckedBy(check))
    return engine.loss_graph(tokens)


class _Row:
    """The numbers, one after the other, while they are still objects.

    Attributes:
        numbers: What was computed.
    """

    def __init__(self, model: ModelConfig, weights: array[float], check: Check) -> None:
        self.numbers: list[Value] = []
        self._model = model
        self._check = check
        self._made_by = bytearray(len(weights))
        self._data = array("d", weights)
        self._grad = array("d", bytes(8 * len(weights)))
        self._groups = Groups()

    def fill(self, parts: list[Part], rows: dict[tuple[str, int], list[Value]]) -> None:
        """Give each number its place, and every part its group."""
        groups = self._groups
        whole = groups.open("all", 0, -1, 0)
        members = [self._add_weights(whole, rows)]
        members += [self._add(part, whole) for part in parts]
        groups.close(whole, len(self._made_by), members)

    def _add_weights(self, whole: int, rows: dict[tuple[str, int], list[Value]]) -> int:
        groups, start = self._groups, 0
        weights = groups.open("weights", 0, whole, 0)
        matrices = []
        for name, (count, columns) in self._model.shapes().items():
            matrix = groups.open(name, 0, weights, start)
            inner = []
            for number in range(count):
                self._check()
                row = groups.open("row", number, matrix, start)
                for place, weight in enumerate(rows.get((name, number), ()), start):
                    self._grad[place] = weight.grad
                    weight.grad = float(place)
                start += columns
                groups.close(row, start, [])
                inner.append(row)
            groups.close(matrix, start, inner)
            matrices.append(matrix)
        groups.close(weights, start, matrices)
        return weights

    def _add(self, part: Part, parent: int) -> int:
        self._check()
        group = self._groups.open(part.kind, part.index, parent, len(self._made_by))
        members = [self._add(inner, group) for inner in part.parts]
        self.numbers += part.numbers
        self._made_by += bytes(part.made_by)
        self._groups.close(group, len(self._made_by), members)
        return group

    def graph(
        self, kept: list[Value], tokens: tuple[int, ...], chars: str
    ) -> StepGraph:
        """Return all of it in arrays; the objects are gone afterwards.

        An object's place is noted where its gradient was: a dict of so many would take
        more room than the graph.

        Args:
            kept: The objects in the engine's order; it is empty afterwards.
            tokens: What was read, and the last one to be predicted.
            chars: The alphabet.
        """
        count, nothing = len(self._data), array("i", [-1]) * len(self._data)
        left, right, order = nothing, nothing[:], nothing[:]
        slope = array("d", [1.0]) * count
        for first, some in self._slices(self.numbers):
            self._data.extend([n.data for n in some])
            self._grad.extend([n.grad for n in some])
            for place, number in enumerate(some, count + first):
                number.grad, number.data = float(place), 0.0  # room for what follows
        two = {int(operation) for operation in OF_TWO}
        for first, some in self._slices(self.numbers):
            left.extend([int(n.left.grad) for n in some])
            of_two = [m in two for m in self._made_by[count + first :][: len(some)]]
            pairs = list(zip(some, of_two, strict=True))
            right.extend([int(n.right.grad) if both else -1 for n, both in pairs])
            slope.extend([1.0 if both else n.slope for n, both in pairs])
        self.numbers.clear()
        order.extend([0] * len(kept))
        paths = self._unwound(kept, left, right, order)
        return StepGraph(
            model=self._model,
            chars=chars,
            tokens=tokens,
            groups=self._groups,
            made_by=bytes(self._made_by),
            left=left,
            right=right,
            data=self._data,
            grad=self._grad,
            slope=slope,
            order=order,
            sizes=_sizes(self._groups, self._grad, self._check),
            paths=paths,
        )

    def _unwound(
        self,
        kept: list[Value],
        left: array[int],
        right: array[int],
        order: array[int],
    ) -> array[float]:
        """Return from each number on how many paths the loss is reached.

        Notes in ``order`` where each stands in ``kept``, and drops it there: all at
        once would stop every other thread for long.
        """
        paths = array("d", bytes(8 * len(left)))
        paths[-1] = 1.0
        while kept:
            self._check()
            for number in reversed(kept[-SLICE:]):
                place = int(number.grad)
                count = paths[place]
                paths[left[place]] += count
                if (other := right[place]) >= 0:
                    paths[other] += count
            for at in range(max(0, len(kept) - SLICE), len(kept)):
                order[int(kept[at].grad)] = at
            del number, kept[-SLICE:]
        return paths

    def _slices(self, numbers: list[Value]) -> Iterator[tuple[int, list[Value]]]:
        for first in range(0, len(numbers), SLICE):
            self._check()
            yield first, numbers[first : first + SLICE]


def _sizes(groups: Groups, grad: array[float], check: Check) -> array[float]:
    """Return the root of the mean of the squared gradients, of each group."""
    lengths = array("d", bytes(8 * len(groups)))
    for group in range(len(groups) - 1, -1, -1):
        check()
        members = groups.members[group]
        if not members:
            start, stop = groups.starts[group], groups.stops[group]
            lengths[group] = math.hypot(*grad[start:stop])
    _add_up(groups, 0, lengths)
    return array(
        "d",
        [
            length / math.sqrt(stop - start)
            for length, start, stop in zip(
                lengths, groups.starts, groups.stops, strict=True
            )
        ],
    )


def _add_up(groups: Groups, group: int, lengths: array[float]) -> float:
    """Fill in the lengths of the groups that hold groups."""
    if members := groups.members[group]:
        lengths[group] = math.hypot(*(_add_up(groups, m, lengths) for m in members))
    return lengths[group]
