"""What a person can train with."""

from __future__ import annotations

from dataclasses import dataclass

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.isolated.choice import trouble


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """One engine as a list shows it."""

    key: str
    title: str
    description: str


def engine_choices() -> tuple[EngineChoice, ...]:
    """Return every engine of the registry, in its order."""
    return tuple(
        EngineChoice(key, entry.title, entry.summary) for key, entry in ENGINES.items()
    )


def shared_lock_in_words() -> str:
    """Return why training has no interpreter of its own; empty if that is as it is.

    It is so where this Python has none, and no trouble.
    """
    why = trouble()
    if not why:
        return ""
    return (
        "Training shares one lock with the window: Python could not start an "
        f"interpreter for it ({why}). The numbers are the same; the window may answer "
        "a little later while it trains."
    )
