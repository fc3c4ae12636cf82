"""Names in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """Return "a, b and c"; one name as it is, and nothing for none."""
    *most, last = names or ("",)
    return f"{', '.join(most)} and {last}" if most else last
