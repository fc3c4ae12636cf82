"""The table of samples: which columns fit, its picture, and the letters in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from microgpt_gui.gui.panels.sampling.batch_picture import (
    BatchPicture,
    Frame,
    picture_of,
)
from microgpt_gui.gui.panels.sampling.letter_cursor import LetterCursor
from microgpt_gui.gui.panels.sampling.row_painter import Column, RowPainter, RowStyle
from microgpt_gui.gui.panels.sampling.rows_copy import RowsCopy
from microgpt_gui.gui.panels.sampling.table_model import (
    LOG_PROBABILITY,
    ORIGIN,
    TEXT,
    VALIDITY,
    SampleTableModel,
)
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.threads.drawing import Drawing

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent, QShowEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.sample_batch import SampleBatch

#: Letters that stand side by side before other columns may take room.
_LETTERS_FIRST = 10

#: Rows that stay visible, however little room there is.
_LEAST_ROWS = 5


class SampleTable(QTableView):
    """Shows a batch of samples.

    Where it is narrow, the log-probability goes first, then words become signs. A new
    batch is painted beside the window's thread; until its picture is there, some
    milliseconds later, the one before stays.

    Attributes:
        samples: The model.

    Signals:
        drawn: The picture of a batch is there.
        letter_clicked: A letter was clicked, or Enter pressed on it (row and place in
            its sample: int, int).
    """

    drawn = Signal()
    letter_clicked = Signal(int, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.samples = SampleTableModel(self)
        self._picture: BatchPicture | None = None
        self._letters = LetterCursor(
            self, self.samples, lambda: self._picture, self.letter_clicked.emit
        )
        # Qt is asked, and told, no more than need be: each call lets go of the lock
        # that the training thread waits for.
        self._frame_in_force: Frame | None = None
        self._fitted: tuple[int, ...] = ()
        self._heights: tuple[int, ...] = ()
        self._is_compact = False
        self._drawing = Drawing(self)
        self._drawing.drawn.connect(self._on_drawing_drawn)
        self.setModel(self.samples)
        # Else all that the table lies upon is painted anew with every batch.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Samples")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(1)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        self._add_actions()
        self.restyle()

    def _add_actions(self) -> None:
        self._copying = RowsCopy(self, self.samples)
        self.copy_action, self.copy_all_action = self._copying.actions
        self.addActions(self._copying.actions)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @property
    def is_drawn(self) -> bool:
        """Whether the picture is of the batch shown, as it is to be shown."""
        picture, batch = self._picture, self.samples.batch
        if batch is None or not batch.samples:
            return True
        return (
            picture is not None
            and picture.batch is batch
            and picture.frame == self._frame()
        )

    @property
    def without_font(self) -> str:
        """The letters of the batch drawn last that no font has."""
        return self._picture.without_font if self._picture else ""

    def show_batch(self, batch: SampleBatch | None) -> None:
        """Show ``batch`` instead of what is shown."""
        before = self.samples.rowCount()
        self.samples.show_batch(batch)
        self._letters.leave()
        if (after := self.samples.rowCount()) != before:  # rows that are new have none
            least = self._rows.least_height
            self._heights = (*self._heights, *[least] * after)[:after]
        if batch is None:
            self._picture = None
            self.viewport().update()
        self._fit_columns()
        self._draw()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look, edge = self._appearance, self._appearance.px(sizes.BODY)
        self._signs = [
            look.icon(name, colour, sizes.BODY).pixmap(edge, edge).toImage()
            for name, colour in (
                ("sparkle", look.theme.good),
                ("copy", look.theme.reference),
            )
        ]
        self._rows, self._fitted = RowPainter(self._style()), ()
        row = self._rows.least_height
        self.verticalHeader().setDefaultSectionSize(row)
        self.setMinimumHeight(_LEAST_ROWS * row + self.horizontalHeader().height())
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for no more than the least: the panel gives what is left over."""
        return QSize(super().minimumSizeHint().width(), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be: columns go, letters wrap."""
        return QSize(self._rows.width_of("0" * 4), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew what fits."""
        super().resizeEvent(event)
        self._fitted = ()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while nobody looked."""
        super().showEvent(event)
        self._draw()

    # What fits

    def _fit(self) -> None:
        """Fit all at once, without waiting for a picture: someone resizes the table."""
        self._fit_columns()
        batch, width = self.samples.batch, self.columnWidth(TEXT)
        samples = batch.samples if batch else ()
        self._fit_rows(tuple(self._rows.height_of(s, width) for s in samples))
        self.viewport().update()
        self._draw()

    def _fit_columns(self) -> None:
        rows, has_rule = self._rows, self.samples.has_rule
        words, sign = rows.word_width("in data"), rows.sign_width()
        rule = (
            rows.word_width("valid") + self._appearance.px(sizes.SMALL)
            if has_rule
            else 0
        )
        number = rows.word_width("\N{MINUS SIGN}100.0")
        batch = self.samples.batch
        texts = [sample.text for sample in batch.samples] if batch else []
        longest = max(texts, key=len, default="")[:_LETTERS_FIRST]
        wanted = max(rows.width_of(longest), rows.width_of("0" * 7))
        spare = self.viewport().width() - rule - wanted
        if self._fitted == (spare, rule):
            return
        self._fitted, self._frame_in_force = (spare, rule), None
        is_compact = spare < words
        if is_compact is not self._is_compact:
            self._is_compact = is_compact
            self._rows = RowPainter(self._style())
        header = self.horizontalHeader()
        header.resizeSection(ORIGIN, sign if is_compact else words)
        header.resizeSection(VALIDITY, rule)
        header.resizeSection(LOG_PROBABILITY, number)
        self.setColumnHidden(VALIDITY, not has_rule)
        self.setColumnHidden(LOG_PROBABILITY, spare < words + number)

    def _fit_rows(self, heights: tuple[int, ...]) -> None:
        if heights == self._heights:
            return
        self._heights, rows = heights, self.verticalHeader()
        for row, height in enumerate(heights):
            if rows.sectionSize(row) != height:
                rows.resizeSection(row, height)

    # The picture

    def _style(self) -> RowStyle:
        look = self._appearance
        return RowStyle(look.theme, look.scale, self._is_compact, *self._signs)

    def _frame(self) -> Frame:
        if self._frame_in_force is None:
            self._frame_in_force = self._new_frame()
        return self._frame_in_force

    def _new_frame(self) -> Frame:
        columns = tuple(
            Column(number, self.columnViewportPosition(number), width)
            for number in range(self.samples.columnCount())
            if (width := self.columnWidth(number))
        )
        width, ratio = self.viewport().width(), self.devicePixelRatioF()
        return Frame(self._style(), columns, width, ratio)

    def _draw(self) -> None:
        """Let the batch be painted, as far as it is in view and half a view beyond."""
        batch = self.samples.batch
        if batch is None or not batch.samples or not self.isVisible():
            return
        high, top = self.viewport().height(), self.verticalOffset()
        first, last = top - high // 2, top + high + high // 2
        self._drawing.want(partial(picture_of, batch, self._frame(), first, last))

    @Slot(object)
    def _on_drawing_drawn(self, picture: BatchPicture) -> None:
        if picture.batch is not self.samples.batch:
            return  # a newer one is on its way
        self._picture = picture
        self._fit_rows(picture.heights)
        self.viewport().update()
        self.drawn.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put the picture on the grounds of the chosen rows."""
        painter = QPainter(self.viewport())
        exposed, offset = event.rect(), self.verticalOffset()
        theme = self._appearance.theme
        painter.fillRect(exposed, QColor(theme.surface))
        for index in self.selectionModel().selectedRows():
            box = self.visualRect(index)
            box.setLeft(0)
            box.setRight(exposed.right())
            painter.fillRect(box, QColor(theme.hover))
        painter.translate(0, -offset)
        picture, batch, done = self._picture, self.samples.batch, range(0)
        if picture is not None and picture.frame == self._frame():
            painter.drawImage(QPoint(0, picture.top), picture.image)
            done = range(picture.top, picture.bottom)
        if picture is None or batch is picture.batch or not done:
            seen = range(exposed.top() + offset, exposed.bottom() + 1 + offset)
            self._paint_rows(painter, seen, done)
        if (letter := self._letters.letter) is not None:
            painter.setPen(QPen(QColor(theme.accent), self._appearance.px(2)))
            painter.drawRect(letter.box)
        painter.end()

    def _paint_rows(self, painter: QPainter, seen: range, done: range) -> None:
        """Paint at once the rows that are ``seen`` and not ``done``."""
        samples = self.samples.batch.samples if self.samples.batch else ()
        columns, given = self._frame().columns, self.samples.prompt_length
        place, is_late = 0, False
        for sample, height in zip(samples, self._heights, strict=False):
            if place >= seen.stop:
                break
            if place + height > seen.start and place not in done:
                self._rows.paint(painter, sample, given, columns, place)
                is_late = True
            place += height
        if is_late:
            self._draw()

    def event(self, event: QEvent) -> bool:
        """Draw anew for a screen of another sharpness; take the key that copies.

        It is the window's, unless rows are chosen here.
        """
        if event.type() is QEvent.Type.ShortcutOverride and self._is_own(event):
            event.accept()
            return True
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._frame_in_force = None
            self._draw()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell of the letter under the pointer first."""
        if isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            cluster = self._letters.at(event.pos(), index.row())
            if index.column() == TEXT and cluster is not None:
                tip = self._letters.told(index.row(), cluster)
                QToolTip.showText(event.globalPos(), tip, self.viewport())
                return True
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a letter that is clicked alone, as rows are chosen with keys held."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        row = self.indexAt(at).row()
        cluster = self._letters.at(at, row)
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        is_alone = len(self.selectionModel().selectedRows()) == 1
        is_left = event.button() is Qt.MouseButton.LeftButton
        if cluster is not None and is_left and is_plain and is_alone:
            self.letter_clicked.emit(row, cluster.start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the rows that are chosen, or go through the letters of one."""
        if self._copying.is_asked_by(event):
            self.copy_action.trigger()
        elif not self._letters.press(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _is_own(self, event: QEvent) -> bool:
        """Say whether a key is this table's, though the window has a use for it."""
        assert isinstance(event, QKeyEvent)
        is_leaving = event.key() == Qt.Key.Key_Escape and self._letters.letter
        return bool(is_leaving) or self._copying.is_asked_by(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be at no letter any more."""
        super().focusOutEvent(event)
        self._letters.leave()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Be at no letter of the row before."""
        super().currentChanged(current, previous)
        self._letters.leave()
