"""One short word for all parameters of a model."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.base import Parameters


def parameters_sha256(parameters: Parameters) -> str:
    """Return the sha256, in hexadecimal, of every parameter at full precision.

    It is taken of their ``repr`` in the order of ``parameters``, the script's creation
    order, with one space between two: equal sums mean equal models, to the last bit.
    """
    numbers = (repr(p) for matrix in parameters.values() for row in matrix for p in row)
    return hashlib.sha256(" ".join(numbers).encode()).hexdigest()
