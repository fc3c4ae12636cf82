"""The letters of the samples on show: under the pointer, and under the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QToolTip

from microgpt_gui.gui.panels.sampling import wording
from microgpt_gui.gui.widgets.keys import TAKES_ENTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QTableView

    from microgpt_gui.gui.panels.sampling.batch_picture import BatchPicture
    from microgpt_gui.gui.panels.sampling.table_model import SampleTableModel
    from microgpt_gui.gui.widgets.shaped_text import Cluster


class LetterCursor:
    """Moves within the current row: Left and Right, Enter opens, Escape leaves.

    Attributes:
        letter: Where the keyboard is; None for on none.
    """

    def __init__(
        self,
        table: QTableView,
        samples: SampleTableModel,
        picture: Callable[[], BatchPicture | None],
        opened: Callable[[int, int], None],
    ) -> None:
        """Be on no letter.

        Args:
            table: Where the samples are.
            samples: Its model.
            picture: Returns the newest.
            opened: Called with the row and the place of a letter that Enter opens.
        """
        self.letter: Cluster | None = None
        self._table = table
        self._samples = samples
        self._picture = picture
        self._opened = opened

    def at(self, pos: QPoint, row: int) -> Cluster | None:
        """Return the letter of a row at a point of the view; None beside all."""
        place = (pos + self._scrolled()).toPointF()
        return next((c for c in self._letters_of(row) if c.box.contains(place)), None)

    def told(self, row: int, letter: Cluster) -> str:
        """Return all that is known of a letter, as rich text."""
        batch = self._samples.batch
        assert batch is not None
        letters = range(letter.start, letter.start + letter.length)
        return wording.explanation(batch.samples[row], batch, letters)

    def press(self, key: Qt.Key) -> bool:
        """Do what a key means, and say whether it meant anything."""
        row = self._table.currentIndex().row()
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if by is not None and (letters := self._letters_of(row)):
            at = letters.index(self.letter) + by if self.letter in letters else 0
            self._go_to(row, letters[max(0, min(at, len(letters) - 1))])
            return True
        if self.letter is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(row, self.letter.start)
            return True
        if key == Qt.Key.Key_Escape:
            self.leave()
            return True
        return False

    def leave(self) -> None:
        """Be on no letter: Enter draws samples again."""
        if self.letter is not None:
            self.letter = None
            self._table.setProperty(TAKES_ENTER, False)
            self._table.setAccessibleDescription("")
            self._table.viewport().update()
            QToolTip.hideText()

    def _letters_of(self, row: int) -> list[Cluster]:
        picture = self._picture()
        if picture is None or picture.batch is not self._samples.batch:
            return []
        return picture.clusters.get(row, [])

    def _scrolled(self) -> QPoint:
        """Return which point of the first row's picture is at the view's corner."""
        first = self._samples.index(0, 0)
        return QPoint(0, -self._table.visualRect(first).top())

    def _go_to(self, row: int, letter: Cluster) -> None:
        """Mark a letter, and tell what is known of it."""
        table = self._table
        self.letter = letter
        table.setProperty(TAKES_ENTER, True)
        told = self.told(row, letter)
        plain = QTextDocumentFragment.fromHtml(told).toPlainText()
        table.setAccessibleDescription(plain)
        below = letter.box.bottomLeft().toPoint() - self._scrolled()
        QToolTip.showText(table.viewport().mapToGlobal(below), told, table.viewport())
        table.viewport().update()
