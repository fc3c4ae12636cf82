"""The frame of a figure: what stands around it, alike in every panel that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.content_or_words import ContentOrWords
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.elided_lines import ElidedLines
from microgpt_gui.gui.widgets.way_back import WayBack

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panel.legend import Legend
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

#: In pixels at 100 %: what is looked at, the widget before it and the note want so much
#: beside the legend, and the figure so much below; in less, the panel scrolls.
_SUBJECT_WIDTH, _LEAD_WIDTH, _NOTE_WIDTH, _LEAST_HEIGHT = 130, 110, 170, 120

#: The figure takes so much where that spares the panel a scroll bar.
_LOWEST = 90

#: The reading line wraps to so many lines at most.
_MOST_LINES = 4


class PanelFrame(QScrollArea):
    """Says which moment and text are shown, how to read the figure, and what is read.

    Above the figure: ``lead``, the subject, a note, the legend and the way back; below
    it one reading line. Where the figure needs the room (a part is enlarged, two runs
    are side by side), a mere hint how to read it gives way, and the rest stands in one
    line if that is wide enough. Nothing else that is said moves anything: every line
    has the room of its longest text.

    Attributes:
        subject: Says what is looked at.
        note: Says how to read the figure, or what is to be told of it.
        legend: What the colours stand for.
        back: Shows all parts again.
        stack: The figure, or words in its place.
        reading: Says what is under the pointer.
    """

    def __init__(
        self,
        appearance: Appearance,
        parts: str,
        view: EnlargingView,
        figure: QWidget,
        legend: Legend,
        lead: QWidget | None = None,
    ) -> None:
        """Lay all out around ``figure``.

        Args:
            appearance: Theme and zoom; call `restyle` when they changed.
            parts: What the parts of the view are called.
            view: Whose parts can be enlarged.
            figure: What is framed: the view, or what holds it.
            legend: What the colours stand for.
            lead: Stands first: what the figure is of. With one, there is a note.
        """
        super().__init__()
        self._appearance = appearance
        self._view = view
        self._lead = lead
        self._longest = ""
        self._is_hint = True  # what the note says
        self._is_tight = False
        self._needed = 0  # height of the figure
        self.subject = ElidedLabel()
        self.note = ElidedLines(is_centred=True)
        set_look(self.note, "role", "caption")
        self.legend = legend
        self.back = WayBack(view, parts, appearance)
        self.stack = ContentOrWords(figure)
        self.reading = ElidedLines()
        content = QWidget()
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, content)
        self._top = QHBoxLayout()
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        if lead is not None:
            self._top.addWidget(lead, 3)
        self._top.addWidget(self.subject, 2)
        self._top.addWidget(self.back)
        self._top.addItem(self.back.strut)
        self._second.addWidget(self.note, 1)
        self._column.addLayout(self._top)
        self._column.addLayout(self._second)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.reading)
        self._placed: tuple[bool | None, bool, bool] = (None, False, False)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Qt fills these two with the window's colour unless told otherwise.
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        view.enlarged_changed.connect(self._place)

    def tell(
        self, text: str, *, is_problem: bool = False, is_hint: bool = False
    ) -> None:
        """Say ``text`` in the note.

        Args:
            text: What is to be said.
            is_problem: What the person wants cannot be shown; says why.
            is_hint: It is always the same, and may give way to the figure.
        """
        say(self.note, text)
        set_look(self.note, "role", "warning" if is_problem else "caption")
        if is_hint is not self._is_hint:
            self._is_hint = is_hint
            self._place()

    def set_tight(self, is_tight: bool) -> None:
        """Choose whether the figure needs the room of the hint."""
        self._is_tight = is_tight
        self._place()

    def require(self, height: int) -> None:
        """Let the panel scroll rather than have the figure be lower, in pixels."""
        self._needed = height
        self._share_height()

    @property
    def problem(self) -> str:
        """What the note tells as a problem; empty if all is well."""
        is_problem = self.note.property("role") == "warning"
        return self.note.text() if is_problem else ""

    def make_room_to_read(self, longest: str) -> None:
        """Let the reading line have the lines that its longest text needs."""
        if longest != self._longest:
            self._longest = longest
            self._wrap()
            self._column.activate()

    def read(self, text: str, *, is_pointed: bool) -> None:
        """Say ``text`` below the figure, and to a screen reader on it.

        Args:
            text: What is to be said.
            is_pointed: It is about what is pointed at, not how to point.
        """
        say(self.reading, text)
        set_look(self.reading, "role", "" if is_pointed else "muted")
        if self._view.accessibleDescription() != text:
            self._view.setAccessibleDescription(text)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        side = px(sizes.MEDIUM)
        self._column.setContentsMargins(side, px(2), side, px(sizes.SMALL))
        self._column.setSpacing(px(sizes.TIGHT))
        self._top.setSpacing(px(sizes.SMALL))
        self._second.setSpacing(px(sizes.MEDIUM))
        self.stack.setMinimumHeight(px(_LEAST_HEIGHT))
        self.back.restyle()
        self._top.invalidate()
        self.subject.setFixedHeight(QFontMetrics(self.subject.font()).height() + 2)
        told = QFontMetrics(self._appearance.font())  # a problem is not in small print
        self.note.setFixedHeight(told.lineSpacing() + told.height())
        self._place()
        self._wrap()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again where a style sheet has changed what is measured."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap what would not fit."""
        super().resizeEvent(event)
        self._place()
        self._wrap()

    def _room(self) -> int:
        margins = self._column.contentsMargins()
        return max(1, self.width() - margins.left() - margins.right())

    @Slot()
    def _place(self) -> None:
        """Put the legend into the first line or into the second."""
        px, is_enlarged = self._appearance.px, self._view.enlarged is not None
        is_brief = is_enlarged or self.legend.full_width() > self._room()
        self.legend.set_brief(is_brief)
        wanted = px(_SUBJECT_WIDTH) + px(sizes.SMALL) + self.legend.sizeHint().width()
        if is_enlarged:
            wanted += self.back.sizeHint().width() + px(sizes.SMALL)
        has_lead = self._lead is not None and not self._lead.isHidden()
        if has_lead:
            wanted += px(_LEAD_WIDTH) + px(sizes.SMALL)
        is_needed = self._is_hint and (is_enlarged or self._is_tight)
        may_be = is_needed or not has_lead
        is_in_one_line = may_be and wanted <= self._room()
        beside = self._room() - self.legend.sizeHint().width() - px(sizes.MEDIUM)
        is_narrow = beside < px(_NOTE_WIDTH)
        # What must be told has a line of its own where there is no room beside.
        is_told = not is_in_one_line and not (is_narrow and self._is_hint)
        direction = QBoxLayout.Direction
        state = is_in_one_line, is_told, is_narrow
        if state == self._placed:
            return
        was_in_one_line, self._placed = self._placed[0], state
        self._second.setDirection(
            direction.TopToBottom if is_narrow else direction.LeftToRight
        )
        self.note.setVisible(is_told and has_lead)
        if is_in_one_line is was_in_one_line:
            pass
        elif is_in_one_line:
            self._second.removeWidget(self.legend)
            self._top.insertWidget(self._top.count() - 2, self.legend)
        else:
            self._top.removeWidget(self.legend)
            self._second.addWidget(self.legend)
        self._column.activate()  # at once: the view takes up its size before it draws

    def _wrap(self) -> None:
        """Give the reading line what its longest text needs."""
        metrics = QFontMetrics(self.reading.font())
        longest = metrics.horizontalAdvance(self._longest)
        lines = -(-longest * 21 // (20 * self._room()))  # words never fill a line
        lines = max(1, min(_MOST_LINES, lines))
        self.reading.setFixedHeight(lines * metrics.lineSpacing() + 2)
        self._share_height()

    def _share_height(self) -> None:
        """Let the figure be a little lower rather than have the panel scroll."""
        px = self._appearance.px
        wanted = max(px(_LEAST_HEIGHT), self._needed)
        others = self._column.minimumSize().height() - self.stack.minimumHeight()
        left = self.height() - others
        is_enough = max(px(_LOWEST), self._needed) <= left < wanted
        self.stack.setMinimumHeight(left if is_enough else wanted)
