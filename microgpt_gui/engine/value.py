"""One number that remembers what it was computed from, so that it can be learnt from.

A `Value` is a node of a graph: it knows the one or two numbers that went into it, and
how much it grows when each of them does. `backward` walks the graph from the loss and
applies the chain rule at every node.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Nodes between two looks at the cancel token; also how many are freed at a time.
SLICE = 500

#: The gradient of a number that no walk from a loss has reached yet.
_UNREACHED = float("nan")

#: The gradient of a number whose origins a walk is at.
_OPEN = float("nan")


class Value:
    """A number computed from others.

    Plain numbers in an operation get no node: nothing can be learnt about them.

    Attributes:
        data: The number.
        grad: How much the loss grows with it; filled by `backward`.
        left: What it was computed from.
        right: The other thing that it was computed from, if there were two.
        d_left: How much it grows with ``left``.
        d_right: How much it grows with ``right``.
    """

    __slots__ = ("d_left", "d_right", "data", "grad", "left", "right")

    def __init__(
        self,
        data: float,
        left: Value,
        d_left: float,
        right: Value | None = None,
        d_right: float = 0.0,
    ) -> None:
        self.data = data
        self.grad = _UNREACHED
        self.left = left
        self.d_left = d_left
        self.right = right
        self.d_right = d_right

    def __add__(self, other: Value | float) -> Value:
        if isinstance(other, Value):
            return Value(self.data + other.data, self, 1.0, other, 1.0)
        return Value(self.data + other, self, 1.0)

    def __mul__(self, other: Value | float) -> Value:
        if isinstance(other, Value):
            return Value(self.data * other.data, self, other.data, other, self.data)
        return Value(self.data * other, self, other)

    def __pow__(self, exponent: float) -> Value:
        d_self = exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, self, d_self)

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
        return Value(e, self, e)

    def log(self) -> Value:
        """Return the natural logarithm."""
        return Value(math.log(self.data), self, 1 / self.data)

    def relu(self) -> Value:
        """Return this number if it is above 0, else 0, which passes no gradient."""
        return Value(max(0.0, self.data), self, float(self.data > 0))


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


def topological_order(root: Value, check: Callable[[], None]) -> list[Value]:
    """List the numbers that ``root`` was computed from, each after its own origins.

    Depth first, left before right, ``root`` last, parameters left out. The gradients of
    a number that is used several times add up in this order, reversed, so their
    rounding depends on it. The gradients of what is listed are set to zero.

    A stack of our own takes the place of recursion, so that depth has no limit.

    Args:
        root: The loss.
        check: Called every few hundred nodes; may raise.
    """
    order: list[Value] = []
    unreached, opened = _UNREACHED, _OPEN
    # A node stays on the stack, open, until all that it was computed from is listed.
    stack = [root]
    while stack:
        check()
        for _ in range(SLICE):
            if not stack:
                break
            node = stack.pop()
            if node.grad is unreached:
                node.grad = opened
                stack.append(node)
                right, left = node.right, node.left
                if right is not None and right.grad is unreached:
                    stack.append(right)
                if left.grad is unreached:
                    stack.append(left)
            elif node.grad is opened:
                node.grad = 0.0
                order.append(node)
    return order


def backward(order: list[Value], check: Callable[[], None]) -> None:
    """Add to every number's ``grad`` how much the last of ``order`` grows with it.

    Args:
        order: From `topological_order`; it is empty afterwards. Its nodes are dropped
            as soon as they have passed their gradient on, a few at a time: freeing a
            whole graph at once would stop every other thread for long.
        check: Called every few hundred nodes; may raise.
    """
    order[-1].grad = 1.0
    while order:
        check()
        for node in reversed(order[-SLICE:]):
            grad, right = node.grad, node.right
            node.left.grad += node.d_left * grad
            if right is not None:
                right.grad += node.d_right * grad
        del node, right
        del order[-SLICE:]
