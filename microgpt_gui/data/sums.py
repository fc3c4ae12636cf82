"""Sums ``a+b=c`` with a and b from 0 to 99: a language that can be computed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# No leading zeros: the dataset writes each number in one way only.
_SUM = re.compile(r"(0|[1-9][0-9]?)\+(0|[1-9][0-9]?)=(0|[1-9][0-9]{0,2})")


def sums() -> Iterator[str]:
    """Yield all 10,000 sums, by the first number, then by the second."""
    for a in range(100):
        for b in range(100):
            yield f"{a}+{b}={a + b}"


def is_true_sum(text: str) -> bool:
    """Return whether ``text`` is one of the 10,000 sums, with the right result."""
    match = _SUM.fullmatch(text)
    if match is None:
        return False
    a, b, c = map(int, match.groups())
    return a + b == c
