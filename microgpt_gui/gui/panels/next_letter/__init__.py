"""Next letter: what the model holds likely to come next, and the die that decides."""

from microgpt_gui.gui.panels.next_letter.panel import NextLetterPanel

__all__ = ["NextLetterPanel"]
