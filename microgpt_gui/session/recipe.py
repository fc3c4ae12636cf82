"""What the numbers of a run were made with: settings, and from which step on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.session.segment import Segment

#: Values of a setting with the first step (from 0) of each; neighbours differ.
Values = tuple[tuple[int, Any], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings that the steps of a run have learnt with.

    What was changed after the newest step is not among them: no number has been made
    with it yet.

    Attributes:
        stretches: First step (from 0) and settings, in the order of steps, at least
            one.
    """

    stretches: tuple[tuple[int, RunConfig], ...]

    @classmethod
    def of(cls, segments: Sequence[Segment], steps_done: int) -> Recipe:
        """Return that of a run's first ``steps_done`` steps; of none, what awaits it.

        Args:
            segments: Of the run.
            steps_done: How many of its steps are meant.
        """
        learnt = [s for s in segments if not s.start or s.start < steps_done]
        return cls(tuple((s.start, s.config) for s in learnt))

    @classmethod
    def planned(cls, config: RunConfig) -> Recipe:
        """Return that of a run that has these settings from the first step on."""
        return cls(((0, config),))

    @property
    def config(self) -> RunConfig:
        """The settings of the newest step."""
        return self.stretches[-1][1]

    def values(self, name: str) -> Values:
        """Return what the setting ``name`` was, and from which step on."""
        found: list[tuple[int, Any]] = []
        for start, config in self.stretches:
            value = getattr(config, name)
            if not found or found[-1][1] != value:
                found.append((start, value))
        return tuple(found)

    def differences(self, other: Recipe) -> dict[str, tuple[Values, Values]]:
        """Return the settings in which ``other`` differs: name to (ours, theirs)."""
        pairs = {
            f.name: (self.values(f.name), other.values(f.name))
            for f in fields(RunConfig)
        }
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def told(values: Values, write: Callable[[Any], str]) -> str:
    """Return what a setting was in the course of a run: 0.01 then 0.1 from step 500.

    Args:
        values: See `Recipe.values`.
        write: Writes one value.
    """
    return " then ".join(
        write(now) + (f" from step {step:,}" if step else "") for step, now in values
    )
