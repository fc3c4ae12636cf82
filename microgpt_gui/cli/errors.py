"""How a command ends early."""

from __future__ import annotations

import signal

FAILED = 1  # exit status: the world is not as the command needs it
MISUSED = 2  # exit status: the command was not written as it must be
INTERRUPTED = 130  # what shells report after Ctrl+C: 128 + SIGINT
PIPE_CLOSED = 141  # what shells report when the reader has gone: 128 + SIGPIPE


class Stopped(Exception):
    """A signal has asked the command to end, and it has.

    Attributes:
        status: The exit status: what shells report, 128 and the signal's number.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.status = 128 + number


class CommandError(Exception):
    """A command cannot go on.

    Attributes:
        status: The exit status.
    """

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


def in_a_message(sentence: str) -> str:
    """Return a sentence as it stands after a colon."""
    return sentence[0].lower() + sentence[1:].rstrip(".")
