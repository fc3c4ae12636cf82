"""The page of one's own words: a box to paste lines into, and their ranking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.panels.data.own_words import words
from microgpt_gui.gui.panels.data.own_words.box import LinesBox
from microgpt_gui.gui.panels.data.own_words.legend import SurpriseLegend
from microgpt_gui.gui.panels.data.own_words.rows import LineRows
from microgpt_gui.gui.panels.data.scratch_page import ScratchPage
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.content_or_words import ContentOrWords
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.reading.questions import LinesQuestion

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.scored_lines import ScoredLines

#: The box has this share of the width.
_BOX_SHARE = 0.28


class OwnWordsPage(ScratchPage):
    """Ranks lines by surprise at the moment shown, live while the run trains.

    Attributes:
        box: Where lines are typed.
        order: In which order they stand.
        rows: The ranking.
    """

    title = "Your words"
    tip = "Lines of your own, ranked by how much they surprise the model."
    words = words.WORDS

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__(workshop, appearance)
        self.rows = LineRows(appearance)
        self.box = LinesBox()
        self.order = QComboBox()
        self.order.addItems(words.ORDERS)
        self.order.setAccessibleName("Order of the lines")
        self.order.setToolTip(wrapped("In which order your lines stand"))
        self._legend = SurpriseLegend(appearance)
        self.controls.addWidget(self.order)
        self.controls.addWidget(self._legend)
        self._ranking = ContentOrWords(self.rows)
        figure = QWidget()
        self._lines = QVBoxLayout(figure)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addWidget(self.bar)
        self._halves = QHBoxLayout()
        self._halves.addWidget(self.box)
        self._halves.addWidget(self._ranking, 1)
        self._lines.addLayout(self._halves, 1)
        self._asked: tuple[str, ...] = ()
        self._shown: ScoredLines | None = None
        self.put(figure)
        self.wish = workshop.wish_of_shown(self, LinesQuestion(()), reads_scratch=True)
        self.wish.answered.connect(self._on_wish_answered)
        self.wish.ended.connect(self._on_wish_ended)
        self.box.textChanged.connect(self._on_text_changed)
        self.order.currentIndexChanged.connect(self._on_order_changed)
        self.rows.row_chosen.connect(self._on_row_chosen)
        self.rows.pointed_changed.connect(self._read)
        self._show()

    @property
    def empty_text(self) -> str:
        """What stands in place of the ranking; empty where there is one."""
        return self.stack.words or self._ranking.words

    def summary(self) -> str:
        """See `Page`."""
        shown = self._shown
        return words.summary(shown) if shown is not None and self._asked else ""

    def _show(self) -> None:
        """Show the newest scores of the lines that are typed, or why there are none."""
        answer: ScoredLines | None = self.wish.answer
        if not self._asked or self.run.info is None:
            self._shown = None
        elif answer is None:
            self._shown = None
        elif answer.is_complete or not self._is_shown(answer):
            self._shown = answer
        shown = self._shown
        if shown is not self.rows.scored:
            info = self.run.info
            self._tell_alteration(shown)
            self.rows.show_lines(shown, info.vocab_size if info else 2)
        if shown is not None and shown.lines:
            self._ranking.show_content()
        elif self._asked:
            self._ranking.show_words(words.SCORING)
        else:
            self._ranking.show_words(words.EMPTY)
        self._read()
        self.changed.emit()

    def _is_shown(self, answer: ScoredLines) -> bool:
        """Say whether these lines stand there already, with their percentiles."""
        shown = self._shown
        if shown is None:
            return False
        ours = [(line.number, line.typed) for line in shown.lines]
        return ours == [(line.number, line.typed) for line in answer.lines]

    @Slot()
    def _on_text_changed(self) -> None:
        self._asked = self.box.lines
        self.wish.ask(LinesQuestion(self._asked))
        self._show()

    @Slot()
    def _on_wish_answered(self) -> None:
        self._show()

    @Slot()
    def _on_wish_ended(self) -> None:
        self.pace(self.wish)

    @Slot(int)
    def _on_order_changed(self, order: int) -> None:
        self.rows.set_order(order)

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        line = self.rows.line(row)
        if line.problem:
            self.run.noticed.emit(self.rows.part_name(row))
        else:
            self.workshop.subject.watch(line.taken)

    @Slot()
    def _read(self) -> None:
        rows, text = self.rows, ""
        if rows.pointed is not None and rows.pointed < rows.part_count():
            text = rows.part_name(rows.pointed)
        hint = words.POINT if rows.part_count() else ""
        self.read(text or hint, is_pointed=bool(text))
        rows.setAccessibleDescription(text or hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the box and the ranking."""
        super().resizeEvent(event)
        self.box.setFixedWidth(round(self.width() * _BOX_SHARE))

    def restyle(self) -> None:
        """See `Page`."""
        super().restyle()
        self.bar.restyle()
        self._legend.restyle()
        self._lines.setSpacing(self.appearance.px(sizes.TIGHT))
        self._halves.setSpacing(self.appearance.px(sizes.MEDIUM))
        self.rows.rearrange()
