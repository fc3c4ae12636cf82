"""Panels. To add one: a file or folder here, a line in PANELS, a word in each layout.

The layouts are in `microgpt_gui.gui.window.layouts`: they say where panels stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.data import DataPanel
from microgpt_gui.gui.panels.embeddings import EmbeddingsPanel
from microgpt_gui.gui.panels.graph import GraphPanel
from microgpt_gui.gui.panels.inside import InsidePanel
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.panels.next_letter import NextLetterPanel
from microgpt_gui.gui.panels.race import RacePanel
from microgpt_gui.gui.panels.run_settings import RunPanel
from microgpt_gui.gui.panels.runs import RunsPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.panels.tokens import TokensPanel
from microgpt_gui.gui.panels.weights import WeightsPanel

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.panel import Panel


#: Ctrl and its number in this list, up to 7, lets a panel fill the window: the numbers
#: stay with their panels, so new ones go to the end, and have none.
PANELS: tuple[type[Panel], ...] = (
    RunPanel,
    LossPanel,
    AttentionPanel,
    SamplingPanel,
    WeightsPanel,
    RacePanel,
    RunsPanel,
    TokensPanel,
    NextLetterPanel,
    DataPanel,
    EmbeddingsPanel,
    InsidePanel,
    GraphPanel,
)
