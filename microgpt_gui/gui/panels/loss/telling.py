"""What is said of the losses: at the step pointed at, and in the strip on top."""

from __future__ import annotations

from math import isfinite, nan
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.gui import glossary
from microgpt_gui.gui.panels.loss import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.panels.loss.series import LossSeries
    from microgpt_gui.gui.panels.loss.smoothing import Smoothing
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.widgets.plot import Range
    from microgpt_gui.gui.workshop import Workshop


class Told(NamedTuple):
    """What is said of one step.

    Attributes:
        step: From 1.
        loss: In nats; nan where there is none to point at.
        lines: The most important first.
    """

    step: int
    loss: float
    lines: Sequence[str]


def smooth_at(series: LossSeries, step: int) -> float:
    """Return the average after ``step`` steps; nan where there is none."""
    return float(series.smooth[step - 1]) if 0 < step <= len(series) else nan


def of_step(
    run: RunController,
    series: LossSeries,
    beside: Sequence[str],
    smoothing: Smoothing,
    step: int,
    y_range: Range,
) -> Told:
    """Return what is said of ``step``, from 1; ``run.info`` is there.

    Args:
        run: The run.
        series: Its losses.
        beside: What is said of what it is held against.
        smoothing: How the average comes about.
        step: From 1; perhaps still to come.
        y_range: Losses in view.
    """
    assert run.info is not None
    document = words.quoted(run.info.document_of(step - 1))
    others = [*beside, f"document: {document}"]
    if step > len(series):
        said = f"step {step:,} is still to come"
        if run.divergence:
            said = f"step {step:,}: the run diverged at step {len(series) + 1:,}"
        return Told(step, nan, [said, *others])
    loss = float(series.raw[step - 1])
    lines = [f"step {step:,}", f"loss {words.exact(loss)}", *others]
    if beyond := words.beyond(loss, y_range):
        lines[1] += f", {beyond}"
    if smoothing.weight:
        smoothed = smooth_at(series, step)
        text = words.with_perplexity(smoothed)
        lines.insert(2, f"smoothed {text}")
    if isfinite(norm := _norm_at(run, step)):
        lines.append(f"gradient norm {norm:.4g}")
    return Told(step, loss, lines)


def of_moment(
    workshop: Workshop, series: LossSeries, smoothing: Smoothing
) -> tuple[str, tuple[str, ...]]:
    """Return the loss for the back row, and what it is, longest first.

    Of the moment shown; of the newest step where that is followed.
    """
    run = workshop.run
    steps, moment = len(series), workshop.timeline.step
    if not steps:
        return "–", ("no loss yet",)
    if moment is None:
        loss, average = float(series.raw[-1]), smooth_at(series, steps)
        now = words.now(loss, average, steps, smoothing, series.first_broken)
        return words.ended(now, steps + 1) if run.divergence else now
    loss = float(series.raw[moment - 1]) if moment else nan
    average = smooth_at(series, moment)
    return words.then(loss, average, moment, smoothing, _norm_at(run, moment))


def explanations(workshop: Workshop, series: LossSeries) -> tuple[str, ...]:
    """Return what a nat is, and the perplexity of the loss for the back row."""
    moment = workshop.timeline.step
    average = smooth_at(series, len(series) if moment is None else moment)
    if not isfinite(average):
        return (glossary.NATS,)
    return glossary.NATS, glossary.perplexity(average)


def _norm_at(run: RunController, step: int) -> float:
    norms = run.recorder.figures.gradient_norms
    return norms[step - 1] if 0 < step <= len(norms) else nan
