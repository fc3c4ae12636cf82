"""A weight's gradient beside the slopes that are measured, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from microgpt_gui.gui.panels.weights.cell import slope_words as words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.elided_lines import ElidedLines
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.reading.learning.slopes import DISTANCES

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.learning.slopes import GradientCheck

_COLUMNS = 2 + len(DISTANCES)


class SlopeTable(QWidget):
    """What is measured; the table; what comes out of it."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._grid = QGridLayout(self)
        self._formula = ElidedLabel()
        self._formula.setProperty("role", "caption")
        self._grid.addWidget(self._formula, 0, 0, 1, _COLUMNS + 1)
        self._cells = {
            (row, column): PlainLabel()
            for row in range(3)
            for column in range(_COLUMNS)
        }
        for (row, column), cell in self._cells.items():
            is_head = row == 0 or column == 0
            cell.setProperty("role", "caption" if is_head else "")
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(cell, row + 1, column)
        self._grid.setColumnStretch(_COLUMNS, 1)
        self._verdict = ElidedLines()
        self._grid.addWidget(self._verdict, 4, 0, 1, _COLUMNS + 1)
        self.restyle()

    @property
    def texts(self) -> list[list[str]]:
        """What the table says, row by row."""
        columns = range(_COLUMNS)
        return [[self._cells[row, c].text() for c in columns] for row in range(3)]

    @property
    def verdict(self) -> str:
        """What it says comes out of it."""
        return self._verdict.text()

    def show_check(self, told: GradientCheck | None, instead: str = "") -> None:
        """Say what is known.

        Args:
            told: What is known; None for nothing.
            instead: What to say then.
        """
        columns = [words.HEADS]
        best = None
        if told is not None:
            columns += [words.backward(told)]
            columns += [words.column(told, slope) for slope in told.slopes]
            best = told.best
        blank = ("", "", "")
        columns += [blank] * (_COLUMNS - len(columns))
        for (row, column), cell in self._cells.items():
            say(cell, columns[column][row] if told is not None else "")
            is_head = row == 0 or column == 0
            place = column - 2
            is_best = told is not None and 0 <= place < len(told.slopes)
            is_best = is_best and told is not None and told.slopes[place] is best
            look = "caption" if is_head else "question" if is_best else ""
            set_look(cell, "role", look)
        say(self._formula, words.formula(told) if told is not None else "")
        say(self._verdict, words.verdict(told) if told is not None else instead)
        self.setToolTip(wrapped(words.exact(told)) if told is not None else "")
        self.setAccessibleDescription(self.verdict)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(sizes.SMALL))
        self._grid.setVerticalSpacing(px(1))
        lines = 2 * self._verdict.fontMetrics().lineSpacing()
        self._verdict.setFixedHeight(lines + px(2))
