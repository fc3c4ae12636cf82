"""What the heads do, as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import table_of, to_be_read, what_if
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer
from microgpt_gui.session.reading.questions import HeadRolesQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.attention.roles.asking import RolesAsking
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.heads.roles import HeadRoles

_NOTHING = "There are no heads to measure: no run stands yet."


class RolesExports:
    """Offers the measures of the moment that is shown."""

    def __init__(self, asking: RolesAsking, workshop: Workshop) -> None:
        self._asking = asking
        self._workshop = workshop

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Attention, what heads do",
                text="CSV…",
                tip="As a table of every measure of every head, to the last digit",
                what="heads",
                suffix=".csv",
                problem=self._problem,
                begin=self._begin,
            )
        ]

    def _shown(self) -> HeadRoles | None:
        """Return the measures of the very moment that is shown, if they are there."""
        place = self._workshop.timeline.place
        return None if place is None else self._asking.of_step(place.step)

    def _problem(self) -> str:
        return "" if self._workshop.timeline.place is not None else _NOTHING

    def _begin(self, paper: Theme) -> Export:
        workshop, shown = self._workshop, self._shown()
        told = what_if(workshop, shown)
        step, read = to_be_read(workshop, shown, HeadRolesQuestion)
        pieces = partial(table_of, _table, read, told)
        return Export(workshop.run.config, step, pieces)


def _table(roles: HeadRoles, check: Callable[[], None]) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.head_roles_csv import head_roles_csv

    return head_roles_csv(roles, check)
