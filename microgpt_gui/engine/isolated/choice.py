"""Which engines get an interpreter of their own."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.base import CancelToken, Engine, Parameters
    from microgpt_gui.engine.config import AdamConfig, ModelConfig

#: CPython's first version that has `concurrent.interpreters`.
FIRST_VERSION = (3, 14)


class _Trouble:
    """Why there are no more interpreters; empty while there may be some."""

    words = ""


def isolated_engine(
    factory: str,
    config: ModelConfig,
    parameters: Parameters,
    adam: AdamConfig,
    cancel: CancelToken,
) -> Engine | None:
    """Return an engine in an interpreter of its own, or None for an ordinary one.

    Where an interpreter cannot be started, none is tried again; see `trouble`.

    Args:
        factory: See `IsolatedEngine`.
        config: See `EngineFactory`, as all that follows.
        parameters: Likewise.
        adam: Likewise.
        cancel: Likewise.
    """
    if _Trouble.words or not is_of_use():
        return None
    # Not at the top: older versions have no use for them.
    from microgpt_gui.engine.isolated.engine import IsolatedEngine
    from microgpt_gui.engine.isolated.interpreter import InterpreterError, taken

    try:
        return IsolatedEngine(factory, taken(), config, parameters, adam, cancel)
    except InterpreterError as error:
        _Trouble.words = str(error)
        return None


def is_of_use() -> bool:
    """Return whether engines that are made on this thread are to be isolated.

    Those of the main thread are not. What trains there competes with nobody for the
    lock; Ctrl-C ends a step in Python, but not a call of another interpreter; and
    CPython asks the system how much stack a thread has at each call, which on the main
    thread means to read the whole map of the process's memory, ten times the price of a
    call.
    """
    is_main = threading.get_ident() == threading.main_thread().ident
    return sys.version_info >= FIRST_VERSION and not is_main


def trouble() -> str:
    """Return why no interpreter could be started; empty if none failed to.

    All engines made since then share the window's lock: their numbers are the same.
    """
    return _Trouble.words
