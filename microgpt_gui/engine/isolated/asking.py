"""Waiting for a computation while a function of this interpreter may end it."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    Result = TypeVar("Result")

#: How often the function is asked.
ASK_EVERY_S = 0.01


def call_and_ask(
    work: Callable[[], Result], ask: Callable[[], None], flag: bytearray | memoryview
) -> Result:
    """Return what ``work`` does on a thread of its own, or raise what it raises.

    A function cannot be called in the other interpreter, and this thread cannot call it
    while it is there itself.

    Args:
        work: Ends soon after the flag is raised.
        ask: Called every now and then, on this thread; what it raises ends the work,
            and comes out when that is over.
        flag: One byte: 1 ends the work.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    ask()
    thread = Thread(target=run, name="beside")
    thread.start()
    try:
        while thread.is_alive():
            thread.join(ASK_EVERY_S)
            ask()
    except BaseException:
        flag[0] = 1
        thread.join()
        flag[0] = 0
        errors.clear()
        raise
    if errors:
        raise errors.pop()  # the list is left empty: it would close a cycle
    return results[0]
