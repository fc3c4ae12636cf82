"""What panels say of the text that they show a model reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from microgpt_gui.gui.theme import coverage
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import beginning, in_one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

#: More of a document than this says nothing that the labels do not.
_QUOTED_LENGTH = 32


class OfText(Protocol):
    """What is shown of a text: see `ShownText`."""

    @property
    def step(self) -> int:
        """Steps done."""

    @property
    def text(self) -> str:
        """What is read."""

    @property
    def labels(self) -> Sequence[str]:
        """Of the tokens; the first is BOS."""

    @property
    def is_document(self) -> bool:
        """Whether it is the run's own."""

    @property
    def problem(self) -> str:
        """Why it is not what was asked for."""

    @property
    def note(self) -> str:
        """What was changed in what was asked for."""


def subject(shown: OfText) -> str:
    """Say what is looked at, and after how many steps."""
    step = f"step {shown.step:,}"  # first: it must stay where there is little room
    if not shown.is_document:
        return f"{step}, your text"
    text = in_one_line(shown.text)
    if coverage.without_font(text):
        return f"{step}, document of {len(text)} letters"
    if len(text) > _QUOTED_LENGTH:
        text = beginning(text, _QUOTED_LENGTH).rstrip() + "…"
    return f'{step}, document "{isolated(text)}"'


def notes(shown: OfText) -> str:
    """Return what is to be told of a text that can be shown, though not as it is."""
    lacking = coverage.sentence(coverage.without_font("".join(shown.labels[1:])))
    return ". ".join(filter(None, (shown.note, lacking)))
