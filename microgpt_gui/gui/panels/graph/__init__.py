"""The graph panel: every number of a step's loss, and the chain rule backwards."""

from microgpt_gui.gui.panels.graph.panel import GraphPanel

__all__ = ["GraphPanel"]
