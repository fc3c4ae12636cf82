"""What is called from outside, with its types: a function for each name.

Numbers alone cross the border, as ``int64`` and ``float64``; addresses are ``int64``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def power(base: float, exponent: float) -> float:
    """Return ``base ** exponent`` as the C library says it."""
    return math.pow(base, exponent)


#: By name: the function, the type of its result, those of its arguments.
ENTRIES: dict[str, tuple[Callable[..., Any], str, tuple[str, ...]]] = {
    "power": (power, "float64", ("float64", "float64")),
}
