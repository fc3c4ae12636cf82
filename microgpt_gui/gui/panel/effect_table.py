"""What an alteration does, as a table: as it is, what if, and the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from microgpt_gui.gui.panel import effect_words as words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.effect import Effect

#: So many tokens, those whose odds change most, have a column each.
TOKENS = 4

_TEXT, _FIRST, _SAMPLES = 1, 2, 2 + TOKENS


class EffectTable(QWidget):
    """Four rows: what it is, as it is, what if, and the change."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._grid = QGridLayout(self)
        self._cells: dict[tuple[int, int], QLabel] = {}
        for row in range(4):
            for column in range(_SAMPLES + 1):
                self._add(row, column)
        for row, text in enumerate(("", "as it is", "what if", "change")):
            say(self._cells[row, 0], text)
        self._grid.setColumnStretch(_SAMPLES, 1)
        self._note = ElidedLabel(words.NOT_TRAINING)
        self._note.setProperty("role", "caption")
        self._grid.addWidget(self._note, 4, 0, 1, _SAMPLES + 1)
        self.restyle()

    def _add(self, row: int, column: int) -> None:
        cell = ElidedLabel() if column == _SAMPLES else PlainLabel()
        if row == 0 or column == 0:
            cell.setProperty("role", "caption")
        side = Qt.AlignmentFlag.AlignRight
        if column in (0, _SAMPLES):
            side = Qt.AlignmentFlag.AlignLeft
        cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._cells[row, column] = cell
        self._grid.addWidget(cell, row, column)

    @property
    def texts(self) -> list[list[str]]:
        """What it says, row by row."""
        columns = range(_SAMPLES + 1)
        return [[self._cells[row, c].text() for c in columns] for row in range(4)]

    def show_effect(self, effect: Effect | None) -> None:
        """Say what ``effect`` is; nothing of None."""
        columns: dict[int, Sequence[str]] = {}
        if effect is not None:
            own, altered = effect.own, effect.altered
            losses = own.text_loss, altered.text_loss
            columns[_TEXT] = (
                words.text_loss_of(effect),
                *map(words.number, losses),
                words.difference(*losses),
            )
            for place, (token, *odds) in enumerate(effect.changes(TOKENS)):
                columns[_FIRST + place] = (
                    words.label(token),
                    *map(words.percent, odds),
                    words.points(*odds),
                )
            if _FIRST in columns:
                _, *rest = columns[_FIRST]
                first = f"{words.odds_after(effect)}: {columns[_FIRST][0]}"
                columns[_FIRST] = (first, *rest)
            columns[_SAMPLES] = (
                words.drawn_with(effect),
                words.written(own.samples) or "…",
                words.written(altered.samples) or "…",
                words.how_many_differ(effect),
            )
        for (row, column), cell in self._cells.items():
            if column:
                say(cell, columns.get(column, ("",) * 4)[row])

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(sizes.MEDIUM))
        self._grid.setVerticalSpacing(px(1))
