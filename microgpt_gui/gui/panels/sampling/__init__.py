"""Samples of the model, how they come about, and how they improve."""

from microgpt_gui.gui.panels.sampling.panel import SamplingPanel

__all__ = ["SamplingPanel"]
