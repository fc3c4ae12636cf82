"""The attention panel: a text box, the heat maps, and a sentence for the pointer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.exports import AttentionExports
from microgpt_gui.gui.panels.attention.side_by_side import SideBySide
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.colour_bar import ColourBar
from microgpt_gui.gui.widgets.content_or_words import ContentOrWords
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.typing import TextBox
from microgpt_gui.gui.widgets.way_back import WayBack

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent

    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.snapshot import Look

#: While it trains, a document stays on show so long: faster it only flickers.
HOLD_S = 0.7

#: A picture may outlive its run so long: most new runs stand sooner, without a flash.
GRACE_MS = 300

#: While it trains, words change at most so often: faster nobody reads it.
READING_MS = 200

#: The header wants so much beside the colour bar, in pixels at 100 %.
_SUBJECT_WIDTH = 170

#: The heat maps want so much, in pixels at 100 %; in less, the panel scrolls.
_LEAST_HEIGHT = 120


class AttentionPanel(Panel):
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

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        run = workshop.run
        self._drawn: Look | None = None
        self._drawn_s = float("-inf")
        self._usual_tokens = 1
        self._build()
        self._lay_out()
        self._exports = AttentionExports(self.heat_map, workshop)
        self._clear_text = self._clear_action()
        self._hold_timer = QTimer(self, singleShot=True)
        self._hold_timer.timeout.connect(self.schedule)
        self._grace_timer = QTimer(self, interval=GRACE_MS, singleShot=True)
        self._grace_timer.timeout.connect(self.schedule)
        self._reading_timer = QTimer(self, interval=READING_MS, singleShot=True)
        self._reading_timer.timeout.connect(self._on_reading_timer)
        self._is_reading_old = False
        self.text_box.textChanged.connect(self._on_text_changed)
        self.heat_map.pointed_changed.connect(self._read)
        self.heat_map.enlarged_changed.connect(self._read)
        run.started.connect(self._on_run_started)
        workshop.timeline.moved.connect(self._on_timeline_moved)
        workshop.timeline.looked.connect(self.schedule)
        self.restyle()

    @property
    def problem(self) -> str:
        """What the person is told about the text typed; empty if all is well."""
        return self._note.text() if self._note.property("role") == "warning" else ""

    @property
    def subject(self) -> str:
        """What the header says is looked at."""
        return self._subject.text()

    @property
    def reading(self) -> str:
        """What the line below the heat maps says."""
        return self._reading.text()

    @property
    def empty_text(self) -> str:
        """What stands where no attention can be shown; empty if some is."""
        return self._stack.words

    def _build(self) -> None:
        self.text_box = TextBox()
        self.text_box.setPlaceholderText(words.PLACEHOLDER)
        self.text_box.setAccessibleName("Text to look at")
        self.text_box.setToolTip(
            "Any text of the vocabulary. The heat maps show how the model, as it is "
            "at the moment shown, reads it. Empty: the document being trained. Enter "
            "leaves the box, Escape empties it."
        )
        self._note = ElidedLabel(words.HOW_TO_READ)
        self._subject = ElidedLabel()
        self._bar = ColourBar("share of attention", self.appearance)
        self._heads = SideBySide(self.workshop, self.appearance)
        self.heat_map = self._heads.heat_map
        self._back = WayBack(self.heat_map, "heads", self.appearance)
        self._stack = ContentOrWords(self._heads)
        self._reading = PlainLabel()
        self._reading.setWordWrap(True)
        self._reading.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _lay_out(self) -> None:
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._top = QHBoxLayout()
        self._top.addWidget(self.text_box, 1)
        self._top.addWidget(self._back)
        self._top.addItem(self._back.strut)
        self._legend = QHBoxLayout()
        self._legend.addWidget(self._subject, 1)
        self._legend.addWidget(
            self._bar, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        )
        self._column.addLayout(self._top)
        self._column.addWidget(self._note)
        self._column.addLayout(self._legend)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._reading)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(content)
        # Qt fills these two with the window's colour unless told otherwise.
        scroller.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroller)

    def view_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [
            make_action(
                self,
                "Type a text to look at",
                "T",
                "Write into the box above the heat maps",
                self.text_box.setFocus,
            )
        ]

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def _clear_action(self) -> QAction:
        action = self.text_box.addAction(
            self.appearance.icon("close"), QLineEdit.ActionPosition.TrailingPosition
        )
        action.setToolTip("Follow the document being trained again")
        for button in self.text_box.findChildren(QToolButton):
            button.setAccessibleName("Empty the box")
        action.setVisible(False)
        action.triggered.connect(self.text_box.clear)
        return action

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self.appearance.px, self.appearance.theme
        side = px(sizes.MEDIUM)
        self._column.setContentsMargins(side, px(2), side, px(sizes.SMALL))
        self._column.setSpacing(px(sizes.TIGHT))
        self._top.setSpacing(px(sizes.SMALL))
        self._legend.setSpacing(px(sizes.MEDIUM))
        self._stack.setMinimumHeight(px(_LEAST_HEIGHT))
        self._clear_text.setIcon(self.appearance.icon("close", theme.muted, 14))
        self._back.restyle()
        self._top.invalidate()
        for label in (self._note, self._subject):
            label.setFixedHeight(QFontMetrics(label.font()).height() + 2)
        self._wrap()
        self._heads.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap what would not fit."""
        super().resizeEvent(event)
        self._wrap()

    def redraw(self) -> None:
        """Show the newest look, or hold the one before for a moment."""
        self._follow_watched_text()
        look = self.workshop.timeline.shown_look
        if self.run.info is None or look is None:
            if self._drawn is None or not self._grace_timer.isActive():
                self._show_nothing()
            return
        self._stack.show_content()
        if look is self._drawn:
            self._reread()
            return
        wait_s = self._drawn_s + HOLD_S - time.monotonic()
        if wait_s > 0 and self._is_held(look):
            if not self._hold_timer.isActive():
                self._hold_timer.start(round(wait_s * 1000) + 1)
            return
        self._show(look)

    def _is_held(self, look: Look) -> bool:
        """Say whether the document on show should stay a little longer."""
        drawn = self._drawn
        return (
            drawn is not None
            and self.workshop.timeline.is_live
            and self.run.state is RunState.TRAINING
            and drawn.is_document
            and look.is_document
            and drawn.problem == look.problem
        )

    def _show(self, look: Look) -> None:
        tokens = len(look.labels)
        longest = max(self._usual_tokens, tokens)
        self._usual_tokens = longest if look.is_document else self._usual_tokens
        usual = self._usual_tokens if look.is_document else tokens
        before, self._drawn = self._drawn, look
        self._drawn_s = time.monotonic()
        self._heads.show_look(look, usual)
        self._set_note(look.problem, words.notes(look))
        if before is None or before.labels != look.labels:
            self._read()
        else:
            self._reread()

    def _show_nothing(self) -> None:
        self._drawn = None
        self._heads.show_look(None)
        is_failed = self.run.state is RunState.FAILED
        self._stack.show_words(words.FAILED if is_failed else words.LOADING)
        self._set_note("")
        self._read()

    def _follow_watched_text(self) -> None:
        """Show what is asked for, whoever asked."""
        if self.text_box.text() != self.workshop.timeline.watched_text:
            self.text_box.setText(self.workshop.timeline.watched_text)

    def _set_note(self, problem: str, note: str = "") -> None:
        """Tell of ``problem`` where the person is looking, else how to read the map."""
        say(self._note, words.above(problem, note))
        set_look(self._note, "role", "warning" if problem else "caption")
        set_look(self.text_box, "state", "wrong" if problem else "")
        self.text_box.setAccessibleDescription(problem)

    def _reread(self) -> None:
        """Bring the words up to date: at once at rest, else at a readable pace."""
        if self.run.state is RunState.TRAINING and self._reading_timer.isActive():
            self._is_reading_old = True
        else:
            self._read()

    @Slot()
    def _on_reading_timer(self) -> None:
        if self._is_reading_old:
            self._read()

    @Slot()
    def _read(self) -> None:
        """Say what is looked at, and what is under the pointer."""
        self._is_reading_old = False
        self._reading_timer.start()
        look, pointed = self.heat_map.look, self.heat_map.pointed
        if look is None:
            text = ""
        elif pointed is not None:
            text = words.reading(look, *pointed)
        else:
            is_all = self.heat_map.enlarged is None
            text = words.POINT if is_all else words.POINT_ENLARGED
        say(self._subject, words.subject(look) if look else "")
        say(self._reading, text)
        set_look(self._reading, "role", "" if pointed else "muted")
        if self.heat_map.accessibleDescription() != text:
            self.heat_map.setAccessibleDescription(text)

    def _wrap(self) -> None:
        """Give each line what its longest text needs, so that nothing moves later."""
        margins, px = self._column.contentsMargins(), self.appearance.px
        room = max(1, self.width() - margins.left() - margins.right())
        metrics = QFontMetrics(self._reading.font())
        longest = metrics.horizontalAdvance(words.LONGEST_READING)
        lines = min(4, -(-longest * 21 // (20 * room)))  # words never fill a line
        self._reading.setFixedHeight(lines * metrics.lineSpacing() + 2)
        is_narrow = room < self._bar.sizeHint().width() + px(_SUBJECT_WIDTH)
        self._legend.setDirection(
            QBoxLayout.Direction.TopToBottom
            if is_narrow
            else QBoxLayout.Direction.LeftToRight
        )

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._clear_text.setVisible(bool(text))
        self.workshop.timeline.watch(text)

    @Slot()
    def _on_run_started(self) -> None:
        self._usual_tokens = 1
        self._drawn_s = float("-inf")
        self._grace_timer.start()

    @Slot()
    def _on_timeline_moved(self) -> None:
        self._drawn_s = float("-inf")
        self.schedule()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return to all heads with Escape, wherever in the panel the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.heat_map.enlarged is not None:
            self.heat_map.enlarge(None)
        else:
            super().keyPressEvent(event)
