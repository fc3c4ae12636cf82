"""The standard streams: UTF-8 everywhere, and written rarely enough to be cheap."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import CommandError
from microgpt_gui.isolation import without_isolates

if TYPE_CHECKING:
    from typing import TextIO

FLUSH_EVERY_S = 0.1


def prepare_streams() -> None:
    """Make both outputs UTF-8, whatever the locale says: names have accents.

    On a terminal Python flushes at each end of a line, and a carriage return is one: a
    fast engine would spend its time there. `Output` decides instead.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=False)


def is_terminal(stream: TextIO | None) -> bool:
    """Say whether a person watches ``stream``; a closed one is None."""
    return stream is not None and stream.isatty()


def say(message: str) -> None:
    """Write one line to standard error, if that can be written at all."""
    line = "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode()
        for c in without_isolates(message)
    )
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(f"microgpt-gui: {line}", file=sys.stderr, flush=True)


class Output:
    """Standard output; what is written shows within `FLUSH_EVERY_S` of the next write.

    As a context it flushes at the end. Where the end is an exception and people watch,
    it first completes the line, so that a message does not run into it.

    Raises:
        CommandError: From every method: standard output cannot be written.
        BrokenPipeError: Its reader has gone.
    """

    def __init__(self) -> None:
        self._stream = sys.stdout
        self._flushed_s = time.perf_counter()
        self._last = "\n"

    def __enter__(self) -> Output:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and is_terminal(self._stream) and self._last[-1] != "\n":
            self.write("\n")
        self.flush()

    def write(self, text: str) -> None:
        """Write ``text``, which must not be empty."""
        if self._stream is None:
            return
        self._last = text
        try:
            self._stream.write(text)
        except OSError as error:
            self._give_up(error)
        now_s = time.perf_counter()
        if now_s - self._flushed_s >= FLUSH_EVERY_S:
            self._flushed_s = now_s
            self.flush()

    def flush(self) -> None:
        """Write out what is held back."""
        if self._stream is None:
            return
        try:
            self._stream.flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        discard_output()
        if isinstance(error, BrokenPipeError):
            raise error
        raise CommandError(
            f"standard output cannot be written: {error.strerror or error}"
        ) from None


def discard_output() -> None:
    """Lead what is still to come nowhere, or Python complains of it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
