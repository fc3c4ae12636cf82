"""The race panel: engines train the same run side by side."""

from microgpt_gui.gui.panels.race.panel import RacePanel

__all__ = ["RacePanel"]
