"""What is said of a piece of learning, and below it its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from microgpt_gui.gui.panels.inside.walk.board_map import BoardMap
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_lines import ElidedLines

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panels.inside.walk.board import Board
    from microgpt_gui.gui.theme.appearance import Appearance

#: In less height, in pixels at 100 %, what is said has one line; else at most so many.
_LOW, _MOST_LINES = 130, 4


class BoardView(QWidget):
    """Shows a board.

    Attributes:
        told: What is said of it.
        table: Its numbers.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.told = ElidedLines()
        self.table = BoardMap(appearance)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.told)
        self._column.addWidget(self.table, 1)

    @property
    def board(self) -> Board | None:
        """What is shown."""
        return self.table.board

    def show_board(self, told: str, board: Board) -> None:
        """Show ``board``, and say what it is."""
        say(self.told, told)
        self._share_height()
        self.table.setAccessibleDescription(told)
        self.table.show_board(board)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._column.setSpacing(self._appearance.px(sizes.SMALL))
        self.table.rearrange()
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Let what is said have the lines it needs, where the numbers have enough."""
        metrics = self.told.fontMetrics()
        room = QRect(0, 0, self.width(), 1 << 16)
        wanted = metrics.boundingRect(
            room, self.told.text_flags, self.told.text()
        ).height()
        is_low = self.height() < self._appearance.px(_LOW)
        most = metrics.lineSpacing() * (1 if is_low else _MOST_LINES)
        self.told.setFixedHeight(min(wanted, most))
