"""Which engines get an interpreter of their own."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.engine.isolated.interpreter import Interpreter

#: CPython's first version that has `concurrent.interpreters`.
FIRST_VERSION = (3, 14)


class _Trouble:
    """Why there are no more interpreters; empty while there may be some."""

    words = ""


def own_interpreter() -> Interpreter | None:
    """Return an interpreter for an engine that is made on this thread, or None.

    The main thread gets none. What trains on it competes with nobody for the lock;
    Ctrl-C ends a step in Python, but not a call of another interpreter; and CPython
    asks the system how much stack a thread has at each call, which on the main thread
    means to read the whole map of the process's memory, ten times the price of a call.

    Where one cannot be made, none is tried again; see `trouble`.
    """
    is_main = threading.get_ident() == threading.main_thread().ident
    if sys.version_info < FIRST_VERSION or is_main or _Trouble.words:
        return None
    from microgpt_gui.engine.isolated.interpreter import taken

    try:
        return taken()
    except Exception as error:  # whatever it is, an engine can do without
        _Trouble.words = str(error).partition("\n")[0] or type(error).__name__
        return None


def trouble() -> str:
    """Return why no interpreter could be made when one was wanted; empty if it could.

    All engines made since then share the window's lock: their numbers are the same.
    """
    return _Trouble.words
