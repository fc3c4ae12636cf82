"""The text as one row of cells: position, sign and id, and what is to be predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from microgpt_gui.gui import glossary
from microgpt_gui.gui.panels.tokens import words
from microgpt_gui.gui.panels.tokens.strip_sizes import SCALES, fitting
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.gui.widgets.locking_view import LockingView, narrowed
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.letters import visible

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.panels.tokens.strip_sizes import Line
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.token_row import TokenRow

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

#: What the cells that a position sees have of the accent's colour.
_TINT = 0.18


class TokenStrip(LockingView):
    """One cell a token; scrolls sideways where they would be too narrow.

    Attributes:
        row: What is drawn; None for nothing.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance)
        self.row: TokenRow | None = None
        self._signs: tuple[str, ...] = ()
        self._usual_tokens = 1
        self._scale = 1.0
        self._marked: int | None = None
        self._sizes = fitting(appearance, 1.0, 1, 1, 0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Tokens of the text, in the order the model gets them")
        self.setToolTip(
            wrapped("Left and Right choose a token, Enter locks it.", glossary.BOS)
        )

    def show_row(self, row: TokenRow | None, usual_tokens: int) -> None:
        """Draw ``row``; nothing if None.

        Args:
            row: What to draw.
            usual_tokens: Room to keep, in tokens.
        """
        before, self.row = self.row, row
        is_same = before is not None and row is not None and _is_drawn_as(before, row)
        if is_same and usual_tokens == self._usual_tokens:
            return
        self._usual_tokens = usual_tokens
        if not is_same:
            labels = row.labels if row else ()
            self._signs = tuple(shown(visible(label)) for label in labels)
        self.rearrange()
        self._keep_within()

    def mark(self, token: int | None) -> None:
        """Mark every cell of a token of the vocabulary; None for none."""
        if token != self._marked:
            self._marked = token
            self.viewport().update()

    def set_scale(self, scale: float) -> None:
        """Say how much larger than usual all may be for the height that there is."""
        if scale != self._scale:
            self._scale = scale
            self.rearrange()

    def least_height(self) -> int:
        """Return the height that it needs, with a bar to scroll, in pixels."""
        least = fitting(self._appearance, min(SCALES), 1, 1, 0)
        return least.height + self.horizontalScrollBar().sizeHint().height()

    # Where all is

    def part_count(self) -> int:
        """See `EnlargingView`."""
        return len(self._signs)

    def part_name(self, part: int) -> str:
        """See `EnlargingView`."""
        return words.reading(self.row, part) if self.row else ""

    def moves(self) -> dict[Qt.Key, int]:
        """See `LockingView`."""
        return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}

    def rearrange(self) -> None:
        """See `LockingView`."""
        wanted = max(self._usual_tokens, self.part_count(), 1)
        largest = max(self.part_count(), len(self.row.chars) if self.row else 0)
        self._sizes = sizes = fitting(
            self._appearance, self._scale, self.width(), wanted, largest
        )
        room = max(1, self.width() - sizes.left)
        bar = self.horizontalScrollBar()
        whole = self._whole()
        is_scrolled = max(whole, wanted * sizes.pitch - sizes.gap) > room
        height = sizes.height + (bar.sizeHint().height() if is_scrolled else 0)
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
        bar.setRange(0, max(0, whole - room))
        bar.setPageStep(room)
        bar.setSingleStep(sizes.pitch)
        self.viewport().update()

    def _whole(self) -> int:
        """Return the width of all cells, and of the words over those not read."""
        cells = self.part_count() * self._sizes.pitch
        if self.row is None or not self.row.unread:
            return cells - self._sizes.gap
        said = QFontMetrics(self._sizes.caption()).horizontalAdvance(self._beyond())
        return max(cells, (self.row.positions + 1) * self._sizes.pitch + said)

    def _beyond(self) -> str:
        assert self.row is not None
        return words.beyond(self.row.block_size)

    def box(self, cell: int) -> QRect:
        """See `LockingView`."""
        sizes = self._sizes
        x = sizes.left + cell * sizes.pitch - self.offset().x()
        return QRect(x, sizes.cell.top, sizes.pitch - sizes.gap, sizes.cell.height)

    def cell_at(self, at: QPoint) -> int | None:
        """See `LockingView`."""
        sizes = self._sizes
        if at.x() < sizes.left:
            return None
        cell = (at.x() - sizes.left + self.offset().x()) // sizes.pitch
        is_high = at.y() <= sizes.height
        return cell if is_high and 0 <= cell < self.part_count() else None

    def reveal(self, cell: int) -> None:
        """See `LockingView`."""
        bar, pitch = self.horizontalScrollBar(), self._sizes.pitch
        room = self.width() - self._sizes.left
        # With the next one, which is to be predicted.
        first, last = cell * pitch, min(cell + 2, self.part_count()) * pitch
        bar.setValue(min(max(bar.value(), last - room), first))

    # The picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view, and what the pointer and the keyboard are on."""
        row, sizes = self.row, self._sizes
        if row is None:
            return
        theme = self._appearance.theme
        painter = QPainter(self.viewport())
        painter.setFont(sizes.caption())
        painter.setPen(QColor(theme.muted))
        for line, caption in (
            (sizes.position, words.POSITION),
            (sizes.cell, words.TOKEN),
            (sizes.id, words.ID),
            (sizes.predict, words.PREDICT),
        ):
            painter.drawText(
                QRect(0, line.top, sizes.left, line.height), _LEFT, caption
            )
        seen = self.viewport().rect().adjusted(sizes.left - sizes.gap // 2, 0, 0, 0)
        painter.setClipRect(seen)
        first = max(0, self.offset().x() // sizes.pitch)
        cells = range(
            first, min(self.part_count(), first + seen.width() // sizes.pitch + 2)
        )
        told = self._told_position()
        for cell in cells:
            self._draw_cell(painter, row, cell, told)
        self._draw_lines(painter, row, cells, told)
        self._draw_rings(painter, row, cells, told)
        painter.end()

    def _told_position(self) -> int | None:
        """Return which position is spoken of; None where no token is read."""
        told = self.spoken if self.enlarged is None else self.enlarged
        if told is None or self.row is None or told >= self.row.positions:
            return None
        return told

    def _is_pale(self, row: TokenRow, cell: int, told: int | None) -> bool:
        """Say whether a cell has no part: in training, or in what is locked."""
        is_later = self.enlarged is not None and told is not None and cell > told + 1
        return cell > row.positions or is_later

    def _draw_cell(
        self, painter: QPainter, row: TokenRow, cell: int, told: int | None
    ) -> None:
        theme, box = self._appearance.theme, self.box(cell)
        is_bos = row.tokens[cell] == len(row.chars)
        is_pale = self._is_pale(row, cell, told)
        is_read = cell < row.positions
        ink = theme.muted if is_pale or not is_read else theme.text
        pen = QPen(QColor(theme.border))
        ground = QColor(Qt.GlobalColor.transparent)
        if is_read and not is_pale:
            ground = QColor(theme.muted if is_bos else theme.raised)
            ink = theme.surface if is_bos else ink
            pen = QPen(QColor(theme.muted if is_bos else theme.border))
        elif not is_pale:
            pen = QPen(QColor(theme.muted), 1, Qt.PenStyle.DashLine)
        else:
            pen = QPen(Qt.PenStyle.NoPen)
        if told is not None and cell <= told:
            ground = ground if is_bos else self._tint()
            pen = QPen(QColor(theme.accent))
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(ink))
        sign = self._signs[cell]
        font = self._sizes.sign_font(is_bos=is_bos)
        painter.setFont(narrowed(font, sign, box.width() - 2))
        painter.drawText(box, _CENTRE, sign)

    def _draw_lines(
        self, painter: QPainter, row: TokenRow, cells: range, told: int | None
    ) -> None:
        """Draw position and id of each cell, and what it is asked to predict."""
        theme, sizes = self._appearance.theme, self._sizes
        muted, text = QColor(theme.muted), QColor(theme.text)
        painter.setFont(sizes.id_font())
        for cell in cells:
            box, is_pale = self.box(cell), self._is_pale(row, cell, told)
            painter.setPen(muted)
            if cell < row.positions:
                painter.drawText(_at(box, sizes.position), _CENTRE, str(cell))
            painter.setPen(muted if is_pale else text)
            painter.drawText(_at(box, sizes.id), _CENTRE, str(row.tokens[cell]))
        for cell in cells:
            if cell >= row.positions or self._is_pale(row, cell + 1, told):
                continue
            is_told = cell == told
            box, sign = self.box(cell), self._signs[cell + 1]
            is_bos = row.tokens[cell + 1] == len(row.chars)
            font = sizes.asked_font(is_bos=is_bos, is_told=is_told)
            painter.setFont(narrowed(font, sign, box.width()))
            painter.setPen(QColor(theme.accent) if is_told else text)
            painter.drawText(_at(box, sizes.predict), _CENTRE, sign)
        if row.unread:
            x = self.box(row.positions + 1).left()
            painter.setFont(sizes.caption())
            painter.setPen(muted)
            line = sizes.position
            painter.drawText(
                QRect(x, line.top, self._whole(), line.height), _LEFT, self._beyond()
            )

    def _draw_rings(
        self, painter: QPainter, row: TokenRow, cells: range, told: int | None
    ) -> None:
        """Draw around what is marked, what is to be predicted, what is pointed at."""
        theme = self._appearance.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.text), 2))
        for cell in cells:
            if row.tokens[cell] == self._marked:
                painter.drawRect(self.box(cell).adjusted(1, 1, -1, -1))
        if told is not None:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.box(told + 1).adjusted(1, 1, -1, -1))
        if self.pointed is not None:
            self.draw_pointed(painter, self.pointed, theme.text)

    def _tint(self) -> QColor:
        tint = QColor(self._appearance.theme.accent)
        tint.setAlphaF(_TINT)
        return tint


def _at(box: QRect, line: Line) -> QRect:
    return QRect(box.left(), line.top, box.width(), line.height)


def _is_drawn_as(before: TokenRow, row: TokenRow) -> bool:
    """Say whether two rows look the same: of one text, most steps do."""
    return (
        before.tokens == row.tokens
        and before.chars == row.chars
        and before.block_size == row.block_size
    )
