"""What is said of what an alteration does, in words."""

from __future__ import annotations

from math import isfinite, isnan
from typing import TYPE_CHECKING

from microgpt_gui.isolation import isolated
from microgpt_gui.letters import beginning, in_one_line, visible
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.effect import Effect

#: As it stands below the numbers.
NOT_TRAINING = (
    "This is not what training without it would give: all the rest has learnt to work "
    "with it."
)

#: More of a text is not quoted, and so many samples are named.
_QUOTED, _SAMPLES = 12, 10

_NO_NUMBER = "no number"


def headline(effect: Effect | None) -> str:
    """Say what becomes of the loss on documents that were not trained on."""
    if effect is None:
        return "Loss on documents not trained on: being read …"
    if effect.problem:
        return f"Loss on documents not trained on: {effect.problem}"
    if not effect.documents:
        return "Loss on documents not trained on: being read …"
    noun = "document" if effect.documents == 1 else "documents"
    own, altered = effect.own.loss, effect.altered.loss
    return (
        f"Loss on {effect.documents:,} {noun} not trained on: "
        f"{number(own)} \N{RIGHTWARDS ARROW} {number(altered)} "
        f"({difference(own, altered)})"
    )


def exact(effect: Effect | None) -> str:
    """Say the same to the last digit, and of how many; empty where there is nothing."""
    if effect is None or not effect.documents:
        return ""
    own, altered = effect.own.loss, effect.altered.loss
    return (
        f"The mean over the first {effect.documents:,} of {effect.left:,} documents "
        f"that no step up to {effect.step:,} has learnt from: {own!r} nats as it is, "
        f"{altered!r} what if; {altered - own:+.6e}"
    )


def text_loss_of(effect: Effect) -> str:
    """Return what the second loss is of: "loss of “sheikh”"."""
    text = in_one_line(effect.text)
    if len(text) > _QUOTED:
        text = beginning(text, _QUOTED).rstrip() + "…"
    return f"loss of “{isolated(text)}”"


def odds_after(effect: Effect) -> str:
    """Return what the odds are after."""
    letter = effect.own.letter
    text = in_one_line(letter.text) if letter is not None else ""
    if len(text) > _QUOTED:
        text = f"…{text[-_QUOTED:]}"
    return f"next after “{isolated(text)}”" if text else f"next after {BOS_LABEL}"


def drawn_with(effect: Effect) -> str:
    """Return what the samples were drawn with."""
    request = effect.request
    seed = "the run's own seed" if request.seed is None else f"seed {request.seed}"
    return f"samples, temperature {request.temperature:g}, {seed}"


def written(samples: tuple[str, ...]) -> str:
    """Return samples in one line."""
    shown = (in_one_line(text) or "(empty)" for text in samples[:_SAMPLES])
    return ", ".join(isolated(text) for text in shown)


def how_many_differ(effect: Effect) -> str:
    """Say how many of the samples are others."""
    own, altered = effect.own.samples, effect.altered.samples
    if not own or len(own) != len(altered):
        return ""
    others = sum(a != b for a, b in zip(own, altered, strict=True))
    return f"{others} of {len(own)} are others" if others else "all the same"


def label(token: str) -> str:
    """Return a token as the head of a column."""
    return token if token == BOS_LABEL else isolated(visible(token))


def number(value: float) -> str:
    """Return a loss with four decimals."""
    if not isfinite(value):
        return _NO_NUMBER if isnan(value) else "infinite"
    return f"{value:.4f}"


def percent(value: float) -> str:
    """Return a probability."""
    return f"{100 * value:.1f} %" if isfinite(value) else _NO_NUMBER


def points(own: float, altered: float) -> str:
    """Return how a probability changes, in points of a hundred."""
    return _signed(f"{100 * (altered - own):+.1f}")


def difference(own: float, altered: float) -> str:
    """Return how a loss changes, with its sign; small ones with their own digits."""
    by = altered - own
    if not isfinite(by):
        return _NO_NUMBER
    return _signed(f"{by:+.4f}" if abs(by) >= 5e-5 or by == 0 else f"{by:+.1e}")


def _signed(text: str) -> str:
    return text.replace("-", "\N{MINUS SIGN}", 1) if text[0] == "-" else text
