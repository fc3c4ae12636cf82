"""Models. To add one: write one file here, add one line to ENGINES."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from microgpt_gui.engine.isolated.choice import isolated_engine

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from microgpt_gui.engine.base import (
        CancelToken,
        Engine,
        EngineFactory,
        Model,
        ModelFactory,
        Parameters,
    )
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
        at_rest: What to call, module and all, for a `Model` of the same numbers that
            cannot learn.
        is_pure: Whether it needs the standard library alone: then it may work in an
            interpreter of its own, see `isolated`. Its models at rest are `PlainModel`.
    """

    title: str
    summary: str
    identical: bool
    module: str
    class_name: str
    at_rest: str
    is_pure: bool = False

    def __call__(
        self,
        config: ModelConfig,
        parameters: Parameters,
        adam: AdamConfig,
        cancel: CancelToken,
    ) -> Engine:
        """Return an engine that starts from ``parameters`` (it may keep the lists).

        A pure one that is made on a thread beside the main one does not hold this
        interpreter's lock while it computes, where CPython can do that.
        """
        if self.is_pure:
            path = f"{self.module}.{self.class_name}"
            isolated = isolated_engine(path, config, parameters, adam, cancel)
            if isolated is not None:
                return isolated
        factory = cast(
            "EngineFactory", getattr(import_module(self.module), self.class_name)
        )
        return factory(config, parameters, adam, cancel)

    def model(
        self, config: ModelConfig, weights: array[float], check: Callable[[], None]
    ) -> Model:
        """Return a model of ``weights`` that reads as this engine does.

        Args:
            config: Its sizes.
            weights: Row by row in the script's creation order; nobody writes to them.
            check: Called every now and then; what it raises ends the reading.
        """
        module, _, name = self.at_rest.rpartition(".")
        factory = cast("ModelFactory", getattr(import_module(module), name))
        return factory(config, weights, check)


ENGINES: dict[str, EngineEntry] = {
    "python": EngineEntry(
        "Python",
        "Pure Python, gradients derived by hand: the same numbers, quickly",
        True,
        "microgpt_gui.engine.python",
        "PythonEngine",
        "microgpt_gui.engine.inference.PlainModel",
        is_pure=True,
    ),
    "autograd": EngineEntry(
        "Autograd",
        "One object for every number, as in microgpt: slow, and easy to follow",
        True,
        "microgpt_gui.engine.autograd",
        "AutogradEngine",
        "microgpt_gui.engine.inference.PlainModel",
        is_pure=True,
    ),
    "compiled": EngineEntry(
        "Compiled",
        "Machine code for this processor: the same numbers, by far the fastest",
        True,
        "microgpt_gui.engine.compiled.engine",
        "CompiledEngine",
        "microgpt_gui.engine.compiled.model.CompiledModel",
    ),
    "numpy": EngineEntry(
        "NumPy",
        "NumPy, a whole document at once: by far the fastest; last digits may differ",
        False,
        "microgpt_gui.engine.arrays",
        "NumpyEngine",
        "microgpt_gui.engine.arrays.NumpyModel",
    ),
}

DEFAULT_ENGINE = "python"
