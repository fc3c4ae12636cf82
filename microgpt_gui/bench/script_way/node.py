"""A number as the script keeps it: one object for every operation, constants included.

`engine.value` computes the same with a third of the objects and without recursion; this
is not for use, but to know what the script's own way costs.
"""

from __future__ import annotations

import math


class Node:
    """A number with the numbers it was made of, and its slope along each of them.

    A plain number that takes part in an operation becomes a node, too.

    Attributes:
        data: The number.
        grad: How much the loss grows with it; `backward` adds to it.
        origins: What it was made of.
        slopes: How much it grows with each of them.
    """

    # The script has slots, so this must.
    __slots__ = ("data", "grad", "origins", "slopes")

    def __init__(
        self,
        data: float,
        origins: tuple[Node, ...] = (),
        slopes: tuple[float, ...] = (),
    ) -> None:
        self.data = data
        # An int until the first gradient comes, as in the script: adding to it takes
        # longer than adding to 0.0.
        self.grad: float = 0
        self.origins = origins
        self.slopes = slopes

    def __add__(self, other: Node | float) -> Node:
        other = other if isinstance(other, Node) else Node(other)
        return Node(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other: Node | float) -> Node:
        other = other if isinstance(other, Node) else Node(other)
        return Node(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, exponent: float) -> Node:
        slope = exponent * self.data ** (exponent - 1)
        return Node(self.data**exponent, (self,), (slope,))

    def __neg__(self) -> Node:
        return self * -1

    def __sub__(self, other: Node | float) -> Node:
        return self + (-other)

    def __truediv__(self, other: Node | float) -> Node:
        return self * other**-1

    def __radd__(self, other: float) -> Node:
        return self + other

    def __rmul__(self, other: float) -> Node:
        return self * other

    def exp(self) -> Node:
        """Return e to the power of this number."""
        return Node(math.exp(self.data), (self,), (math.exp(self.data),))

    def log(self) -> Node:
        """Return the natural logarithm."""
        return Node(math.log(self.data), (self,), (1 / self.data,))

    def relu(self) -> Node:
        """Return this number if it is above 0, else 0."""
        return Node(max(0, self.data), (self,), (float(self.data > 0),))

    def backward(self) -> int:
        """Give every number that this one was made of its gradient.

        Returns:
            How many numbers those are, this one included.

        Raises:
            RecursionError: The graph is deeper than the interpreter lets functions
                nest.
        """
        order: list[Node] = []
        seen = set()

        # It refers to itself, and so keeps all that it knows alive, the whole graph,
        # until the collector comes: most of the cost.
        def visit(node: Node) -> None:
            if node not in seen:
                seen.add(node)
                for origin in node.origins:
                    visit(origin)
                order.append(node)

        visit(self)
        self.grad = 1
        for node in reversed(order):
            for origin, slope in zip(node.origins, node.slopes, strict=False):
                origin.grad += slope * node.grad
        return len(order)
