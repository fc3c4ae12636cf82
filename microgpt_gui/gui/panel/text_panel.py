"""What a panel is that shows a model reading a text: the person's, or the run's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Slot

from microgpt_gui.gui.moments.wish import APART_S
from microgpt_gui.gui.panel import text_words
from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panel.watched_text import WatchedTextBox
from microgpt_gui.gui.run.run_state import RunState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.legend import Legend
    from microgpt_gui.gui.panel.text_words import OfText
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView
    from microgpt_gui.gui.workshop import Workshop

#: While it trains, a document stays on show so long: faster it only flickers.
HOLD_S = 0.7

#: A picture may outlive its run so long: most new runs stand sooner, without a flash.
GRACE_MS = 300

Read = TypeVar("Read", bound="OfText")


class TextPanel(FigurePanel[Read]):
    """Has the box for the text, and tells beside it what is wrong with it.

    While the run trains, a document of its stays on show for a moment.

    Subclasses implement `draw_text` instead of `draw`, and the rest of `FigurePanel`.

    Attributes:
        text_box: Where the person types; all views share what is typed.
    """

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._drawn_s = float("-inf")
        self._usual_tokens = 1
        self.text_box = WatchedTextBox(workshop.subject, appearance)
        self._hold_timer = QTimer(self, singleShot=True)
        self._hold_timer.timeout.connect(self.schedule)
        self._grace_timer = QTimer(self, interval=GRACE_MS, singleShot=True)
        self._grace_timer.timeout.connect(self.schedule)
        self.run.started.connect(self._on_run_started)
        workshop.timeline.moved.connect(self._on_timeline_moved)
        workshop.what_if.changed.connect(self._on_timeline_moved)
        workshop.subject.changed.connect(self._on_subject_changed)

    def put_figure(
        self,
        view: EnlargingView,
        figure: QWidget,
        legend: Legend | None = None,
        *,
        is_signed: bool = False,
    ) -> None:
        """Lay the panel out, once, with the box before all. See `put_in_frame`."""
        self.put_in_frame(
            view,
            legend=legend,
            is_signed=is_signed,
            figure=figure,
            lead=self.text_box,
        )
        self.frame.tell(self.how_to_read(), is_hint=True)
        self._set_pace()

    # What a subclass says

    def draw_text(self, shown: Read | None, usual_tokens: int) -> None:
        """Draw ``shown`` in the range of colours that is chosen; nothing if None.

        Args:
            shown: What to draw.
            usual_tokens: Room to keep: of the longest document of late, or as many as
                the text has.
        """
        raise NotImplementedError

    def how_to_read(self) -> str:
        """Return how the figure is read, where nothing else is to be told."""
        return self.words.how_to_read

    def notes_of(self, shown: Read) -> str:
        """Return what is to be told of a text that can be shown, if anything."""
        return text_words.notes(shown)

    # What all that read a text do

    @property
    def problem(self) -> str:
        """What the person is told about the text typed; empty if all is well."""
        return self.frame.problem

    def set_text_above(self, is_above: bool) -> None:
        """See `Panel`."""
        if self.text_box.isHidden() is not is_above:
            self.text_box.setHidden(is_above)
            self.tell_anew()

    def subject_of(self, shown: Read) -> str:
        """See `FigurePanel`."""
        return text_words.subject(shown)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.text_box.restyle()
        super().restyle()

    def is_held(self, shown: Read) -> bool:
        """Say whether the document on show should stay a little longer."""
        wait_s = self._drawn_s + HOLD_S - time.monotonic()
        if wait_s <= 0 or not self._would_flicker(shown):
            return False
        if not self._hold_timer.isActive():
            self._hold_timer.start(round(wait_s * 1000) + 1)
        return True

    def _would_flicker(self, shown: Read) -> bool:
        drawn = self.drawn
        return (
            drawn is not None
            and self.workshop.timeline.is_live
            and self.run.state is RunState.TRAINING
            and drawn.is_document
            and shown.is_document
            and drawn.problem == shown.problem
        )

    def is_other_subject(self, before: Read, shown: Read) -> bool:
        """See `FigurePanel`."""
        return before.labels != shown.labels

    def outlives_its_run(self) -> bool:
        """See `FigurePanel`."""
        return self._grace_timer.isActive()

    def draw(self, shown: Read | None) -> None:
        """See `FigurePanel`."""
        if shown is None:
            self.draw_text(None, self._usual_tokens)
            self._tell("")
            return
        tokens = len(shown.labels)
        if shown.is_document:
            self._usual_tokens = tokens = max(self._usual_tokens, tokens)
        self._drawn_s = time.monotonic()
        self.draw_text(shown, tokens)
        self._tell_of(shown)

    def tell_anew(self) -> None:
        """Tell again how the figure is read, or what is to be told instead."""
        if self.drawn is not None:
            self._tell_of(self.drawn)

    def _tell_of(self, shown: Read) -> None:
        self._tell(shown.problem, self.notes_of(shown))

    def _tell(self, problem: str, note: str = "") -> None:
        """Tell of ``problem`` beside the box for the text, else how to read it all."""
        if self.text_box.isHidden():
            problem = ""  # the window says it beside its own box
        told = ". ".join(filter(None, (problem, note)))
        hint = self.how_to_read()
        self.frame.tell(told or hint, is_problem=bool(problem), is_hint=not told)
        self.text_box.show_problem(problem)

    @Slot()
    def _on_subject_changed(self) -> None:
        self._set_pace()
        self.wish.ask(self.question())

    def _set_pace(self) -> None:
        """Let no document be read that would not be shown."""
        text = self.workshop.subject.text
        self.wish.apart_s = APART_S if text else HOLD_S

    @Slot()
    def _on_run_started(self) -> None:
        self._usual_tokens = 1
        self._drawn_s = float("-inf")
        self._grace_timer.start()

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._drawn_s = float("-inf")
        self.schedule()
