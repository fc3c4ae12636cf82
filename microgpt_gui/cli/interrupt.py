"""Ctrl C, and what else asks a command to end, waiting for the step in hand."""

from __future__ import annotations

import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from microgpt_gui.cli.errors import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

#: Ctrl C, a system that ends, a terminal that is closed; where a system has them.
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")

_AT_ONCE_S = 1.0


@contextmanager
def single_interrupt() -> Iterator[None]:
    """Meanwhile, let the first Ctrl C end the command, and those after it do nothing.

    Who presses the keys twice would else get a traceback, and another exit status. What
    was started not to hear of them does not hear of them here either.
    """
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:
        signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        if is_heard and signal.getsignal(signal.SIGINT) is _interrupt:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def hear_no_more() -> None:
    """From here on let a Ctrl C do nothing: the command is ending."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    hear_no_more()
    raise KeyboardInterrupt


@contextmanager
def patient_end() -> Iterator[Callable[[], BaseException | None]]:
    """Meanwhile, let what asks for an end only be noted; a later Ctrl C interrupts.

    One that comes within `_AT_ONCE_S` is not later: keys are pressed twice in haste,
    and what is done would be lost by it.

    A terminal that is closed says so more than once, and so does a system that ends.
    Of these two, what the program was started not to hear, as by nohup, it does not
    hear here either.

    Yields:
        What returns the exception to end with, or None while nothing has asked.
    """
    noted: list[int] = []
    noted_s = 0.0

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal noted_s
        now_s = time.monotonic()
        if not noted:
            noted_s = now_s
        elif number == signal.SIGINT and now_s - noted_s > _AT_ONCE_S:
            _interrupt(number, frame)
        noted.append(number)

    def asked() -> BaseException | None:
        if not noted:
            return None
        return KeyboardInterrupt() if noted[0] == signal.SIGINT else Stopped(noted[0])

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    heard = [n for n in numbers if n == signal.SIGINT or before[n] != signal.SIG_IGN]
    for number in heard:
        signal.signal(number, note)
    try:
        yield asked
    finally:
        for number in heard:
            if signal.getsignal(number) is note:
                signal.signal(number, before[number])
