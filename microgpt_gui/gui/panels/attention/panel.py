"""The attention panel: a text box, the heat maps, and a sentence for the pointer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot

from microgpt_gui.gui.panel.figure_panel import FigurePanel
from microgpt_gui.gui.panel.watched_text import WatchedTextBox
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.exports import AttentionExports
from microgpt_gui.gui.panels.attention.side_by_side import SideBySide
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.session.reading.questions import TextQuestion
from microgpt_gui.session.reading.text import TextReading

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: While it trains, a document stays on show so long: faster it only flickers.
HOLD_S = 0.7

#: A picture may outlive its run so long: most new runs stand sooner, without a flash.
GRACE_MS = 300


class AttentionPanel(FigurePanel[TextReading]):
    """Shows where every head looks: in a text of the person's, or in the run's own.

    Attributes:
        text_box: Where the person types; takes the keyboard for a shortcut.
        heat_map: The heads.
    """

    title = "Attention"
    hint = (
        "Where each head of the model looks: every row of a square is a token, and "
        "its colours say how it shares its attention among the tokens before it."
    )
    words = words.WORDS

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._drawn_s = float("-inf")
        self._usual_tokens = 1
        self.text_box = WatchedTextBox(workshop.subject, appearance)
        self._heads = SideBySide(workshop, appearance)
        self.heat_map = self._heads.heat_map
        self.put_in_frame(self.heat_map, figure=self._heads, lead=self.text_box)
        self.frame.tell(words.HOW_TO_READ, is_hint=True)
        self._exports = AttentionExports(self.heat_map, workshop)
        self._hold_timer = QTimer(self, singleShot=True)
        self._hold_timer.timeout.connect(self.schedule)
        self._grace_timer = QTimer(self, interval=GRACE_MS, singleShot=True)
        self._grace_timer.timeout.connect(self.schedule)
        self.run.started.connect(self._on_run_started)
        workshop.timeline.moved.connect(self._on_timeline_moved)
        workshop.shelf.compared_changed.connect(self._on_shelf_compared_changed)
        workshop.subject.changed.connect(self._on_subject_changed)
        self.restyle()

    @property
    def problem(self) -> str:
        """What the person is told about the text typed; empty if all is well."""
        return self.frame.problem

    def view_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [
            make_action(
                self,
                "Type a text to look at",
                "T",
                "Write into the box above the heat maps",
                self._on_typing_wanted,
            )
        ]

    def set_text_above(self, is_above: bool) -> None:
        """See `Panel`."""
        if self.text_box.isHidden() is not is_above:
            self.text_box.setHidden(is_above)
            if self.drawn is not None:
                self._set_note(self.drawn.problem, words.notes(self.drawn))

    @Slot()
    def _on_typing_wanted(self) -> None:
        if self.text_box.isHidden():
            self.text_requested.emit()
        else:
            self.text_box.setFocus()

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.text_box.restyle()
        super().restyle()
        self._heads.restyle()

    def question(self) -> TextQuestion:
        """See `FigurePanel`."""
        return TextQuestion(self.workshop.subject.text)

    def is_held(self, shown: TextReading) -> bool:
        """Say whether the document on show should stay a little longer."""
        wait_s = self._drawn_s + HOLD_S - time.monotonic()
        if wait_s <= 0 or not self._would_flicker(shown):
            return False
        if not self._hold_timer.isActive():
            self._hold_timer.start(round(wait_s * 1000) + 1)
        return True

    def _would_flicker(self, shown: TextReading) -> bool:
        drawn = self.drawn
        return (
            drawn is not None
            and self.workshop.timeline.is_live
            and self.run.state is RunState.TRAINING
            and drawn.is_document
            and shown.is_document
            and drawn.problem == shown.problem
        )

    def is_other_subject(self, before: TextReading, shown: TextReading) -> bool:
        """See `FigurePanel`."""
        return before.labels != shown.labels

    def outlives_its_run(self) -> bool:
        """See `FigurePanel`."""
        return self._grace_timer.isActive()

    def draw(self, shown: TextReading | None) -> None:
        """See `FigurePanel`."""
        if shown is None:
            self._heads.show_look(None)
            self._set_note("")
            return
        tokens = len(shown.labels)
        longest = max(self._usual_tokens, tokens)
        self._usual_tokens = longest if shown.is_document else self._usual_tokens
        usual = self._usual_tokens if shown.is_document else tokens
        self._drawn_s = time.monotonic()
        self.frame.make_room_to_read(words.longest_reading(shown))
        self._heads.set_colour_range(self.legend.chosen)
        self._heads.show_look(shown, usual)
        self._set_note(shown.problem, words.notes(shown))

    def ticks_of(self, shown: TextReading) -> tuple[str, str, str]:
        """See `FigurePanel`."""
        return words.ticks(self.legend.chosen, self.heat_map.span())

    def subject_of(self, shown: TextReading) -> str:
        """See `FigurePanel`."""
        return words.subject(shown)

    def reading_of(self, shown: TextReading) -> str:
        """See `FigurePanel`."""
        pointed = self.heat_map.pointed
        if pointed is not None:
            return words.reading(shown, *pointed)
        is_all = self.heat_map.enlarged is None
        return words.POINT if is_all else words.POINT_ENLARGED

    def _set_note(self, problem: str, note: str = "") -> None:
        """Tell of ``problem`` beside the box for the text, else how to read the map."""
        if self.text_box.isHidden():
            problem = ""  # the window says it beside its own box
        told = ". ".join(filter(None, (problem, note)))
        self.frame.tell(
            told or words.HOW_TO_READ, is_problem=bool(problem), is_hint=not told
        )
        self.text_box.show_problem(problem)

    @Slot()
    def _on_subject_changed(self) -> None:
        self.wish.ask(self.question())

    @Slot()
    def _on_run_started(self) -> None:
        self._usual_tokens = 1
        self._drawn_s = float("-inf")
        self._grace_timer.start()

    @Slot()
    def _on_shelf_compared_changed(self) -> None:
        self.frame.set_tight(self.workshop.shelf.compared is not None)

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._drawn_s = float("-inf")
        self.schedule()
