"""Weights: every matrix of the model, live while it trains."""

from microgpt_gui.gui.panels.weights.panel import WeightsPanel

__all__ = ["WeightsPanel"]
