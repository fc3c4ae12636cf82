"""What each number of a weight is called, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.session.moments.moment import Moment
from microgpt_gui.session.reading.weights.quantity import (
    Quantity,
    WeightNumbers,
    values,
)

if TYPE_CHECKING:
    #: What the panel draws: a moment's weights, or other numbers of them.
    Shown = Moment | WeightNumbers


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """How one quantity is spoken of.

    Attributes:
        many: What all numbers are called.
        one: What one is called.
        column: The same as the head of a table's column.
    """

    many: str
    one: str
    column: str


QUANTITY_WORDS = {
    Quantity.VALUE: QuantityWords("weights", "weight", "weight"),
    Quantity.GRADIENT: QuantityWords("gradients", "gradient", "gradient"),
    Quantity.M: QuantityWords("values of m", "Adam's m", "m"),
    Quantity.V: QuantityWords("values of v", "Adam's v", "v"),
    Quantity.STEP: QuantityWords("changes of one step", "change", "change_of_step"),
    Quantity.CHANGE: QuantityWords("changes", "change", "change"),
}


def numbers_of(shown: Shown) -> WeightNumbers:
    """Return what is shown as numbers: a moment stands for its weights."""
    return values(shown) if isinstance(shown, Moment) else shown


def many(shown: WeightNumbers) -> str:
    """Return what the numbers shown are called together."""
    words = QUANTITY_WORDS[shown.quantity].many
    if shown.quantity is Quantity.CHANGE:
        return f"{words} since {since(shown.since)}"
    return words


def column(shown: WeightNumbers) -> str:
    """Return how the numbers shown head a table's column."""
    head = QUANTITY_WORDS[shown.quantity].column
    if shown.quantity is Quantity.CHANGE:
        return f"{head}_since_step_{shown.since}"
    return head


def since(step: int) -> str:
    """Say since when something has changed."""
    return f"step {step:,}" if step else "the start"


def why_nothing(shown: WeightNumbers) -> str:
    """Say why there are no such numbers; empty if there are."""
    if shown.numbers is not None:
        return ""
    if shown.recorded is not None:
        return (
            f"There is no change since step {shown.since:,} yet: {shown.recorded:,} "
            f"{'step has' if shown.recorded == 1 else 'steps have'} been trained so "
            "far. Choose an earlier step, or train on."
        )
    return (
        "No step has been made at this moment, so there is no "
        f"{QUANTITY_WORDS[shown.quantity].one} yet. Train, or show a later moment."
    )


def ticks(scale: float | None, *, is_signed: bool = True) -> tuple[str, str, str]:
    """Return the numbers of a scale; None for several scales.

    Args:
        scale: What has the end colour.
        is_signed: It has colours below 0, too.
    """
    if scale is None:
        return ("-most", "0", "+most") if is_signed else ("0", "", "most")
    end = short(scale)
    return (f"-{end}", "0", f"+{end}") if is_signed else ("0", short(scale / 2), end)


def short(value: float) -> str:
    """Return a number of a scale: 0.05, 2e-7."""
    return _trimmed(f"{value:.3g}")


def unit(value: float) -> str:
    """Say that numbers are multiples of a power of 10: × 1e-4."""
    return f"× {value:g}" if value >= 0.1 else f"× {_trimmed(f'{value:.0e}')}"


def _trimmed(number: str) -> str:
    return number.replace("e-0", "e-").replace("e+0", "e+")
