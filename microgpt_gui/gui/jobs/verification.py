"""The window's side of a verification: off the GUI thread, with progress and cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.threads.seldom import seldom
from microgpt_gui.session.golden import read_golden
from microgpt_gui.session.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.threads.background import Check, Tell
    from microgpt_gui.session.verdict import Verdict


class Verification(Background):
    """Trains recorded runs again, one after the other.

    Signals:
        progressed: Steps done of the run in hand (engine: str, golden: str, int).
        judged: One run is done (Verdict).
        succeeded: All are done, whatever was found (None).
        failed: It came to an end (why, for people: str).
    """

    progressed = Signal(str, str, int)
    judged = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("verification", parent)
        self.told.connect(self._on_told)

    def verify(self, runs: Sequence[tuple[str, str]], steps: int | None) -> None:
        """Begin; a verification under way is given up.

        Args:
            runs: (key of ENGINES, name of a recording), in the order of work.
            steps: Only the first so many of each; None: all.
        """
        self.start_telling(partial(_verify, tuple(runs), steps))

    @Slot(object)
    def _on_told(self, news: tuple[str, str, int] | tuple[Verdict]) -> None:
        if len(news) == 1:
            self.judged.emit(news[0])
        else:
            self.progressed.emit(*news)


def _verify(
    runs: Sequence[tuple[str, str]], steps: int | None, check: Check, tell: Tell
) -> None:
    """Tell of steps (engine, recording, how many), and of each run's verdict alone."""
    verifier = Verifier(check)
    for engine, name in runs:
        verdict = verifier.verify(
            engine,
            read_golden(name),
            steps=steps,
            progress=seldom(partial(tell, engine, name)),
        )
        tell(verdict)
