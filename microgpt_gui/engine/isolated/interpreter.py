"""Interpreters beside the main one, and the one that is kept for the next engine."""

from __future__ import annotations

import atexit
import sys
from collections import deque
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from microgpt_gui.engine.isolated import inside

if TYPE_CHECKING:
    from collections.abc import Callable

    Result = TypeVar("Result")


class _Interpreter(Protocol):
    """The part of `concurrent.interpreters.Interpreter` that is used here."""

    def prepare_main(self, **values: object) -> None: ...
    def exec(self, code: str) -> None: ...
    def call(
        self, function: Callable[..., Result], /, *arguments: object
    ) -> Result: ...
    def close(self) -> None: ...


class Interpreter:
    """An interpreter with a lock of its own, in which `inside` is ready.

    One thread at a time may use it, and it need not be the one that made it.
    """

    def __init__(self) -> None:
        """Make one: some 60 ms, and 7 MB.

        Raises:
            Exception: Any; what there is can be used no less.
        """
        # By name: mypy knows it only from the version on that has it.
        interpreters = import_module("concurrent.interpreters")
        self._own = cast("_Interpreter", interpreters.create())
        try:
            self._own.prepare_main(path=tuple(map(str, sys.path)))
            # In words: of a function, only that it did not get there would be told.
            self._own.exec(f"import sys; sys.path[:] = path; import {inside.__name__}")
            self._own.call(inside.settle)
        except BaseException:
            self._own.close()
            raise

    def call(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Call a function of `inside` there.

        It must read a global name, if only that of an import: one that reads none would
        be taken for code without a home, and not be run in its module.

        Args:
            function: Found there by its name.
            arguments: Numbers, bytes, memory, or tuples of these.
        """
        return self._own.call(function, *arguments)

    def close(self) -> None:
        """End it. It must not be in use."""
        self._own.close()


#: At most one, which nobody uses. Nothing here takes a lock: an engine that goes, which
#: may happen anywhere, gives its interpreter back.
_spares: deque[Interpreter] = deque()
_is_over = False


def taken() -> Interpreter:
    """Return one to use: the spare, or a new one.

    Raises:
        Exception: See `Interpreter`.
    """
    try:
        return _spares.pop()
    except IndexError:
        return Interpreter()


def give_back(interpreter: Interpreter) -> None:
    """Take one that nobody uses any more, and drop the engine in it."""
    if _is_over or _spares:
        interpreter.close()
    else:
        interpreter.call(inside.forget)
        _spares.append(interpreter)


@atexit.register
def _close_spares() -> None:
    """Leave none to the end of the process, which would complain of it."""
    global _is_over
    _is_over = True
    while _spares:
        _spares.pop().close()
