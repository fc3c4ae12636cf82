"""A progress bar on standard error, for people; nothing where nobody watches.

Ours and not tqdm's: on a terminal that tells no size (a serial line, a container's)
tqdm 4.70 shows nothing, and it has no words for the time that is left. With a width and
words of our own around it this file got no shorter, each `train` took 20 ms more to
begin, and its thread and its lock for several processes had to be kept away.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress

from microgpt_gui.cli.streams import is_terminal
from microgpt_gui.session.duration import duration

DRAW_EVERY_S = 0.1
_MAX_BAR_CELLS = 30


class ProgressBar:
    """One line that is drawn over and over. A context: the end completes the line.

    Args:
        total: What makes the whole; None where that is not known.
        unit: What is counted, in the plural; empty where only the share matters.
        begun: How many of them were done before.
        wanted: False for a bar that never shows.
        stays: False for a bar that is wiped away at the end.
        after_s: What is over before so many seconds shows none.
    """

    def __init__(
        self,
        total: int | None,
        unit: str,
        *,
        begun: int = 0,
        wanted: bool = True,
        stays: bool = True,
        after_s: float = 0.0,
    ) -> None:
        self.total = total
        self._unit = unit
        self._begun = begun
        self._stays = stays
        self._shown = wanted and is_terminal(sys.stderr)
        self._started_s = time.perf_counter()
        self._drawn_s = self._started_s + after_s - DRAW_EVERY_S
        self._line = ""

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._line:
            self._write("\n" if self._stays else f"\r{' ' * len(self._line)}\r")

    def update(self, done: int, note: str = "") -> None:
        """Draw, unless that was done a moment ago and there is more to come."""
        if not self._shown:
            return
        now_s = time.perf_counter()
        if now_s - self._drawn_s < DRAW_EVERY_S and done != self.total:
            return
        self._drawn_s = now_s
        elapsed_s = max(now_s - self._started_s, 1e-9)
        rate = (done - self._begun) / elapsed_s
        line = self._text(done, rate, note, room := self._room())[:room]
        self._write("\r" + line.ljust(len(self._line)))
        self._line = line

    def wipe(self) -> None:
        """Make room for another line; the bar comes again below it."""
        if self._line:
            self._write(f"\r{' ' * len(self._line)}\r")
            self._line = ""

    def _text(self, done: int, rate: float, note: str, room: int) -> str:
        if self.total is None:
            return f"{done:,} {self._unit}"
        share = done / max(self.total, 1)
        facts = [note]
        if self._unit:
            count = f"{done:,} / {self.total:,} {self._unit}"
            facts = [count, note, f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"]
        if 0 < rate and done < self.total:
            facts.append(f"{duration((self.total - done) / rate)} left")
        after = "  ".join(fact for fact in facts if fact)
        cells = max(min(room - len(after) - 8, _MAX_BAR_CELLS), 0)
        filled = int(share * cells)
        return f"{share:4.0%}  {'━' * filled}{'┄' * (cells - filled)}  {after}"

    def _room(self) -> int:
        with suppress(OSError):
            # One less than there is: a full line would wrap in some terminals.
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
            return max(columns - 1, 0) or 79
        return 79

    def _write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()
