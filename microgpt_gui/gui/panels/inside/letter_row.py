"""The text, letter by letter: one of its tokens goes the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter

from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.widgets.locking_view import LockingView, narrowed
from microgpt_gui.letters import visible

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.inside.way import TokenWay

_CENTRE = Qt.AlignmentFlag.AlignCenter

#: In pixels at 100 %: a letter's cell at most, BOS, and all.
_WIDE, _BOS, _HIGH = 26, 34, 21


class LetterRow(LockingView):
    """One cell a token that is read; the arrows choose another at once.

    Attributes:
        chosen: The position whose token goes the way; None while nothing is shown.

    Signals:
        position_chosen: Another one is to go the way (int).
    """

    position_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self._way: TokenWay | None = None
        self._signs: tuple[str, ...] = ()
        self.chosen: int | None = None
        for set_policy in (
            self.setHorizontalScrollBarPolicy,
            self.setVerticalScrollBarPolicy,
        ):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Which token goes the way")
        self.setToolTip("Click a letter, or go to it with Left and Right.")

    def show_way(self, way: TokenWay | None) -> None:
        """Draw the text of a way; nothing if None."""
        before, self._way = self._way, way
        self._signs = tuple(shown(visible(x)) for x in way.labels) if way else ()
        is_same = before is not None and way is not None and before.labels == way.labels
        was, self.chosen = self.chosen, None if way is None else way.position
        if not is_same or was != self.chosen:
            self.rearrange()
        if not self.hasFocus() and self.chosen is not None:
            self._current = self.chosen
        self._keep_within()

    def press(self, cell: int) -> None:
        """Choose the token that was clicked."""
        self._current = cell
        if cell != self.chosen:
            self.position_chosen.emit(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the token that the arrows go to, at once."""
        before = self._current
        super().keyPressEvent(event)
        if self._current != before:
            self.press(self._current)

    # See `LockingView`

    def part_count(self) -> int:
        """See `EnlargingView`."""
        return len(self._signs)

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        return words.position_named(self._way, part) if self._way else ""

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

    def rearrange(self) -> None:
        """See `LockingView`."""
        px = self._appearance.px
        self._wide, self._bos = px(_WIDE), px(_BOS)
        if self.minimumHeight() != px(_HIGH):
            self.setFixedHeight(px(_HIGH))
        room = self.viewport().width()
        whole = self._bos + self._wide * max(0, self.part_count() - 1)
        bar = self.horizontalScrollBar()
        bar.setRange(0, max(0, whole - room))
        bar.setPageStep(max(1, room))
        if self.chosen is not None:
            self.reveal(self.chosen)
        self.viewport().update()

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        left = self._bos + (cell - 1) * self._wide if cell else 0
        wide = self._wide if cell else self._bos
        return QRect(left - self.offset().x(), 0, wide - 2, self.height())

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        x = at.x() + self.offset().x()
        cell = 0 if x < self._bos else 1 + (x - self._bos) // self._wide
        return cell if cell < self.part_count() else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        bar, box = self.horizontalScrollBar(), self.box(cell)
        if box.right() > self.viewport().width():
            bar.setValue(bar.value() + box.right() - self.viewport().width() + 2)
        elif box.left() < 0:
            bar.setValue(bar.value() + box.left())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the letters; those after the one chosen have no part in its way."""
        theme = self._appearance.theme
        painter = QPainter(self.viewport())
        font = self._appearance.font(sizes.BODY, QFont.Weight.DemiBold)
        chosen = -1 if self.chosen is None else self.chosen
        for cell, sign in enumerate(self._signs):
            box = self.box(cell)
            if not box.intersects(self.viewport().rect()):
                continue
            ground, ink = theme.raised, theme.text
            if cell == chosen:
                ground, ink = theme.accent, theme.on_accent
            elif cell > chosen:
                ground, ink = theme.surface, theme.muted
            painter.fillRect(box, QColor(ground))
            painter.setPen(QColor(ink))
            painter.setFont(narrowed(font, sign, box.width() - 2))
            painter.drawText(box, _CENTRE, sign)
        if self.pointed is not None:
            self.draw_pointed(painter, self.pointed, theme.text)
        painter.end()
