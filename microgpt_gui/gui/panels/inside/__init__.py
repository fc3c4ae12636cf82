"""What goes on inside the model: one token's way, stage by stage."""

from microgpt_gui.gui.panels.inside.panel import InsidePanel

__all__ = ["InsidePanel"]
