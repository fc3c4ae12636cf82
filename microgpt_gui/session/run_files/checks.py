"""What numbers a run can have."""

from __future__ import annotations

import sys
from array import array
from itertools import pairwise
from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.run_files.problems import RunFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

    Buffer = bytes | memoryview

#: Means of squares, and lengths: at least 0, and a runaway may have left infinity.
_NOT_NEGATIVE = ("adam.v.", "keyframes.v", "figures.gradient_norms")


def numbers_of(data: Buffer, typecode: str) -> array[Any]:
    """Return the numbers that little-endian ``data`` holds."""
    numbers: array[Any] = array(typecode)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def check_numbers(name: str, data: Buffer) -> None:
    """Refuse what cannot be part of the tensor ``name``.

    Raises:
        RunFileError: There is a number that training does not make.
    """
    numbers = numbers_of(data, "d")
    total = sum(numbers)
    if name.startswith(_NOT_NEGATIVE):
        is_right = not isnan(total) and min(numbers) >= 0
    else:
        # A sum may be infinite where no number is.
        is_right = isfinite(total) or all(map(isfinite, numbers))
    if not is_right:
        raise RunFileError(f"its tensor {name} has numbers that training cannot give")


def check_keyframe_steps(steps: Sequence[int], steps_done: int) -> None:
    """Refuse keyframes that are not in order, or not from the run's beginning on.

    Raises:
        RunFileError: They are not.
    """
    is_ordered = all(a < b for a, b in pairwise(steps))
    if not is_ordered or (steps and steps[-1] > steps_done):
        raise RunFileError("its earlier states are not in order")
    if steps_done and (not steps or steps[0] != 0):
        raise RunFileError("it has no state from before the first step")


def check_alphabet(chars: str, alphabet: str) -> None:
    """Refuse a text that the model could not spell.

    Args:
        chars: The model's.
        alphabet: The text's.

    Raises:
        RunFileError: It could not.
    """
    if not set(alphabet) <= set(chars):
        raise RunFileError("a text in it has characters that its model has not")
