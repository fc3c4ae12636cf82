"""The loss of every step, drawn while it trains."""

from microgpt_gui.gui.panels.loss.panel import LossPanel

__all__ = ["LossPanel"]
