"""Data: the documents a run learns from, counted, searched, and scored by the model."""

from microgpt_gui.gui.panels.data.panel import DataPanel

__all__ = ["DataPanel"]
