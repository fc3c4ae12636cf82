"""What a window works on: the run, the moment of it that is shown, the runs before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.chance import Chance
from microgpt_gui.gui.moments.comparison import APART_S, Comparison
from microgpt_gui.gui.moments.draws import Draws
from microgpt_gui.gui.moments.newest_wish import NewestWish
from microgpt_gui.gui.moments.place import Place
from microgpt_gui.gui.moments.reading_thread import ReadingThread
from microgpt_gui.gui.moments.shown_wish import ShownWish
from microgpt_gui.gui.moments.subject import Subject
from microgpt_gui.gui.moments.timeline import Timeline
from microgpt_gui.gui.moments.what_if import WhatIf
from microgpt_gui.gui.moments.wish import SHARE, Wish
from microgpt_gui.gui.run.allowance import Rest
from microgpt_gui.gui.run.controller import RunController
from microgpt_gui.gui.shelf.shelf import RunShelf

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.run.loading import Loading
    from microgpt_gui.session.reading.question import Question
    from microgpt_gui.session.reading.shown_text import ShownText


class Workshop(QObject):
    """Builds them and joins them; lives on the GUI thread. Call `shut_down` at the end.

    Attributes:
        run: The run that trains.
        shelf: The runs that gave way to it.
        timeline: Which moment of the run is shown.
        comparison: Which moment of a run beside it is shown.
        subject: The text that is read there.
        what_if: What is otherwise in the scratch copy that is read there.
        chance: What letters are drawn with, after it and in samples.
        reading: Answers what is asked of moments.
        draws: Samples of the run that trains.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run = RunController(self)
        self.what_if = WhatIf(run, self)
        self.reading = ReadingThread(self)
        self.draws = Draws(run, self.reading, self.what_if, self)
        self.timeline = Timeline(run, self)
        self.subject = Subject(self)
        self.chance = Chance(self)
        self.shelf = RunShelf(run, self)
        self.comparison = Comparison(self.shelf, self)
        self.timeline.forked.connect(self.shelf.note_fork)
        run.started.connect(self.reading.forget)
        run.open_thread()

    @property
    def loading(self) -> Loading:
        """How far the run is on its way."""
        return self.run.loading

    @property
    def shown_text(self) -> ShownText | None:
        """What is read at the moment shown; None while no run stands."""
        run = self.run
        if run.info is None:
            return None
        place = Place(run.info, run.recorder, self.timeline.at)
        return place.shown_text(self.subject.text)

    def wish(self, parent: QObject) -> Wish:
        """Return a wish to ask any moment, one after the other; see `Wish`."""
        wish = Wish(self.reading, self.run, parent)
        wish.refused.connect(self.run.noticed)
        return wish

    def wish_in_background(self, view: QWidget) -> Wish:
        """Return one for much work, as long as ``view`` is seen.

        While the run trains it has its share and never more, however long that takes.
        """
        rest = Rest(SHARE, math.inf, SHARE)
        wish = Wish(self.reading, self.run, view, rest=rest)
        wish.rest_while_hidden(view)
        wish.refused.connect(self.run.noticed)
        return wish

    def wish_beside(self, view: QWidget) -> Wish:
        """Return one for moments of the run beside; see `Comparison.place_at`."""
        wish = Wish(self.reading, self.run, view, APART_S)
        wish.rest_while_hidden(view)
        wish.refused.connect(self.run.noticed)
        self.comparison.changed.connect(wish.drop)
        return wish

    def wish_of_shown(
        self, view: QWidget, question: Question[Any], *, reads_scratch: bool = False
    ) -> ShownWish:
        """Return one that asks each moment shown, as long as ``view`` is seen.

        Args:
            view: Whose question it is.
            question: What to ask.
            reads_scratch: Ask the scratch copy where something is altered: only for
                views that say so, as `FigurePanel` does.
        """
        wish = ShownWish(
            self.reading,
            self.run,
            self.timeline,
            view,
            question,
            what_if=self.what_if if reads_scratch else None,
        )
        wish.refused.connect(self.run.noticed)
        return wish

    def wish_of_newest(self, view: QWidget, question: Question[Any]) -> NewestWish:
        """Return one that asks the newest moment, as long as ``view`` is seen."""
        wish = NewestWish(self.reading, self.run, self.timeline, view, question)
        wish.refused.connect(self.run.noticed)
        return wish

    def shut_down(self) -> None:
        """Stop all threads, in mid-step if need be, and wait for them."""
        self.run.forget()
        for part in (self.reading, self.timeline, self.shelf, self.run):
            part.shut_down()
