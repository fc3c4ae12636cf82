"""The gradient that is checked, as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.export_offer import Export, ExportOffer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.weights.cell.tools import CellTools
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.learning.slopes import GradientCheck

_NOTHING = (
    "No gradient is checked: press One weight in Weights, choose a cell of an enlarged "
    "matrix, and ask whether its gradient is true."
)


class SlopesExports:
    """Offers the slopes that are shown, as they are when the person asks."""

    def __init__(self, tools: CellTools, run: RunController) -> None:
        self._tools = tools
        self._run = run

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        return [
            ExportOffer(
                group="Weights, gradient checked",
                text="CSV…",
                tip="The slopes measured at the chosen weight, and what backward found",
                what="slopes",
                suffix=".csv",
                problem=lambda: "" if self._tools.told is not None else _NOTHING,
                begin=self._begin,
                is_on_demand=True,
            )
        ]

    def _begin(self, _paper: Theme) -> Export:
        told = self._tools.told
        assert told is not None
        return Export(self._run.config, told.step, partial(_table, told))


def _table(told: GradientCheck, check: Callable[[], None]) -> Iterator[str]:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.what_if_csv import slopes_csv

    return slopes_csv(told, check)
