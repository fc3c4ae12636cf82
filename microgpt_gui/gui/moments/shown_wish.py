"""What one view wants to know of the moment that the window shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Slot

from microgpt_gui.gui.moments.wish import APART_S, Wish

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.gui.moments.reading_thread import ReadingThread
    from microgpt_gui.gui.moments.timeline import Timeline
    from microgpt_gui.gui.moments.what_if import WhatIf
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.reading.question import Question


class ShownWish(Wish):
    """A question that is asked anew of each moment shown, as long as its view is seen.

    Whoever moves the timeline waits for the answer; while the run trains on, the newest
    moments are asked as often as there is time for it. Where something is altered, the
    scratch copy is asked.

    Attributes:
        is_patient: Whoever moves the timeline, alters something or shows the view waits
            for other answers first.
    """

    def __init__(
        self,
        thread: ReadingThread,
        run: RunController,
        timeline: Timeline,
        view: QWidget,
        question: Question[Any],
        apart_s: float = APART_S,
        what_if: WhatIf | None = None,
    ) -> None:
        """Ask ``question`` whenever ``view`` is seen. See `Wish`.

        Args:
            thread: Answers.
            run: Of the window.
            timeline: Of the window.
            view: Whose question it is.
            question: What to ask.
            apart_s: See `Wish`.
            what_if: What is altered; None to ask of the run's own moments in any case.
        """
        super().__init__(thread, run, view, apart_s)
        self.is_patient = False
        self._what_if = what_if
        self._timeline = timeline
        self._is_seen = view.isVisible()
        self._question = question
        self.rest_while_hidden(view)
        timeline.moved.connect(self._on_timeline_moved)
        timeline.hearers.add(self._on_timeline_advanced)
        timeline.emptied.connect(self.drop)
        if what_if is not None:
            what_if.changed.connect(self._on_what_if_changed)
        self._follow(is_asked_for=False)

    def ask(self, question: Question[Any]) -> None:
        """Ask another question from now on."""
        self._question = question
        self._follow(is_asked_for=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Want it again when the view is seen again."""
        kind = event.type()
        if kind is QEvent.Type.Hide:
            self._is_seen = False
        elif kind is QEvent.Type.Show:
            self._is_seen = True
            self._follow(is_asked_for=not self.is_patient)
        return super().eventFilter(watched, event)

    def _follow(self, *, is_asked_for: bool) -> None:
        if self._is_seen and (place := self.place()) is not None:
            what_if, question = self._what_if, self._question
            asked = question if what_if is None else what_if.asked(question)
            self.want(place, asked, is_asked_for=is_asked_for)

    def place(self) -> Place | None:
        """Return where the moment is found that is asked; None while there is none."""
        return self._timeline.place

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._follow(is_asked_for=not self.is_patient)

    @Slot()
    def _on_timeline_advanced(self) -> None:
        self._follow(is_asked_for=False)

    @Slot()
    def _on_what_if_changed(self) -> None:
        self._follow(is_asked_for=not self.is_patient)
