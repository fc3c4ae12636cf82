"""Which steps and losses the plot makes room for."""

from __future__ import annotations

from math import floor, isfinite, log, log10
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.session.loss_extent import around, shown_extent, usual_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.panels.loss.overlays import Overlays
    from microgpt_gui.gui.panels.loss.series import LossSeries
    from microgpt_gui.gui.widgets.plot import Range
    from microgpt_gui.session.loss_extent import Extent


class View(NamedTuple):
    """What is wanted in view.

    Attributes:
        x: All steps, those to come too.
        y: Losses in view, in nats.
        whole: Losses with every outlier; the same as ``y`` where there is none, or
            where they are in view.
        has_outliers: Whether some losses are so far out that they are left out unless
            asked for.
    """

    x: Range
    y: Range
    whole: Range
    has_outliers: bool


def wanted_view(
    series: LossSeries,
    overlays: Overlays,
    steps: int,
    vocab_size: int | None,
    lines: Sequence[Extent] = (),
    *,
    with_outliers: bool,
) -> View:
    """Return the view of the whole run.

    Args:
        series: Its losses.
        overlays: The runs beside it.
        steps: Of the run, those to come too.
        vocab_size: Tokens; None while nobody knows.
        lines: Lowest and highest loss of each line beside its losses.
        with_outliers: Whether outliers are to be in view too.
    """
    steps = max(steps, len(series), overlays.steps)
    guess = [(log(vocab_size),) * 2] if vocab_size is not None else []
    guess += lines
    full = around((series.low, series.high), overlays.edges, *guess)
    usual = usual_beside(around(series.usual, *guess), overlays.usual)
    shown = shown_extent(full, usual) if isfinite(full[1] - full[0]) else full
    whole = rounded_out(full, is_alone=not len(series))
    y = rounded_out(shown, is_alone=not len(series))
    return View(
        x=(0.0, max(steps * 1.01, steps + 0.5)),
        y=whole if with_outliers else y,
        whole=whole,
        has_outliers=y != whole,
    )


def rounded_out(extent: Extent, *, is_alone: bool) -> Range:
    """Return a range around ``extent`` with round ends, so that it seldom moves.

    Losses are never below 0, so neither is the range.

    Args:
        extent: Of what is to be seen.
        is_alone: Whether that is the guessing line at most: it is shown over what may
            come.
    """
    low, high = extent if isfinite(extent[1]) else (0.0, 1.0)
    if is_alone and low == high:
        low = 0.0
    span = max(high - low, 0.1)
    step = 10.0 ** floor(log10(span))
    step /= 5 if span / step < 4 else 2
    low = max(0.0, floor((low - 0.05 * span) / step) * step)
    return low, (floor((high + 0.08 * span) / step) + 1) * step
