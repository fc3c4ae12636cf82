"""Models. To add one: write one file here, add one line to ENGINES."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from microgpt_gui.engine.base import CancelToken, Engine, EngineFactory, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """An engine by name; call it as an `EngineFactory`.

    Attributes:
        title: What people call it.
        summary: One line for people.
        identical: Whether its losses and parameters are the script's own to the last
            bit, on every machine.
        module: Where it lives; imported when the first engine is made.
        class_name: What to call there.
    """

    title: str
    summary: str
    identical: bool
    module: str
    class_name: str

    def __call__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> Engine:
        """Return an engine that starts from ``parameters`` (it may keep the lists)."""
        factory = cast(
            "EngineFactory", getattr(import_module(self.module), self.class_name)
        )
        return factory(config, parameters, adam, cancel)


ENGINES: dict[str, EngineEntry] = {
    "python": EngineEntry(
        "Python",
        "Pure Python, gradients derived by hand: the same numbers, quickly",
        True,
        "microgpt_gui.engine.python",
        "PythonEngine",
    ),
    "autograd": EngineEntry(
        "Autograd",
        "One object for every number, as in microgpt: slow, and easy to follow",
        True,
        "microgpt_gui.engine.autograd",
        "AutogradEngine",
    ),
    "numpy": EngineEntry(
        "NumPy",
        "NumPy, a whole document at once: by far the fastest; last digits may differ",
        False,
        "microgpt_gui.engine.arrays",
        "NumpyEngine",
    ),
}

DEFAULT_ENGINE = "python"
