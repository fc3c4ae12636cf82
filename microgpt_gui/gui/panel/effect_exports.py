"""What an alteration does, as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import to_be_read
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panel.what_if_bar import WhatIfBar
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.effect import Effect

    Check = Callable[[], None]

_NOTHING = (
    "Nothing is altered: switch a head off in Attention, or nudge a weight in Weights."
)


class EffectExports:
    """Offers what the bar tells of, as it is when the person asks."""

    def __init__(self, bar: WhatIfBar, workshop: Workshop) -> None:
        self._bar = bar
        self._workshop = workshop

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="What if",
                text="CSV…",
                tip="What the alteration does: losses, odds and samples as they are "
                "and what if, to the last digit",
                what="what-if",
                suffix=".csv",
                problem=self._problem,
                begin=self._begin,
                is_on_demand=True,
            )
        ]

    def _problem(self) -> str:
        return "" if self._workshop.what_if.alteration else _NOTHING

    def _begin(self, _paper: Theme) -> Export:
        workshop, bar = self._workshop, self._bar
        shown = bar.effect if bar.isVisible() else None
        step, read = to_be_read(workshop, shown, bar.question, is_unaltered=True)
        return Export(workshop.run.config, step, partial(_table, read))


def _table(read: Callable[[Check], Effect], check: Check) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.what_if_csv import effect_csv

    return effect_csv(read(check), check)
