"""How far the colours of an exported map reach, where not everywhere to one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that have the end colour; those beyond have it too.

    Attributes:
        ends: [part][row], above 0: heads counted through all layers and their queries,
            or matrices and their rows.
        ticks: At the start, the middle and the end of the scale.
        told: In words, what ``ticks`` leave open; empty for nothing.
    """

    ends: Sequence[Sequence[float]]
    ticks: tuple[str, str, str]
    told: str
