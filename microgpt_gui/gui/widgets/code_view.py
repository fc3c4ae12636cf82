"""Lines of Python to read: coloured, with the numbers of their file; some are lit."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.fonts import MONO
from microgpt_gui.gui.widgets.code_gutter import CodeGutter, NumberedLine
from microgpt_gui.gui.widgets.code_text import CodeLine, write_code
from microgpt_gui.gui.widgets.keys import TAKES_ENTER
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.code_text import CodePart

#: Of the accent, how much is in the ground of lines that are lit, and of those that
#: are lit less.
_LIT, _HALF_LIT = 0.24, 0.09


class CodeView(QTextEdit):
    """Shows parts of files. Nothing in them can be changed.

    Up and Down go from one linked line to the next, which chooses it, as a click does;
    Enter chooses it again.

    Attributes:
        lit: The lines that are lit.
        half_lit: Those that are lit less.

    Signals:
        line_chosen: Somebody chose a linked line (`CodeLine`).
    """

    line_chosen = Signal(object)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._parts: Sequence[CodePart] = ()
        self._lines: list[CodeLine | None] = []  # of each block; None for a file's name
        self._blocks: dict[CodeLine, int] = {}
        self._tips: Mapping[CodeLine, str] = {}  # of linked lines
        self._current: CodeLine | None = None
        self._block_tops: list[int] = []
        self._heights: list[int] = []
        self._measured_width = -1  # at which the two before were measured
        self.lit: frozenset[CodeLine] = frozenset()
        self.half_lit: frozenset[CodeLine] = frozenset()
        self.setObjectName("code")
        self.setReadOnly(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(TAKES_ENTER, True)
        self.viewport().setMouseTracking(True)
        self._gutter = CodeGutter(self, self, appearance)
        self.verticalScrollBar().valueChanged.connect(self._gutter.update)
        self.document().documentLayout().documentSizeChanged.connect(
            self._gutter.update
        )

    # What is shown

    def show_parts(self, parts: Sequence[CodePart]) -> None:
        """Show ``parts``, one below the other, each file's under its name."""
        self._parts = parts
        self.restyle()

    def link(self, tips: Mapping[CodeLine, str]) -> None:
        """Let lines be chosen.

        Args:
            tips: Of each that may be, what is said of it.
        """
        self._tips = tips

    def light(self, lit: Iterable[CodeLine], half_lit: Iterable[CodeLine]) -> None:
        """Light these lines, and no others; scroll to them if none of them is seen."""
        lit, half_lit = frozenset(lit), frozenset(half_lit)
        if (lit, half_lit) == (self.lit, self.half_lit):
            return
        self.lit, self.half_lit = lit, half_lit
        if self._current not in lit | half_lit:
            self._current = min(lit, key=self._block_number, default=None)
        self._show_lights()
        self.reveal()

    def reveal(self) -> None:
        """Scroll so that what is lit is seen, if it is not."""
        shown = sorted(n for line in self.lit if (n := self._block_number(line)) >= 0)
        if not shown:
            return
        top = self._box(shown[0]).top()
        bottom = self._box(shown[-1]).bottom()
        if bottom - top > self.viewport().height():  # then of the last that are one
            last = next(n for n in reversed(shown) if n - 1 not in shown)
            top, bottom = self._box(last).top(), self._box(last).bottom()
        if top < 0 or bottom > self.viewport().height():
            bar = self.verticalScrollBar()
            middle = (top + bottom - self.viewport().height()) // 2
            bar.setValue(bar.value() + middle)

    def put_on_top(self, line: CodeLine) -> None:
        """Scroll so that ``line`` is the first in sight, as far as that goes."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.line_box(line).top())

    def line_text(self, line: CodeLine) -> str:
        """Return the text of a line that is shown; empty of any other."""
        number = self._block_number(line)
        return self.document().findBlockByNumber(number).text() if number >= 0 else ""

    def line_box(self, line: CodeLine) -> QRect:
        """Return where a line is, in pixels of the viewport."""
        return self._box(self._block_number(line))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, font = self._appearance.px, self._appearance.font
        usual = font(sizes.CAPTION + 1, family=MONO)
        usual.setFeature(QFont.Tag("calt"), 0)  # signs as they are typed, no ligatures
        self.setFont(usual)
        self.document().setDocumentMargin(px(sizes.TIGHT))
        self._lines = write_code(self.document(), self._parts, usual, self._appearance)
        self._measured_width = -1
        self._blocks = {line: i for i, line in enumerate(self._lines) if line}
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._gutter.setFont(font(sizes.CAPTION, family=MONO))
        numbers = [line.number for line in self._blocks]
        self._gutter.fit(max(numbers, default=0), px(sizes.SMALL))
        self.setViewportMargins(self._gutter.width(), 0, 0, 0)
        self._place_gutter()
        self._show_lights()
        self.reveal()

    def lines_seen(self) -> list[NumberedLine]:
        """See `NumberedView`."""
        seen = []
        bottom = self.viewport().height()
        scrolled = self.verticalScrollBar().value()
        first = bisect_right(self._tops(), scrolled) - 1
        for number in range(max(0, first), len(self._lines)):
            top, line = self._tops()[number] - scrolled, self._lines[number]
            if top > bottom:
                break
            if line is not None:
                height = self._heights[number]
                seen.append(NumberedLine(line.number, top, height, line in self.lit))
        return seen

    def _tops(self) -> list[int]:
        """Return where the blocks begin, measured once for each width."""
        if self._measured_width != self.viewport().width():
            self._measured_width = self.viewport().width()
            layout, document = self.document().documentLayout(), self.document()
            boxes = [
                layout.blockBoundingRect(document.findBlockByNumber(number)).toRect()
                for number in range(len(self._lines))
            ]
            self._block_tops = [box.top() for box in boxes]
            self._heights = [box.height() for box in boxes]
        return self._block_tops

    # Lights

    def _show_lights(self) -> None:
        self.viewport().update()
        self._gutter.update()

    def _paint_lights(self) -> None:
        """Paint the grounds of what is lit, from edge to edge, below the text."""
        theme = self._appearance.theme
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        for lines, share in ((self.half_lit - self.lit, _HALF_LIT), (self.lit, _LIT)):
            boxes = [self.line_box(line) for line in lines if line in self._blocks]
            painter.setBrush(_between(theme.surface, theme.accent, share))
            painter.drawRects([box for box in boxes if box.isValid()])

    def _block_number(self, line: CodeLine) -> int:
        return self._blocks.get(line, -1)

    def _box(self, number: int) -> QRect:
        """Return where a block is, in pixels of the viewport, from edge to edge."""
        if not 0 <= number < len(self._lines):
            return QRect()
        top = self._tops()[number] - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._heights[number])

    # Pointer and keys

    def _line_under(self, at: QPoint) -> CodeLine | None:
        number = self.cursorForPosition(at).blockNumber()
        is_on = 0 <= number < len(self._lines) and self._box(number).contains(at)
        line = self._lines[number] if is_on else None
        return line if line in self._tips else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which lines can be clicked."""
        super().mouseMoveEvent(event)
        is_linked = self._line_under(event.position().toPoint()) is not None
        shape = Qt.CursorShape
        self.viewport().setCursor(
            shape.PointingHandCursor if is_linked else shape.IBeamCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line that was clicked, unless some text was selected."""
        super().mouseReleaseEvent(event)
        line = self._line_under(event.position().toPoint())
        is_click = event.button() is Qt.MouseButton.LeftButton
        if is_click and line is not None and not self.textCursor().hasSelection():
            self._choose(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next linked line, or choose the one that the keyboard is on."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(1 if key is Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._current is not None:
                self._choose(self._current)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            bar, is_down = self.verticalScrollBar(), key is Qt.Key.Key_PageDown
            bar.setValue(bar.value() + (1 if is_down else -1) * bar.pageStep())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            event.ignore()

    def _move(self, by: int) -> None:
        linked = sorted(self._tips, key=self._block_number)
        at = -1 if self._current is None else self._block_number(self._current)
        if by > 0:
            wanted = [line for line in linked if self._block_number(line) > at]
        else:
            wanted = [line for line in linked if self._block_number(line) < at][::-1]
        if wanted:
            self._choose(wanted[0])

    def _choose(self, line: CodeLine) -> None:
        self._current = line
        self.line_chosen.emit(line)
        self._keep_in_sight(self._block_number(line))
        self.viewport().update()
        if QAccessible.isActive():
            said = f"Line {line.number}: {self.line_text(line).strip()}."
            told = QAccessibleAnnouncementEvent(self, f"{said} {self._tips[line]}")
            QAccessible.updateAccessibility(told)

    def _keep_in_sight(self, number: int) -> None:
        box, bar = self._box(number), self.verticalScrollBar()
        if box.top() < 0:
            bar.setValue(bar.value() + box.top())
        elif box.bottom() > self.viewport().height():
            bar.setValue(bar.value() + box.bottom() - self.viewport().height())

    def event(self, event: QEvent) -> bool:
        """Take the keys that copy, while there is something selected."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(
            event, QKeyEvent
        ):  # Qt's own would take keys of the window, and not these
            is_copy = event.matches(QKeySequence.StandardKey.Copy)
            is_mine = is_copy and self.textCursor().hasSelection()
            event.setAccepted(is_mine)
            return is_mine
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the line under the pointer computes."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            line = self._line_under(event.pos())
            tip = wrapped(self._tips[line]) if line is not None else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().viewportEvent(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw lights below the text, and a ring around the keyboard's line."""
        self._paint_lights()
        super().paintEvent(event)
        if self.hasFocus() and self._current is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self._appearance.theme.accent), 1))
            painter.drawRect(self.line_box(self._current).adjusted(1, 0, -2, -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is lit in sight."""
        super().resizeEvent(event)
        self._place_gutter()
        self.reveal()

    @Slot()
    def _place_gutter(self) -> None:
        inside = self.contentsRect()
        self._gutter.setGeometry(
            inside.left(), inside.top(), self._gutter.width(), inside.height()
        )


def _between(ground: str, colour: str, share: float) -> QColor:
    """Return ``ground`` with a share of ``colour`` in it."""
    low, high = QColor(ground), QColor(colour)
    return QColor.fromRgbF(
        low.redF() + (high.redF() - low.redF()) * share,
        low.greenF() + (high.greenF() - low.greenF()) * share,
        low.blueF() + (high.blueF() - low.blueF()) * share,
    )
