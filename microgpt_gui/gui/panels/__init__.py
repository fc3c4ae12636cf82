"""Panels. To add one: a folder here, a line in PANELS, a word in each layout.

The layouts are in `microgpt_gui.gui.window.layouts`: they say where panels stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.panel import Panel


@dataclass(frozen=True, slots=True)
class PanelEntry:
    """A panel by name, which is imported and built when somebody first needs it.

    Attributes:
        title: What its class calls it.
        module: Of this package.
        class_name: Of the panel.
        is_first: It is built with the window: it is in sight, or its keys are in use.
    """

    title: str
    module: str
    class_name: str
    is_first: bool = False

    def load(self) -> type[Panel]:
        """Return the panel's class."""
        module = import_module(f"{__name__}.{self.module}")
        return cast("type[Panel]", getattr(module, self.class_name))


#: Ctrl and its number in this list, up to 7, lets a panel fill the window: the numbers
#: stay with their panels, so new ones go to the end, and have none.
PANELS: tuple[PanelEntry, ...] = (
    PanelEntry("Run", "run_settings", "RunPanel", is_first=True),
    PanelEntry("Loss", "loss", "LossPanel", is_first=True),
    PanelEntry("Attention", "attention", "AttentionPanel", is_first=True),
    PanelEntry("Sampling", "sampling", "SamplingPanel", is_first=True),
    PanelEntry("Weights", "weights", "WeightsPanel"),
    PanelEntry("Race", "race", "RacePanel"),
    PanelEntry("Runs", "runs", "RunsPanel", is_first=True),
    PanelEntry("Tokens", "tokens", "TokensPanel"),
    PanelEntry("Next letter", "next_letter", "NextLetterPanel"),
    PanelEntry("Data", "data", "DataPanel"),
    PanelEntry("Embeddings", "embeddings", "EmbeddingsPanel"),
    PanelEntry("Inside", "inside", "InsidePanel"),
    PanelEntry("Graph", "graph", "GraphPanel"),
)
