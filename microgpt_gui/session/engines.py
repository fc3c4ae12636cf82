"""What a person can train with."""

from __future__ import annotations

from dataclasses import dataclass

from microgpt_gui.engine import ENGINES


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
