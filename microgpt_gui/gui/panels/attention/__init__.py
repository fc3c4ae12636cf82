"""Attention: one heat map for each head of each layer, live while it trains."""

from microgpt_gui.gui.panels.attention.panel import AttentionPanel

__all__ = ["AttentionPanel"]
