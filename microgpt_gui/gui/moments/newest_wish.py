"""What one view wants to know of all of the run, up to its newest moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from microgpt_gui.gui.moments.place import Place
from microgpt_gui.gui.moments.shown_wish import ShownWish

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.moments.reading_thread import ReadingThread
    from microgpt_gui.gui.moments.timeline import Timeline
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.reading.question import Question

#: While it trains on, the end of a long history moves no quicker than this, in seconds;
#: nor slower, unless it takes more than its share of the time.
APART_S, WAIT_S = 0.5, 12.0


class NewestWish(ShownWish):
    """A question to the newest moment, whichever is shown, while its view is seen."""

    def __init__(
        self,
        thread: ReadingThread,
        run: RunController,
        timeline: Timeline,
        view: QWidget,
        question: Question[Any],
    ) -> None:
        """Ask ``question`` whenever ``view`` is seen. See `ShownWish`."""
        super().__init__(thread, run, timeline, view, question, APART_S)
        self.set_longest_wait(WAIT_S)
        run.renewed.connect(self._on_run_renewed)

    def place(self) -> Place | None:
        """Return the newest moment's."""
        run = self._run
        if run.info is None or run.moment is None:
            return None
        return Place(run.info, run.recorder, run.moment.step, run.moment)

    @Slot()
    def _on_run_renewed(self) -> None:
        self._follow(is_asked_for=False)
