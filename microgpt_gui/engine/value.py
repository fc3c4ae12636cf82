"""One number that remembers what it was computed from, so that it can be learnt from.

A `Value` is a node of a graph: it knows the one or two numbers that went into it, and
how much it grows when they do. `backward` walks the graph from the loss and applies the
chain rule at every node.

Three things keep the nodes light, for a step makes some 50,000 of them. `Value` has no
``__init__``: calling it is one C call that makes an empty object, where ``__init__``
would be a Python call more; `_node` fills it. A sum or a product of two numbers does
not note its slopes, as `backward` knows them; a mark says which of the two it is, not a
class of its own, because attributes are found quickest where all have one class. And
`dot`, which makes nearly all nodes, fills them on the spot.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Nodes or parameters between two looks at the cancel token; also how many nodes are
#: freed at a time.
SLICE = 500

# Marks are told apart by `is`, never by value; that they are numbers spares every
# reader of the attribute a question about its type.

#: The gradient of a number that no walk from a loss has reached yet.
_UNREACHED = float("nan")

#: In the place of a slope: this is ``left + right``, and grows as much as either does.
SUM = float("nan")

#: In the place of a slope: this is ``left * right``, and grows with each by the other.
PRODUCT = float("nan")


class Value:
    """A number computed from others, by the operators and methods below or by `dot`.

    Plain numbers in an operation get no node: nothing can be learnt about them.

    Attributes:
        data: The number.
        grad: How much the loss grows with it; filled by `backward`.
        left: What it was computed from.
        right: The other number that it was computed from; `NOTHING` if there was one.
        slope: How much it grows with ``left``; `SUM` or `PRODUCT` if there were two.
    """

    __slots__ = ("data", "grad", "left", "right", "slope")

    data: float
    grad: float
    left: Value
    right: Value
    slope: float

    def __add__(self, other: Value | float) -> Value:
        if isinstance(other, Value):
            return _node(self.data + other.data, self, other, SUM)
        return _node(self.data + other, self, NOTHING, 1.0)

    def __mul__(self, other: Value | float) -> Value:
        if isinstance(other, Value):
            return _node(self.data * other.data, self, other, PRODUCT)
        return _node(self.data * other, self, NOTHING, other)

    def __pow__(self, exponent: float) -> Value:
        slope = exponent * self.data ** (exponent - 1)
        return _node(self.data**exponent, self, NOTHING, slope)

    def __neg__(self) -> Value:
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        return self + -other

    def __truediv__(self, other: Value | float) -> Value:
        return self * other**-1

    __radd__ = __add__
    __rmul__ = __mul__

    def exp(self) -> Value:
        """Return e to the power of this number."""
        e = math.exp(self.data)
        return _node(e, self, NOTHING, e)

    def log(self) -> Value:
        """Return the natural logarithm."""
        return _node(math.log(self.data), self, NOTHING, 1 / self.data)

    def relu(self) -> Value:
        """Return this number if it is above 0, else 0, which passes no gradient."""
        slope = float(self.data > 0)
        return _node(max(0.0, self.data), self, NOTHING, slope)


class Parameter(Value):
    """A number computed from nothing: one to learn.

    Attributes:
        data: The number.
        grad: How much the loss grows with it; `backward` adds to it.
    """

    __slots__ = ()

    def __init__(self, data: float) -> None:
        self.data = data
        self.grad = 0.0


#: The other number where there is none. It looks reached to every walk.
NOTHING = Parameter(0.0)


def _node(data: float, left: Value, right: Value, slope: float) -> Value:
    """Return a new number that no walk has reached yet."""
    node = Value()
    node.data = data
    node.grad = _UNREACHED
    node.left = left
    node.right = right
    node.slope = slope
    return node


def dot(a: Iterable[Value], b: Iterable[Value]) -> Value:
    """Return the sum of the products, added from left to right.

    The nodes are those of ``a[0] * b[0] + a[1] * b[1] + ...``, one for each ``*`` and
    each ``+``; written out, for a call of an operator takes longer than its work.
    """
    unreached, is_sum, is_product = _UNREACHED, SUM, PRODUCT
    pairs = zip(a, b, strict=True)
    left, right = next(pairs)
    total = left * right
    running = total.data
    for left, right in pairs:
        product = Value()
        product.data = term = left.data * right.data
        product.grad = unreached
        product.left = left
        product.right = right
        product.slope = is_product

        longer = Value()
        longer.data = running = running + term
        longer.grad = unreached
        longer.left = total
        longer.right = product
        longer.slope = is_sum
        total = longer
    return total


def topological_order(root: Value, check: Callable[[], None]) -> list[Value]:
    """List the numbers that ``root`` was computed from, each after its own origins.

    Depth first, left before right, ``root`` last, parameters left out. The gradients of
    a number that is used several times add up in this order, reversed, so their
    rounding depends on it. The gradients of what is listed are set to zero.

    A stack of our own takes the place of recursion, so that depth has no limit.

    Args:
        root: The loss.
        check: Called at least once for every `dot`; may raise.
    """
    order: list[Value] = []
    # Reached, but not listed yet, as what they were computed from is not all listed.
    waiting: list[Value] = []
    unreached = _UNREACHED
    node = root
    while True:
        check()
        while node.grad is unreached:
            node.grad = 0.0
            waiting.append(node)
            node = node.left
        # Everything on the left of the last one that waits is listed.
        while waiting:
            node = waiting.pop()
            right = node.right
            if right.grad is unreached:
                if right.left.grad is unreached or right.right.grad is unreached:
                    waiting.append(node)
                    node = right
                    break
                # Nothing below it is left to list, as with nearly all the products.
                right.grad = 0.0
                order.append(right)
            order.append(node)
        else:
            return order


def backward(order: list[Value], check: Callable[[], None]) -> None:
    """Add to every number's ``grad`` how much the last of ``order`` grows with it.

    Args:
        order: From `topological_order`; it is empty afterwards. Its nodes are dropped
            as soon as they have passed their gradient on, a few at a time: freeing a
            whole graph at once would stop every other thread for long.
        check: Called every few hundred nodes; may raise.
    """
    is_sum, is_product = SUM, PRODUCT
    order[-1].grad = 1.0
    while order:
        check()
        for node in reversed(order[-SLICE:]):
            grad, left, slope = node.grad, node.left, node.slope
            if slope is is_sum:
                left.grad += grad
                node.right.grad += grad
            elif slope is is_product:
                right = node.right
                left.grad += right.data * grad
                right.grad += left.data * grad
            else:
                left.grad += slope * grad
        node = left = right = NOTHING  # these names would keep the last ones alive
        del order[-SLICE:]
