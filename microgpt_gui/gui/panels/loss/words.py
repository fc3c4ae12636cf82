"""What the panel says, in words."""

from __future__ import annotations

from math import exp, isfinite, isnan, log
from typing import TYPE_CHECKING

from microgpt_gui import letters
from microgpt_gui.gui.shelf import run_words
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.panels.loss.smoothing import Smoothing
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.session.recipe import Recipe

#: Longer documents are cut before they are measured, which takes time.
_MAX_SHOWN = 200

#: Losses beyond this have a perplexity that nobody reads.
_HUGE = 20.0

#: Letters of a run's name where there is less and less room.
_NAME_LENGTHS = (40, 28, 18, 10)


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


def with_perplexity(loss: float) -> str:
    """Return an average with its perplexity, where that can be read."""
    if isnan(loss):
        return "not a number"
    told = f"{loss:.6f} nats"
    return f"{told} (perplexity {exp(loss):,.4g})" if loss < _HUGE else told


def beyond(loss: float, y_range: tuple[float, float]) -> str:
    """Say where ``loss`` lies if it is not in view; empty if it is."""
    low, high = y_range
    if low <= loss <= high or not isfinite(loss):
        return ""
    return "above the plot" if loss > high else "below the plot"


def outside(count: int, *, are_shown: bool) -> tuple[str, str]:
    """Return what stands on the button for outliers, and its tool tip.

    Args:
        count: Losses of the run outside the plot; 0 if only earlier runs have some.
        are_shown: Whether the plot makes room for them.
    """
    if are_shown:
        return "▼ Most", (
            "The plot reaches to the last outlier. Click to fit it to most losses; "
            "triangles at its edge then mark the others."
        )
    noun = "loss lies" if count == 1 else "losses lie"
    told = f"{count:,} {noun}" if count else "Losses of earlier runs lie"
    return f"▲ {count:,} outside" if count else "▲ Outside", (
        f"{told} far from the others, outside the plot: triangles at its edge mark "
        "where. Click to show them all."
    )


def quoted(document: str) -> str:
    """Return ``document`` on one line, in quotation marks."""
    cut = "…" if len(document) > _MAX_SHOWN else ""
    return letters.quoted(letters.beginning(document, _MAX_SHOWN) + cut)


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
        f"nats on average over about {smoothing.span:,} steps; "
        f"step {step:,} alone: {short(loss)}",
        f"nats, averaged over about {smoothing.span:,} steps",
        "nats, averaged",
        "nats",
    )


def ended(now: tuple[str, tuple[str, ...]], step: int) -> tuple[str, tuple[str, ...]]:
    """Return `now` of a run that diverged at ``step``, from 1."""
    number, meanings = now
    end = f"diverged at step {step:,}"
    return number, (*(f"{meaning}; {end}" for meaning in meanings), end)


def end_of(kept: ShelvedRun) -> str:
    """Return where an earlier run has diverged, in words; empty if it has not."""
    return f"diverged at step {kept.steps + 1:,}" if kept.divergence else ""


def overlaid_end(name: str) -> str:
    """Return what is said of an earlier run at the step that it diverged at."""
    return f"{isolated(run_words.one_line(name)[: _NAME_LENGTHS[0]])}: diverged"


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


def compared(
    name: str, earlier: Recipe, current: Recipe, *, is_previous: bool
) -> tuple[str, ...]:
    """Return what an earlier run did otherwise, longest first."""
    called = "previous run" if is_previous else run_words.shown(name)
    differences = run_words.differences(earlier, current)
    if not differences:
        return f"{called}, same settings", *_cuts(called)
    parts = [
        f"{run_words.setting(name)} {isolated(run_words.told(ours, name))} "
        f"instead of {isolated(run_words.told(theirs, name))}"
        for name, (ours, theirs) in differences.items()
    ]
    more = f"{len(parts)} settings differ" if len(parts) > 1 else parts[0]
    return f"{called}: {', '.join(parts)}", f"{called}: {more}", *_cuts(called)


def abridged(names: Sequence[str], current: str) -> tuple[tuple[str, ...], ...]:
    """Return ways to write several names side by side, longest first.

    Where they do not fit whole, what the ``current`` run's name says too goes first;
    the last way only counts them.
    """
    known = run_words.one_line(current).split(", ")
    levels = []
    for name in map(run_words.one_line, names):
        own = ", ".join(part for part in name.split(", ") if part not in known)
        levels.append((name, *_cuts((own or name).replace("learning rate", "lr"))))
    return *zip(*levels, strict=True), (f"{len(names)} earlier runs",)


def overlaid(name: str, loss: float) -> str:
    """Return the loss of an earlier run at the step pointed at."""
    text = f"{loss:.6f} nats" if isfinite(loss) else short(loss)
    return f"{isolated(run_words.one_line(name)[: _NAME_LENGTHS[0]])}: {text}"


def _cuts(name: str) -> tuple[str, ...]:
    cuts = (name[: n - 1] + "…" if len(name) > n else name for n in _NAME_LENGTHS)
    return name, *cuts, ""
