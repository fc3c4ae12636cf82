"""What the timeline says, in words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.duration import duration

if TYPE_CHECKING:
    from microgpt_gui.session.recorder import Holdings

#: A wait that people hardly notice.
SHORT_WAIT_S = 0.1

#: Where there is no run to show, and where one can have no more steps.
NOTHING = "No run yet"
AT_THE_LIMIT = "This run has as many steps as a run can have."


def place(step: int, steps: int) -> str:
    """Return which moment is shown, of how many."""
    return f"Step {step:,} of {steps:,}"


def past(newest: int, *, is_training: bool) -> str:
    """Return where the run is while an earlier moment is shown."""
    verb = "is at" if is_training else "went to"
    return f"The run {verb} {newest:,} · Live (L)"


def live(holdings: Holdings | None) -> str:
    """Return what is said below the step while the newest moment is shown."""
    if holdings is None or not holdings.steps:
        return "Live"
    return f"Live · {kept(holdings)}"


def kept(holdings: Holdings) -> str:
    """Return what the recorder holds, in short."""
    noun = "keyframe" if holdings.keyframes == 1 else "keyframes"
    return f"{holdings.keyframes:,} {noun}, {megabytes(holdings.size_bytes)}"


def holdings_tip(holdings: Holdings) -> str:
    """Return what the recorder holds, in full, for a tool tip."""
    if not holdings.steps:
        return wrapped(
            "Every step will be taken down, so that each moment of the run can be "
            "shown again."
        )
    return wrapped(
        f"All {holdings.steps:,} steps are taken down: {kept(holdings)} of at most "
        f"{megabytes(holdings.budget_bytes)}.",
        "Between two keyframes, which are at most "
        f"{holdings.widest_gap:,} steps apart, a moment is computed anew, to the last "
        "bit.",
        *([f"{waiting}."] if (waiting := wait(holdings)) else []),
    )


def wait(holdings: Holdings) -> str:
    """Return how long the wait for a moment is, and what would make it short.

    Empty while that is not known.
    """
    longest_s, needed = holdings.replay_s, holdings.bytes_for(SHORT_WAIT_S)
    if longest_s is None or needed is None:
        return ""
    short = duration(SHORT_WAIT_S, tenths=True)
    if longest_s <= SHORT_WAIT_S:
        return f"Any moment is back within {short}"
    return (
        f"Any moment is back within {duration(longest_s, tenths=True)}; "
        f"with {megabytes(needed)} it would be {short}"
    )


def megabytes(size_bytes: int) -> str:
    """Return a size as people read it: 96 kB, 1.4 MB, 13 MB."""
    if size_bytes < 2**20:
        return f"{max(1, round(size_bytes / 2**10)):,} kB"
    size = size_bytes / 2**20
    return f"{size:.1f} MB" if size < 9.95 else f"{size:,.0f} MB"


def under_pointer(step: int, loss: float | None, happened: str) -> str:
    """Return what the track says of a step.

    Args:
        step: Steps done.
        loss: Of that step, in nats; None where there is none yet.
        happened: What the marks there say; empty for none.
    """
    if loss is None:
        told = "the untrained model" if step == 0 else "still to come"
    else:
        told = f"loss {run_words.loss(loss)}" if isfinite(loss) else "loss: no number"
    parts = [f"step {step:,}", told]
    if happened:
        parts.append(happened)
    return " · ".join(parts)
