"""What is said of the sizes of matrices."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.reading.weights.norms import Norms

POINT = "Point at a curve to read it. Click to show that step."

LONGEST = "layer0.attn_wq at step 1,000: norm 12.345 · 12.345678901234567"


def axis_number(value: float) -> str:
    """Return a number of the axis."""
    return f"{value:.6g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")


def reading(norms: Norms, matrix: int, place: int) -> str:
    """Say what a point of a curve is, to the last digit."""
    value = norms.norms[matrix][place]
    told = f"norm {value:.5g} · {value!r}" if isfinite(value) else "no number"
    return f"{norms.names[matrix]} at step {norms.steps[place]:,}: {told}"


def spoken(norms: Norms, matrix: int, place: int) -> str:
    """Say the same in short to a screen reader."""
    value = norms.norms[matrix][place]
    told = f"{value:.3g}" if isfinite(value) else "no number"
    return f"{norms.names[matrix]}, step {norms.steps[place]:,}: {told}"


def subject(norms: Norms) -> str:
    """Say what the curves are, and of how many moments."""
    count = len(norms.steps)
    told = f"Euclidean norm of each matrix, at {count:,} "
    told += "step" if count == 1 else f"steps up to {norms.step:,}"
    return told if norms.is_complete else f"{told}, more to come"
