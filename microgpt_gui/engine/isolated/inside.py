"""What runs inside the other interpreter: an ordinary engine, and the ways to it.

Each interpreter imports this module for itself; nothing of what it holds is shared but
the flag that ends a computation.
"""

from __future__ import annotations

import gc
import math
from array import array
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.isolated.crossing import (
    Answer,
    doubles,
    of_plain,
    plain,
    plain_error,
    steps_of_plain,
)
from microgpt_gui.engine.parameters import unflattened

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.engine.base import Engine, EngineFactory
    from microgpt_gui.engine.isolated.crossing import PlainState

    Found = tuple[bytes | float, ...]


class _Held:
    """The engine that this interpreter is there for, or None."""

    engine: Engine | None = None


def settle() -> None:
    """Get ready, once."""
    gc.disable()  # engines leave no cycles
    gc.freeze()  # what is here stays: not to be looked at by `forget`
    _Held.engine = None


def begin(
    factory: str,
    sizes: tuple[int, ...],
    decays: tuple[float, ...],
    parameters: bytes,
    flag: memoryview,
) -> tuple[Any, ...]:
    """Make an engine; see `Answer` for what comes back.

    Args:
        factory: Module and name of an `EngineFactory`, with a dot between them.
        sizes: The fields of a `ModelConfig`.
        decays: The fields of an `AdamConfig`.
        parameters: The bytes of its weights, as doubles.
        flag: What a `CancelToken` looks at.
    """

    def made() -> Found:
        module, _, name = factory.rpartition(".")
        make = cast("EngineFactory", getattr(import_module(module), name))
        config = ModelConfig(*sizes)
        weights = unflattened(config, doubles(parameters))
        _Held.engine = make(config, weights, AdamConfig(*decays), CancelToken(flag))
        return ()

    return _answered(made)


def ask(wish: str, *arguments: Any) -> tuple[Any, ...]:
    """Let the engine do what is wished for, one of WISHES; likewise."""

    def asked() -> Found:
        assert _Held.engine is not None
        return WISHES[wish](_Held.engine, *arguments)

    return _answered(asked)


def forget() -> None:
    """Let the engine go, and what it may have left if it was stopped in mid-step."""
    _Held.engine = None
    gc.collect()


def _train_steps(
    engine: Engine, tokens: bytes, starts: bytes, rates: bytes, until_s: float
) -> Found:
    done = engine.train_steps(steps_of_plain(tokens, starts, rates), until_s)
    return done.losses.tobytes(), done.gradient_norms.tobytes()


def _gradient(engine: Engine, tokens: bytes) -> Found:
    gradient = engine.gradient(array("q", tokens).tolist())
    return gradient.loss, gradient.numbers.tobytes()


def _weights(engine: Engine) -> Found:
    return (engine.weights().tobytes(),)


def _state(engine: Engine) -> Found:
    return plain(engine.state())


def _load_state(engine: Engine, *state: Any) -> Found:
    engine.load_state(of_plain(cast("PlainState", state)))
    return ()


#: What an engine can be asked for from outside.
WISHES: dict[str, Callable[..., Found]] = {
    "train_steps": _train_steps,
    "gradient": _gradient,
    "weights": _weights,
    "state": _state,
    "load_state": _load_state,
}


def _answered(work: Callable[[], Found]) -> tuple[Any, ...]:
    error: bytes = b""
    found: Found = ()
    try:
        found = work()
    except Exception as problem:  # whatever it is, it is to be raised outside
        error = plain_error(problem)
    engine = _Held.engine
    if engine is None:
        return tuple(Answer(error, 0, math.nan, found))
    return tuple(Answer(error, engine.steps_done, engine.gradient_norm, found))
