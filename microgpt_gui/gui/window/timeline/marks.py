"""Steps of a run that something happened at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from microgpt_gui.gui.shelf import run_words
from microgpt_gui.session.recipe import Recipe

if TYPE_CHECKING:
    from microgpt_gui.session.segment import Segment


class MarkKind(Enum):
    """What happened; each has a shape of its own on the track."""

    CHANGE = "settings changed"
    FORK = "forked here"
    SAVE = "saved"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened when ``step`` steps were done."""

    step: int
    kind: MarkKind
    label: str  # for people

    @property
    def text(self) -> str:
        """What happened, in words."""
        return f"{self.kind.value}: {self.label}" if self.label else self.kind.value


class Marks:
    """All marks of a run, and of the runs it was forked from up to there."""

    def __init__(self) -> None:
        self._forks: set[int] = set()
        self._added: list[Mark] = []
        self._of_before: tuple[set[int], list[Mark]] = (set(), [])

    def begin(self) -> None:
        """Forget the run's marks; they come back if the new one is its fork."""
        self._of_before = self._forks, self._added
        self._forks, self._added = set(), []

    def forked(self, step: int) -> None:
        """Take the run for a fork of the one before at ``step``."""
        forks, added = self._of_before
        self._forks = {s for s in forks if s < step} | {step}
        self._added = [mark for mark in added if mark.step <= step]

    def add(self, mark: Mark) -> None:
        """Keep ``mark``; one of its kind at its step makes room."""
        if mark.kind is MarkKind.FORK:  # what it changed, the run itself says
            self._forks.add(mark.step)
            return
        self._added = [
            m for m in self._added if (m.step, m.kind) != (mark.step, mark.kind)
        ]
        self._added.append(mark)

    def all(self, segments: tuple[Segment, ...]) -> tuple[Mark, ...]:
        """Return those of a run of these ``segments``, in the order of steps."""
        marks = list(self._added)
        for index, segment in enumerate(segments):
            if segment.start in self._forks:
                kind = MarkKind.FORK
            elif segment.start:
                kind = MarkKind.CHANGE
            else:
                continue
            before = segments[index - 1] if index else segment
            label = run_words.changes(
                Recipe.planned(before.config), Recipe.planned(segment.config)
            )
            marks.append(Mark(segment.start, kind, label))
        return tuple(sorted(marks, key=lambda mark: mark.step))
