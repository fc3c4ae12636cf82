"""The bar below the panels: every step of the run, and which one they show."""

from microgpt_gui.gui.window.timeline.bar import TimelineBar
from microgpt_gui.gui.window.timeline.marks import Mark, MarkKind

__all__ = ["Mark", "MarkKind", "TimelineBar"]
