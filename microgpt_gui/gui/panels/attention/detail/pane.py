"""What stands beside a head that is enlarged: three sheets of one cell of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from microgpt_gui.gui.panels.attention.detail import sheets
from microgpt_gui.gui.panels.attention.detail.sheet import EMPTY
from microgpt_gui.gui.panels.attention.detail.sheet_table import SheetTable
from microgpt_gui.gui.panels.attention.roles import words as role_words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.elided_lines import ElidedLines
from microgpt_gui.gui.widgets.pace import Pace

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from microgpt_gui.gui.panels.attention.arrangement import Pointed
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.heads.roles import HeadRoles
    from microgpt_gui.session.reading.text import TextReading

#: Numbers change at most so often: faster nobody reads them.
PACE_MS = 200

#: From this height on, a row and a score are shown together, in pixels at 100 %.
_TALL = 440

_ROW, _SCORE, _MEASURES = range(3)


class HeadDetail(QWidget):
    """A row as bars and numbers, how one score arises, all measures of the head.

    Attributes:
        tabs: Which of them is shown.
        row: The attention of one token over all that it sees.
        score: From query and key to one share of it.
        measures: What the head does.
        caption: Says what is looked at.
        told: What is read in them, in full; empty for nothing.

    Signals:
        key_chosen: The person wants to look at this key (int).
        told_changed: ``told`` changed.
    """

    key_chosen = Signal(int)
    told_changed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._look: TextReading | None = None
        self._at: Pointed | None = None
        self._roles: HeadRoles | None = None
        self.told = ""
        self.tabs = QTabBar()
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName("What is shown of the head")
        for text, tip in (
            ("Row", "All that a letter looks at, and how scores become attention"),
            ("Score", "How one score arises from a query and a key"),
            ("Role", "What the head does: all its measures, on many documents"),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(text), tip)
        self.caption, self.score_caption = ElidedLabel(), ElidedLabel()
        self.row = SheetTable("A row of attention", appearance)
        self.score = SheetTable("How one score arises", appearance)
        self.measures = SheetTable("What the head does", appearance)
        self.note = ElidedLines()
        for label in (self.caption, self.score_caption, self.note):
            set_look(label, "role", "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (
            self.tabs,
            self.score_caption,
            self.score,
            self.caption,
            self.row,
            self.measures,
            self.note,
        ):
            is_table = isinstance(part, SheetTable)
            self._column.addWidget(part, 1 if is_table else 0)
        for table in (self.row, self.score, self.measures):
            table.told.connect(self._on_table_told)
        self.row.row_chosen.connect(self._on_row_chosen)
        self._pace = Pace(self, PACE_MS)
        self._pace.due.connect(self._fill)
        self.tabs.currentChanged.connect(self._on_tabs_current_changed)
        self.restyle()

    def show_cell(self, look: TextReading | None, at: Pointed | None) -> None:
        """Show a cell of a head, or nothing; at once if it is another one."""
        is_other = at != self._at or look is None or self._look is None
        self._look, self._at = look, at
        if is_other or (look is not None and look.trace is None):
            self._fill()
        else:
            self._pace.ask()

    def show_roles(self, roles: HeadRoles | None) -> None:
        """Take up what all heads do."""
        self._roles = roles
        self._fill()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._column.setSpacing(self._appearance.px(2))
        for table in (self.row, self.score, self.measures):
            table.restyle()
        metrics = QFontMetrics(self._appearance.font(sizes.CAPTION))
        self.note.setFixedHeight(4 * metrics.lineSpacing())
        for label in (self.caption, self.score_caption):
            label.setFixedHeight(metrics.height() + 2)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell of nothing that is not seen."""
        super().hideEvent(event)
        self._on_table_told("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show row and score together where there is room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        is_tall = self.height() >= self._appearance.px(_TALL)
        tab = self.tabs.currentIndex()
        self.tabs.setTabText(_ROW, "Score and row" if is_tall else "Row")
        if self.tabs.isTabVisible(_SCORE) is is_tall:
            self.tabs.setTabVisible(_SCORE, not is_tall)
        is_both = is_tall and tab != _MEASURES
        most = min(self.score.whole_height, self.height() // 2) if is_both else 1 << 14
        if self.score.maximumHeight() != most:
            self.score.setMaximumHeight(most)
            self.score.setMinimumHeight(most if is_both else 0)
        is_row = tab == _ROW or (is_tall and tab == _SCORE)
        is_score = tab == _SCORE or (is_tall and tab == _ROW)
        for part, is_shown in (
            (self.row, is_row),
            (self.caption, is_row),
            (self.score, is_score),
            (self.score_caption, is_score),
            (self.measures, tab == _MEASURES),
            (self.note, tab == _MEASURES),
        ):
            if part.isHidden() is is_shown:
                part.setVisible(is_shown)

    @Slot()
    def _fill(self) -> None:
        look, at = self._look, self._at
        if self.isHidden():
            return
        if look is None or at is None or not at.is_in(look):
            for table in (self.row, self.score, self.measures):
                table.show_sheet(EMPTY)
            return
        query, key = (sheets.told_of(look, i) for i in (at.query, at.key))
        say(self.caption, f"{query}: its attention, which shares 1")
        self.row.show_sheet(sheets.row_sheet(look, at))
        self.score.show_sheet(sheets.score_sheet(look, at))
        told = f"How much {query} looks at {key}"
        if at.key > at.query:
            told = f"{query} cannot see {key}, which comes later: there is no score"
        elif look.trace is None:
            told = f"{told}: its numbers are on their way"
        say(self.score_caption, told)
        self._place()
        roles = self._roles
        shape = (len(look.attention), len(look.attention[0]))
        if roles is None or (len(roles.roles), len(roles.roles[0])) != shape:
            self.measures.show_sheet(EMPTY)
            say(self.note, "Being measured.")
            return
        role = roles.roles[at.layer][at.head]
        self.measures.show_sheet(sheets.measures_sheet(role))
        why = role_words.why(role)
        say(self.note, f"{why} {role_words.documents(roles)}, at step {roles.step:,}.")

    @Slot()
    def _on_tabs_current_changed(self) -> None:
        self._place()

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        if self._at is not None and row <= self._at.query:
            self.key_chosen.emit(row)

    @Slot(str)
    def _on_table_told(self, told: str) -> None:
        if told != self.told:
            self.told = told
            self.told_changed.emit()
