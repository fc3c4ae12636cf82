"""Compiling beside a run on the command line, which trains on meanwhile."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from microgpt_gui.cli.streams import say
from microgpt_gui.session.machine_code.at_hand import COMPILED
from microgpt_gui.session.machine_code.supply import Stage, Supply

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.cli.progress import ProgressBar

_LOOK_S = 0.1


class CompilingBeside:
    """What `train` does about the machine code of its engine. A context.

    What it has begun is ended with the run, or, if that comes to its end first,
    finished then: a short run would begin it anew each time.
    """

    def __init__(self, engine: str, *, is_quiet: bool) -> None:
        """Do nothing yet.

        Args:
            engine: The run's.
            is_quiet: Whether to say nothing.
        """
        self._engine = engine
        self._supply = Supply()
        self._is_awaited = False
        self._say: Callable[[str], None] = _say_nothing if is_quiet else say

    def __enter__(self) -> CompilingBeside:
        if self._engine == COMPILED and not self._supply.load():
            self._supply.compile()
            self._is_awaited = self._supply.stage is Stage.COMPILING
            if self._is_awaited:
                self._say(
                    "compiling for this processor, which is done once; "
                    "python trains meanwhile, with the same numbers"
                )
            else:
                self._say(self._supply.problem)
        return self

    def __exit__(self, *_: object) -> None:
        self._supply.stop()

    def look(self, bar: ProgressBar, step: int) -> None:
        """See how far it is, and have the code ready for the next step. Takes no time.

        Args:
            bar: What is told of the run.
            step: Steps done.
        """
        if self._is_awaited and self._supply.poll() is not Stage.COMPILING:
            self._is_awaited = False
            bar.wipe()
            is_loaded = self._supply.load()
            since = f"compiled since step {step}"
            self._say(since if is_loaded else self._supply.problem)

    def finish(self) -> None:
        """Wait for what is under way, so that the next run begins with it."""
        if not self._is_awaited:
            return
        self._say("finishing the compiling for the next run; Ctrl C leaves it")
        with suppress(KeyboardInterrupt):
            while self._supply.poll() is Stage.COMPILING:
                time.sleep(_LOOK_S)
            if self._supply.problem:
                self._say(self._supply.problem)


def _say_nothing(_message: str) -> None:
    """Be quiet."""
