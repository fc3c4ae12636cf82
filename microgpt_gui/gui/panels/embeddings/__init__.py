"""How the model sees its letters and positions: wte and wpe, in a plane and as maps."""

from microgpt_gui.gui.panels.embeddings.panel import EmbeddingsPanel

__all__ = ["EmbeddingsPanel"]
