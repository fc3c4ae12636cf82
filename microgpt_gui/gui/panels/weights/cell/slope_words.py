"""What is said of a gradient that is checked, in words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.isolation import isolated
from microgpt_gui.letters import beginning, in_one_line

if TYPE_CHECKING:
    from microgpt_gui.session.reading.learning.slopes import GradientCheck, Slope

NO_STEP = (
    "No step has been made yet: at step 0 there is no gradient. Train, or make one "
    "step (.), and it is checked here."
)

WAITING = "The step is being done once more …"

HEADS = ("", "slope measured", "differs by")

#: More of a document is not quoted.
_QUOTED = 16


def formula(told: GradientCheck) -> str:
    """Say what is measured, and of what."""
    text = in_one_line(told.document)
    if len(text) > _QUOTED:
        text = beginning(text, _QUOTED).rstrip() + "…"
    matrix, row, column = told.cell
    return (
        f"(loss(w + h) \N{MINUS SIGN} loss(w \N{MINUS SIGN} h)) / 2h of step "
        f"{told.step:,}, document “{isolated(text)}”, "
        f"w = {matrix}[{row}][{column}] = {told.weight:+.6f} before the step"
    )


def backward(told: GradientCheck) -> tuple[str, str, str]:
    """Return the column of what backward found."""
    return "backward", number(told.gradient), ""


def column(told: GradientCheck, slope: Slope) -> tuple[str, str, str]:
    """Return the column of a slope."""
    if not isfinite(slope.slope):
        return distance(slope), "no number", ""
    return distance(slope), number(slope.slope), f"{told.difference(slope):.1e}"


def distance(slope: Slope) -> str:
    """Return h as the head of a column."""
    return f"h = {slope.distance:.0e}".replace("e-0", "e-")


def number(value: float) -> str:
    """Return a slope with the digits that tell it from others."""
    return f"{value:+.7f}" if abs(value) >= 1e-2 or value == 0 else f"{value:+.4e}"


def exact(told: GradientCheck) -> str:
    """Say all of it to the last digit, for a tool tip."""
    lines = [f"backward: {told.gradient!r}"]
    lines += [
        f"{distance(s)}: loss(w + h) {s.above!r}, loss(w \N{MINUS SIGN} h) "
        f"{s.below!r}, slope {s.slope!r}"
        for s in told.slopes
    ]
    return "; ".join(lines)


def verdict(told: GradientCheck) -> str:
    """Say what comes out of it, and what stands in the way if anything does."""
    if not told.slopes:
        return WAITING
    if not isfinite(told.loss):
        return "The loss is no number here: the weights have grown too large."
    if told.is_unused:
        return _unused(told)
    best = told.best
    if best is None:
        return "No slope is a number here: the weights have grown too large."
    parts = [_why(told, best)]
    switched = [s for s in told.slopes if s.switched]
    if switched:
        ends = ", ".join(f"{s.switched} for {distance(s)}" for s in switched)
        parts.append(
            "Between the two points hidden units switch on or off "
            f"({ends}): at relu's corner the loss has no slope, and the straight line "
            "over it is none either."
        )
    if told.at_corner:
        parts.append(
            f"{told.at_corner} hidden units get exactly 0, where relu has two slopes, "
            "0 and 1; backward takes 0."
        )
    return " ".join(parts)


def _why(told: GradientCheck, best: Slope) -> str:
    by = told.difference(best)
    if told.gradient == 0:
        return (
            "Backward found 0; what is measured is as small as rounding makes it, "
            f"{by:.1e} at {distance(best)}."
        )
    share = by / abs(told.gradient)
    agrees = f"They agree to {share:.0e} of the gradient at {distance(best)}"
    if best is told.slopes[0]:
        return (
            f"{agrees}, the largest: the loss hardly bends here. The smaller h, the "
            "fewer digits the two losses differ in, and rounding is what is left."
        )
    if best is told.slopes[-1]:
        return f"{agrees}, the smallest: over a larger h the loss bends."
    return (
        f"{agrees}, in between: over a larger h the loss bends; over a smaller one the "
        "two losses differ in their last digits only, and rounding is what is left."
    )


def _unused(told: GradientCheck) -> str:
    matrix, row, column_ = told.cell
    kind = matrix.rpartition(".")[2]
    why = {
        "wte": "the document has not this letter among what is read",
        "wpe": f"the document has no position {row}",
        "mlp_fc1": "its hidden unit is off at every position",
        "mlp_fc2": f"hidden unit {column_} is off at every position",
    }.get(kind, "nothing of it gets as far as the loss")
    return f"Both are exactly 0: {why}, so the loss does not depend on this weight."
