"""What a person can write into a file, as the panels and the window offer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.exports.ink import Ink

    Check = Callable[[], None]


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """What is to be written, as it was when the person asked for it.

    Attributes:
        config: Settings of the run.
        step: Steps done.
        pieces: Returns the text of the file; for a PNG, of the SVG that it is painted
            from. Called on another thread, with a function to call often.

    Raises:
        ValueError: From ``pieces``: it cannot be made; says why, for people.
    """

    config: RunConfig
    step: int
    pieces: Callable[[Check], Iterable[str]]


@dataclass(frozen=True, slots=True, eq=False)
class ExportOffer:
    """An entry of the Export menu.

    Attributes:
        group: The submenu that it stands in; empty for none.
        text: Of the entry.
        tip: One sentence that explains it.
        what: The last word of the file's name.
        suffix: Of the file: ``.csv``, ``.json``, ``.png``, ``.svg`` or ``.txt``.
        problem: Says why there is nothing to write now; empty if there is.
        begin: Returns what there is, pictures in the colours of a theme; called where
            ``problem`` is empty.
        is_on_demand: There is nothing to write until the person has made something: of
            everything into a folder, that is then no part.
        left_out: Says why it is no part of everything into a folder although it can be
            written; empty if it is.
    """

    group: str
    text: str
    tip: str
    what: str
    suffix: str
    problem: Callable[[], str]
    begin: Callable[[Theme], Export]
    is_on_demand: bool = False
    left_out: Callable[[], str] = str

    @property
    def title(self) -> str:
        """What it is called where its submenu is not seen."""
        text = self.text.removesuffix("…")
        return f"{self.group} · {text}" if self.group else text


def ink_of(theme: Theme) -> Ink:
    """Return the colours of pictures that are to look like the window."""
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.ink import Ink

    return Ink(
        ground=theme.surface,
        text=theme.text,
        muted=theme.muted,
        border=theme.border,
        curve=theme.series[0],
        faint=theme.faint,
        reference=theme.reference,
        map=theme.map,
        odd=theme.map_odd,
        signed_map=theme.signed_map,
    )
