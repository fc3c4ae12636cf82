"""Tokens: a text as the model gets it, and the vocabulary that it is spelt in."""

from microgpt_gui.gui.panels.tokens.panel import TokensPanel

__all__ = ["TokensPanel"]
