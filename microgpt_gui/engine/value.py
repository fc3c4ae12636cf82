"""One number that remembers what it was computed from, so that it can be learnt from.

A `Value` is a node of a graph: its children are the numbers that went into it, and its
local gradients say how much it grows when each of them does. `backward` walks the graph
from the loss and applies the chain rule at every node.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Nodes handled between two looks at the cancel token, and dropped at a time.
SLICE = 500


class Value:
    """A number, its gradient, and where it came from.

    Plain numbers in an operation get no node: nothing can be learnt about them.

    Attributes:
        data: The number.
        grad: How much the loss grows with it; filled by `backward`.
    """

    __slots__ = ("children", "data", "grad", "local_grads")

    def __init__(
        self,
        data: float,
        children: tuple[Value, ...] = (),
        local_grads: tuple[float, ...] = (),
    ) -> None:
        self.data = data
        self.grad = 0.0
        self.children = children
        self.local_grads = local_grads

    def __add__(self, other: Value | float) -> Value:
        if isinstance(other, Value):
            return Value(self.data + other.data, (self, other), (1.0, 1.0))
        return Value(self.data + other, (self,), (1.0,))

    def __mul__(self, other: Value | float) -> Value:
        if isinstance(other, Value):
            a, b = self.data, other.data
            return Value(a * b, (self, other), (b, a))
        return Value(self.data * other, (self,), (other,))

    def __pow__(self, exponent: float) -> Value:
        local_grad = exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, (self,), (local_grad,))

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
        return Value(e, (self,), (e,))

    def log(self) -> Value:
        """Return the natural logarithm."""
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def relu(self) -> Value:
        """Return this number if it is above 0, else 0, which passes no gradient."""
        return Value(max(0.0, self.data), (self,), (float(self.data > 0),))


def topological_order(root: Value, check: Callable[[], None]) -> list[Value]:
    """List the nodes that ``root`` was computed from, children before parents.

    Depth first, a node's children from left to right, ``root`` last. The gradients of a
    number that is used several times add up in this order, reversed, so their rounding
    depends on it. Numbers with no children (parameters) are left out, as there is
    nowhere to go from them. A stack of our own takes the place of recursion, so that
    depth has no limit.

    Args:
        root: The loss.
        check: Called every few thousand nodes; may raise.
    """
    order: list[Value] = []
    visited: set[Value] = set()
    # A node is pushed a second time, behind None, below its children: when that
    # comes up, they are all in the list.
    stack: list[Value | None] = [root]
    while stack:
        check()
        for _ in range(SLICE):
            if not stack:
                break
            node = stack.pop()
            if node is None:
                order.append(stack.pop())  # type: ignore[arg-type]
            elif node not in visited:
                visited.add(node)
                stack += (node, None)
                stack += [c for c in reversed(node.children) if c.children]
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
            grad = node.grad
            for child, local_grad in zip(node.children, node.local_grads, strict=True):
                child.grad += local_grad * grad
        del node
        del order[-SLICE:]
