"""The runs of this window: the current one, and those before it."""

from microgpt_gui.gui.panels.runs.panel import RunsPanel

__all__ = ["RunsPanel"]
