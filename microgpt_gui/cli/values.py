"""What the values of options must look like; each function reads one kind."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.session.sample_batch import TEMPERATURE_RANGE

if TYPE_CHECKING:
    from collections.abc import Callable


def whole_number(text: str) -> int:
    """Read an integer."""
    try:
        return int(text)
    except ValueError:
        raise ArgumentTypeError(f"a whole number was wanted, not {text!r}") from None


def number(text: str) -> float:
    """Read a number."""
    try:
        return float(text)
    except ValueError:
        raise ArgumentTypeError(f"a number was wanted, not {text!r}") from None


def within(setting: str, low: int, high: int) -> Callable[[str], int]:
    """Return what reads an integer from ``low`` to ``high``."""

    def read(text: str) -> int:
        value = whole_number(text)
        if not low <= value <= high:
            raise ArgumentTypeError(
                f"{setting} must be from {low} to {high}, not {value}"
            )
        return value

    return read


def number_within(setting: str, low: float, high: float) -> Callable[[str], float]:
    """Return what reads a number from ``low`` to ``high``."""

    def read(text: str) -> float:
        value = number(text)
        if not low <= value <= high:
            raise ArgumentTypeError(
                f"{setting} must be from {low:g} to {high:g}, not {value!r}"
            )
        return value

    return read


temperature = number_within("temperature", *TEMPERATURE_RANGE)


def path(text: str) -> Path:
    """Read the path of a file."""
    if not text:
        raise ArgumentTypeError("the path of a file was wanted, not an empty text")
    if not os.path.basename(text) and not os.path.lexists(text):
        # A `Path` forgets the last separator: the folder's name would be a file's.
        raise ArgumentTypeError(f"the path of a file was wanted, not {text!r}")
    return Path(text)
