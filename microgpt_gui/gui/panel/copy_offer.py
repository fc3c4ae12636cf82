"""What a person can put on the clipboard: a figure as a picture, a table as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
    from microgpt_gui.gui.theme.roles import Theme


@dataclass(frozen=True, slots=True, eq=False)
class CopyOffer:
    """What a panel shows now, ready to be copied.

    Attributes:
        what: What it is called in the middle of a sentence.
        is_picture: Whether it is a figure, whose ``begin`` gives an SVG; a table, as
            comma-separated values, otherwise.
        problem: Says why there is nothing to copy now; empty if there is.
        begin: Returns what there is. See `ExportOffer`.
    """

    what: str
    is_picture: bool
    problem: Callable[[], str]
    begin: Callable[[Theme], Export]


def copies_of(what: str, offers: list[ExportOffer]) -> list[CopyOffer]:
    """Return what of ``offers`` can be copied: the picture in pixels, and the table.

    Args:
        what: What they show. See `CopyOffer`.
        offers: Of the Export menu.
    """
    return [
        CopyOffer(what, offer.suffix == ".png", offer.problem, offer.begin)
        for offer in offers
        if offer.suffix in (".png", ".csv")
    ]
