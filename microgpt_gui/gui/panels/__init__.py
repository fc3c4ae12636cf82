"""Panels. To add one: write one file here, add one line to PANELS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.panels.race import RacePanel
from microgpt_gui.gui.panels.run_settings import RunPanel
from microgpt_gui.gui.panels.runs import RunsPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.panels.weights import WeightsPanel

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.panel import Panel


@dataclass(frozen=True, slots=True)
class Place:
    """A panel, and where it stands until the person moves it."""

    panel: type[Panel]
    column: int  # from the left
    width: int | None  # of the column, in pixels at 100 %; None takes what is left
    height: int  # of the panel, relative to the others of its column
    is_tab: bool = False  # it lies behind the panel before it in its column


#: Column by column, each from top to bottom; then what lies behind them. Ctrl and its
#: number in this list lets a panel fill the window.
PANELS: tuple[Place, ...] = (
    Place(RunPanel, column=0, width=256, height=1),
    Place(LossPanel, column=1, width=None, height=4),
    Place(AttentionPanel, column=1, width=None, height=5),
    Place(SamplingPanel, column=2, width=308, height=1),
    Place(WeightsPanel, column=1, width=None, height=5, is_tab=True),
    Place(RacePanel, column=1, width=None, height=5, is_tab=True),
    Place(RunsPanel, column=0, width=256, height=1, is_tab=True),
)
