"""What a panel is that shows a figure of a moment: its frame, filled and kept true."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout

from microgpt_gui.gui.panel.colour_legend import ColourLegend
from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.explanation import ExplanationButton
from microgpt_gui.gui.panel.frame import PanelFrame
from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panel.what_if_bar import WhatIfBar
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.session.moments.alteration import UNALTERED
from microgpt_gui.session.reading.altered_question import alteration_asked

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.frame_words import FrameWords
    from microgpt_gui.gui.panel.legend import Legend
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.question import Question

#: While it trains, words change at most so often: faster nobody reads them.
READING_MS = 200

#: Read where the keyboard is on a part of the figure.
_CHOSEN = "{}: Enter enlarges it; Down then goes into its cells, to read them."

#: What a panel shows: an answer about a moment.
Shown = TypeVar("Shown")


class FigurePanel(Panel, Generic[Shown]):
    """Asks for what is to be shown, has it drawn, and says what is read in it.

    Subclasses set ``words``, build what they draw with, call `put_in_frame`, and
    implement `question`, `draw`, `subject_of` and `reading_of`; those that draw numbers
    as colours, `ticks_of` too.

    Where something is altered (`WhatIf`), the figure is of the scratch copy, and a bar
    over it says so.

    Attributes:
        is_unaltered: What is asked does not depend on the weights that are shown, or is
            what the run itself did: then nothing alters it.
        frame: All that stands around the figure.
        legend: What the colours, or other marks, stand for.
        bar: Says what is altered, and puts it back.
        drawn: What is shown; None for nothing.
        alteration: What is altered in that.
        wish: Brings what is to be shown, as long as the panel is seen.
    """

    words: ClassVar[FrameWords]
    is_unaltered: ClassVar[bool] = False

    frame: PanelFrame
    legend: Legend

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self.drawn: Shown | None = None
        self.alteration = UNALTERED
        self._is_drawing = False
        self._is_reading_old = False
        self._reading_timer = QTimer(self, interval=READING_MS, singleShot=True)
        self._reading_timer.timeout.connect(self._on_reading_timer)
        self.header = [ExplanationButton(self.title, self.words, appearance)]

    def put_in_frame(
        self,
        view: EnlargingView,
        *,
        legend: Legend | None = None,
        is_signed: bool = False,
        figure: QWidget | None = None,
        lead: QWidget | None = None,
    ) -> None:
        """Lay the panel out, once. See `PanelFrame`.

        Args:
            view: Whose parts can be enlarged, and which is pointed at.
            legend: Of marks that are not numbers as colours.
            is_signed: Its colours are those of values on both sides of 0.
            figure: What holds the view, if it does not stand alone.
            lead: What the figure is of, to be chosen.
        """
        self._view = view
        if legend is None:
            legend = ColourLegend(self.words, self.appearance, is_signed=is_signed)
            legend.range_chosen.connect(self._on_range_chosen)
        self.legend = legend
        self.frame = PanelFrame(
            self.appearance, self.words.parts, view, figure or view, self.legend, lead
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.bar = WhatIfBar(
            self.workshop, self.appearance, is_unaltered=self.is_unaltered
        )
        whole.addWidget(self.bar)
        whole.addWidget(self.frame)
        view.pointed_changed.connect(self.read)
        view.enlarged_changed.connect(self.read)
        view.keyboard_moved.connect(self.read)
        self.workshop.timeline.moved.connect(self.schedule)
        self.wish = self.workshop.wish_of_shown(
            self, self.question(), reads_scratch=not self.is_unaltered
        )
        self.wish.answered.connect(self._on_wish_answered)

    # What a subclass says

    def question(self) -> Question[Shown]:
        """Return what is to be asked of the moment that is shown, and of the next."""
        raise NotImplementedError

    def draw(self, shown: Shown | None) -> None:
        """Draw ``shown`` in the range of colours that is chosen; nothing if None."""
        raise NotImplementedError

    def subject_of(self, shown: Shown) -> str:
        """Say which moment, and what of it, is shown."""
        raise NotImplementedError

    def reading_of(self, shown: Shown) -> str:
        """Say what is under the pointer, or how to point."""
        raise NotImplementedError

    def ticks_of(self, shown: Shown) -> tuple[str, str, str]:
        """Return the numbers of the colours: at their start, middle and end."""
        raise NotImplementedError

    def told_of_part(self, part: int) -> str:
        """Say more of the part that the keyboard is on, if there is more to say."""
        return ""

    def is_pointed(self) -> bool:
        """Say whether `reading_of` tells of a part of the figure, not how to point."""
        return self._view.pointed is not None

    def is_held(self, shown: Shown) -> bool:
        """Say whether what is shown stays a little longer before ``shown``."""
        return False

    def is_other_subject(self, before: Shown, shown: Shown) -> bool:
        """Say whether no word about ``before`` is true of ``shown``."""
        return False

    def words_instead(self, shown: Shown) -> str:
        """Say why there is no figure of ``shown``; empty if there is."""
        return ""

    def is_of_run(self, shown: Shown) -> bool:
        """Say whether ``shown`` is what nothing alters; see ``is_unaltered``."""
        return self.is_unaltered

    def outlives_its_run(self) -> bool:
        """Say whether what is shown stays although its run is gone."""
        return False

    # What the frame says

    @property
    def colour_range(self) -> ColourRange:
        """How far the colours reach, as the person has chosen."""
        legend = self.legend
        return legend.chosen if isinstance(legend, ColourLegend) else ColourRange.FIXED

    @property
    def subject(self) -> str:
        """What the header says is looked at."""
        return self.frame.subject.text()

    @property
    def reading(self) -> str:
        """What the line below the figure says."""
        return self.frame.reading.text()

    @property
    def empty_text(self) -> str:
        """What stands where no figure can be shown; empty if one is."""
        return self.frame.stack.words

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.legend.restyle()
        self.frame.restyle()
        self.bar.restyle()

    def redraw(self) -> None:
        """Show the newest, if it is not held back."""
        shown: Shown | None = self.wish.answer
        if self.run.info is None or shown is None:
            if self.drawn is None or not self.outlives_its_run():
                self._show_nothing()
            return
        if words := self.words_instead(shown):
            self.frame.stack.show_words(words)
        else:
            self.frame.stack.show_content()
        if shown is self.drawn:
            self._reread()
        elif not self.is_held(shown):
            before, self.drawn = self.drawn, shown
            self._note_alteration(shown)
            self._draw(shown)
            if before is None or self.is_other_subject(before, shown):
                self.read()
            else:
                self._reread()

    def _note_alteration(self, shown: Shown) -> None:
        """Remember, and say, what is altered in what is drawn now."""
        is_of_run = self.is_of_run(shown)
        asked = alteration_asked(self.wish.answered_to)
        self.alteration = UNALTERED if is_of_run else asked
        self.workshop.what_if.note_drawn(self, shown, self.alteration)
        self.bar.set_drawn(self.alteration, is_unaltered=is_of_run)

    def _show_nothing(self) -> None:
        self.drawn = None
        self.alteration = UNALTERED
        self.bar.set_drawn(None)
        self._draw(None)
        is_failed = self.run.state is RunState.FAILED
        words = self.words.failed if is_failed else self.words.loading
        self.frame.stack.show_words(words)
        self.read()

    def _draw(self, shown: Shown | None) -> None:
        """Draw, and let what moves under the pointer meanwhile be read afterwards."""
        self._is_drawing = True
        try:
            self.draw(shown)
        finally:
            self._is_drawing = False

    def _reread(self) -> None:
        """Bring the words up to date: at once at rest, else at a readable pace."""
        if self.run.state is RunState.TRAINING and self._reading_timer.isActive():
            self._is_reading_old = True
        else:
            self.read()

    @Slot()
    def _on_wish_answered(self) -> None:
        """Draw: what somebody waits for is not kept for the next frame."""
        if self.wish.is_awaited:
            self.redraw()
        else:
            self.schedule()

    @Slot()
    def _on_reading_timer(self) -> None:
        if self._is_reading_old:
            self.read()

    @Slot()
    def read(self) -> None:
        """Say what is looked at, and what is under the pointer."""
        if self._is_drawing:  # a part of the figure may still be of what was before
            return
        self._is_reading_old = False
        self._reading_timer.start()
        shown = self.drawn
        say(self.frame.subject, "" if shown is None else self.subject_of(shown))
        text = "" if shown is None else self._text_of(shown)
        if shown is not None and isinstance(self.legend, ColourLegend):
            self.legend.bar.set_ticks(self.ticks_of(shown))
        self.frame.read(text, is_pointed=self.is_pointed())

    def _text_of(self, shown: Shown) -> str:
        """Say what is pointed at, what the keyboard has chosen, or how to point."""
        view = self._view
        if view.pointed is None and view.ringed is not None:
            said = _CHOSEN.format(view.part_name(view.ringed))
            more = self.told_of_part(view.ringed)
            return f"{said} {more}" if more else said
        return self.reading_of(shown)

    @Slot()
    def _on_range_chosen(self) -> None:
        if self.drawn is not None:
            self._draw(self.drawn)
            self.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return with Escape, wherever in the panel the keyboard is.

        To all parts first; from there, to the model as it is.
        """
        is_escape, what_if = event.key() == Qt.Key.Key_Escape, self.workshop.what_if
        if is_escape and self._view.enlarged is not None:
            self._view.enlarge(None)
        elif is_escape and what_if.alteration and not self.is_unaltered:
            what_if.put_back()
        else:
            super().keyPressEvent(event)
