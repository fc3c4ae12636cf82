"""Interpreters beside the main one, and the one that is kept for the next engine."""

from __future__ import annotations

import atexit
import sys
from collections import deque
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from microgpt_gui.engine.isolated import inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Result = TypeVar("Result")


class _Interpreter(Protocol):
    """The part of `concurrent.interpreters.Interpreter` that is used here."""

    def prepare_main(self, **values: object) -> None: ...
    def exec(self, code: str) -> None: ...
    def call(
        self, function: Callable[..., Result], /, *arguments: object
    ) -> Result: ...
    def close(self) -> None: ...


class InterpreterError(RuntimeError):
    """An interpreter cannot be started, or does not answer. The message is for people.

    Only lack of memory can lead to it after the start.
    """


class Interpreter:
    """An interpreter with a lock of its own, in which `inside` is ready.

    One thread at a time may use it, and it need not be the one that made it.
    """

    def __init__(self) -> None:
        """Make one: some 60 ms, and 7 MB.

        Raises:
            InterpreterError: It cannot be made; all else can be used no less.
        """
        with _explained():
            # By name: mypy knows it only from the version on that has it.
            interpreters = import_module("concurrent.interpreters")
            self._own = cast("_Interpreter", interpreters.create())
        try:
            with _explained():
                self._own.prepare_main(path=tuple(map(str, sys.path)))
                # As text: of a function that does not arrive, no reason would be told.
                self._own.exec(
                    "import sys; sys.path[:] = path\n"
                    f"from {inside.__name__} import settle; settle()"
                )
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

        Raises:
            InterpreterError: The call does not arrive, or nothing comes back.
            MemoryError: There is not enough for what crosses.
        """
        with _explained(MemoryError):
            return self._own.call(function, *arguments)

    def close(self) -> None:
        """End it. It must not be in use."""
        self._own.close()


@contextmanager
def _explained(*other_than: type[Exception]) -> Iterator[None]:
    """Tell the first line of what is raised, which says what happened there.

    Args:
        other_than: What needs no explanation.
    """
    try:
        yield
    except other_than:
        raise
    except Exception as error:
        words = str(error).partition("\n")[0]
        raise InterpreterError(words or type(error).__name__) from error


#: At most one, which nobody uses. Nothing here takes a lock: an engine that goes, which
#: may happen anywhere, gives its interpreter back.
_spares: deque[Interpreter] = deque()
_is_over = False


def taken() -> Interpreter:
    """Return one to use: the spare, or a new one.

    Raises:
        InterpreterError: See `Interpreter`.
    """
    try:
        return _spares.pop()
    except IndexError:
        return Interpreter()


def give_back(interpreter: Interpreter) -> None:
    """Take one that nobody uses any more, and drop the engine in it."""
    if not (_is_over or _spares):
        with suppress(InterpreterError, MemoryError):
            interpreter.call(inside.forget)
            _spares.append(interpreter)
            return
    interpreter.close()


@atexit.register
def _close_spares() -> None:
    """Leave none to the end of the process, which would complain of it."""
    global _is_over
    _is_over = True
    while _spares:
        _spares.pop().close()
