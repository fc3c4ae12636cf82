"""The Run panel: every setting of a run, and what changing it means."""

from microgpt_gui.gui.panels.run_settings.panel import RunPanel

__all__ = ["RunPanel"]
