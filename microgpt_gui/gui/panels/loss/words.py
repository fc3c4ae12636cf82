"""What the panel says, in words."""

from __future__ import annotations

from math import isfinite, isnan, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.loss.smoothing import Smoothing
    from microgpt_gui.session.config import RunConfig

#: Longer documents are cut before they are measured, which takes time.
_MAX_SHOWN = 200


def guessing(vocab_size: int) -> tuple[str, ...]:
    """Return what the guessing line means, longest first."""
    value = f"ln {vocab_size} = {log(vocab_size):.3f}"
    return (
        f"guessing among {vocab_size} tokens: {value} nats",
        f"guessing: {value} nats",
        value,
    )


def short(loss: float) -> str:
    """Return ``loss`` for the back row: four or five figures."""
    if isnan(loss):
        return "not a number"
    if not isfinite(loss):
        return "infinite"
    return f"{loss:.3f}" if abs(loss) < 1e4 else f"{loss:.3g}"


def exact(loss: float) -> str:
    """Return ``loss`` with every digit that it has."""
    if isfinite(loss):
        return f"{loss!r} nats"
    return f"{short(loss)} ({loss!r})"


def quoted(document: str) -> str:
    """Return ``document`` on one line, in quotation marks."""
    text = document[:_MAX_SHOWN] + ("…" if len(document) > _MAX_SHOWN else "")
    return f"“{' '.join(text.split())}”"


def now(
    loss: float, smoothed: float, step: int, smoothing: Smoothing, first_broken: int
) -> tuple[str, tuple[str, ...]]:
    """Return the loss of now for the back row, and what it is, longest first.

    Args:
        loss: Of ``step``, the newest, in nats.
        smoothed: The average at ``step``, in nats.
        step: From 1.
        smoothing: How ``smoothed`` came about.
        first_broken: First step whose loss is not finite; 0 for none.
    """
    if not isfinite(loss):
        return short(loss), (
            f"since step {first_broken:,}: this run has diverged; "
            "a lower learning rate helps",
            f"since step {first_broken:,}: diverged",
            f"since step {first_broken:,}",
        )
    if not smoothing.weight:
        return short(loss), (
            f"nats: the loss of step {step:,} alone",
            f"nats at step {step:,}",
            "nats",
        )
    return short(smoothed), (
        f"nats on average over about {smoothing.span} steps; "
        f"step {step:,} alone: {short(loss)}",
        f"nats, averaged over about {smoothing.span} steps",
        "nats, averaged",
        "nats",
    )


def then(
    loss: float, smoothed: float, step: int, smoothing: Smoothing, norm: float
) -> tuple[str, tuple[str, ...]]:
    """Return the loss of an earlier moment, and what it is, longest first.

    Args:
        loss: Of ``step``, in nats.
        smoothed: The average at ``step``, in nats.
        step: The moment, in steps done.
        smoothing: How ``smoothed`` came about.
        norm: Of that step's gradient; nan where it is not known.
    """
    if not step:
        return "–", ("before the first step", "step 0")
    gradient = f"; gradient norm {norm:.3g}" if isfinite(norm) else ""
    if not isfinite(loss) or not smoothing.weight:
        return short(loss), (
            f"nats at step {step:,}, an earlier moment{gradient}",
            f"nats at step {step:,}",
            f"step {step:,}",
        )
    return short(smoothed), (
        f"nats on average at step {step:,}; alone: {short(loss)}{gradient}",
        f"nats on average at step {step:,}; alone: {short(loss)}",
        f"nats on average at step {step:,}",
        f"nats at step {step:,}",
        f"step {step:,}",
    )


def compared(previous: RunConfig, current: RunConfig) -> tuple[str, ...]:
    """Return what the previous run did otherwise, longest first."""
    differences = previous.differences(current)
    if not differences:
        return "previous run, same settings", "previous run"
    parts = [
        f"{name} {_setting(ours)} instead of {_setting(theirs)}"
        for name, (ours, theirs) in differences.items()
    ]
    more = f"{len(parts)} settings differ"
    return (
        f"previous run: {', '.join(parts)}",
        f"previous run: {more}" if len(parts) > 1 else f"previous: {parts[0]}",
        "previous run",
    )


def _setting(value: Any) -> str:  # as RunConfig.differences has it
    if isinstance(value, float):
        return f"{value:g}"
    return Path(value).name if isinstance(value, str) else str(value)
