"""How a run is painted in the list: its eye, name, loss, changes and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.theme.divergence_sign import DivergenceSign
from microgpt_gui.gui.theme.overlays import OverlayStroke

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtWidgets import QStyleOptionViewItem

    from microgpt_gui.gui.panels.runs.list_model import RunListModel
    from microgpt_gui.gui.shelf.shelved_run import ShelvedRun
    from microgpt_gui.gui.theme.appearance import Appearance

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

#: A property of an editor that shows the name.
_FILLED = "filled"

#: In pixels at 100 %.
_EYE, _GUTTER = 16, 30


class RowDelegate(QStyledItemDelegate):
    """Paints three lines a run; a click on the eye switches its overlay.

    Signals:
        eye_clicked: The eye of a row was clicked (int).
    """

    eye_clicked = Signal(int)

    def __init__(
        self, runs: RunListModel, appearance: Appearance, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runs = runs
        self._appearance = appearance
        self.restyle()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look, theme = self._appearance, self._appearance.theme
        self._name_font = look.font(weight=QFont.Weight.DemiBold)
        self._text_font = look.font(sizes.CAPTION)
        self._name_line = QFontMetrics(self._name_font).height()
        self._text_line = QFontMetrics(self._text_font).height()
        edge = look.px(_EYE)
        self._open = look.icon("eye", theme.text).pixmap(edge, edge)
        self._closed = look.icon("eye-closed", theme.muted).pixmap(edge, edge)
        self._beside = look.icon("side-by-side", theme.accent, sizes.BODY).pixmap(
            look.px(sizes.BODY), look.px(sizes.BODY)
        )

    @property
    def row_height(self) -> int:
        """Height of a row, in pixels."""
        px = self._appearance.px
        return self._name_line + 2 * self._text_line + 2 * px(2) + 2 * px(6)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """See `QStyledItemDelegate`; as wide as there is room."""
        return QSize(1, self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """See `QStyledItemDelegate`."""
        px, theme = self._appearance.px, self._appearance.theme
        row, kept = index.row(), self._runs.kept(index.row())
        rect: QRect = option.rect
        if kept is None:
            painter.fillRect(rect, QColor(theme.raised))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.hover))
            bar = QRect(rect.left(), rect.top(), px(3), rect.height())
            painter.fillRect(bar, QColor(theme.accent))
        if row:
            painter.setPen(QColor(theme.border))
            painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top())
        self._paint_gutter(painter, rect, kept, self._runs.said(row).has_diverged)
        self._paint_words(painter, rect, row, kept)

    def _paint_words(
        self, painter: QPainter, rect: QRect, row: int, kept: ShelvedRun | None
    ) -> None:
        px, theme = self._appearance.px, self._appearance.theme
        said = self._runs.said(row)
        is_faint = kept is not None and kept.is_hidden
        place = self._text_rect(rect)
        painter.setFont(self._name_font)
        painter.setPen(QColor(theme.muted if is_faint else theme.text))
        metrics = QFontMetrics(self._name_font)
        line = QRect(place.left(), place.top(), place.width(), self._name_line)
        painter.drawText(line, _LEFT, _elided(metrics, said.name, line.width()))
        bottom = place.top() + self._name_line + 2 * (self._text_line + px(2))
        line.moveBottom(bottom)
        painter.drawText(line, _RIGHT, said.loss)
        loss_width = metrics.horizontalAdvance(said.loss) + px(6)
        painter.setFont(self._text_font)
        metrics = QFontMetrics(self._text_font)
        line.setTop(bottom - self._text_line + 1)
        above = line.translated(0, -self._text_line - px(2))
        painter.drawText(above, _LEFT, _elided(metrics, said.changes, above.width()))
        line.setWidth(line.width() - loss_width)
        if kept is not None and kept is self._runs.compared:
            edge = px(sizes.BODY)
            painter.drawPixmap(line.right() - edge, line.top(), self._beside)
            line.setWidth(line.width() - edge - px(sizes.TIGHT))
        painter.setPen(QColor(theme.muted))
        painter.drawText(line, _LEFT, _elided(metrics, said.figures, line.width()))

    def _paint_gutter(
        self,
        painter: QPainter,
        rect: QRect,
        kept: ShelvedRun | None,
        has_diverged: bool,
    ) -> None:
        """Paint the eye, and below it a piece of the run's line in the loss plot."""
        px, theme = self._appearance.px, self._appearance.theme
        eye = self._eye_rect(rect)
        left, right = rect.left() + px(8), rect.left() + px(_GUTTER)
        y = eye.bottom() + px(10)
        sign = DivergenceSign(self._appearance)
        if kept is None:
            painter.setRenderHint(painter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.series[0]))
            radius = px(4)
            painter.drawEllipse(eye.center(), radius, radius)
            painter.setRenderHint(painter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(QColor(theme.series[0]), px(2)))
            painter.drawLine(left, y, right, y)
            if has_diverged:
                sign.draw(painter, QPointF(right - sign.radius, y))
        else:
            pixmap: QPixmap = self._closed if kept.overlay is None else self._open
            painter.drawPixmap(eye.topLeft(), pixmap)
            if kept.overlay is not None:
                stroke = OverlayStroke(
                    self._appearance, kept.overlay, has_diverged=bool(kept.divergence)
                )
                stroke.draw_piece(painter, left, right, y)
            elif has_diverged:
                sign.draw(painter, QPointF(right - sign.radius, y))

    def _eye_rect(self, rect: QRect) -> QRect:
        px = self._appearance.px
        edge = px(_EYE)
        top = rect.top() + px(6) + (self._name_line - edge) // 2
        return QRect(rect.left() + px(11), top, edge, edge)

    def _text_rect(self, rect: QRect) -> QRect:
        px = self._appearance.px
        return rect.adjusted(px(_GUTTER + 8), px(6), -px(sizes.SMALL), -px(6))

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Take clicks on the eye."""
        if isinstance(event, QMouseEvent) and self._runs.kept(index.row()) is not None:
            gutter = QRect(option.rect)
            gutter.setWidth(self._appearance.px(_GUTTER + 4))
            if gutter.contains(event.position().toPoint()):
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.eye_clicked.emit(index.row())
                return True
        return super().editorEvent(event, model, option, index)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """Return a line to write the name into."""
        editor = QLineEdit(parent)
        editor.setAccessibleName("Name of the run")
        editor.setToolTip("Enter takes the name, Escape leaves it as it was")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Fill the editor once: news of the run must not overwrite what is typed."""
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            super().setEditorData(editor, index)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """Lay the editor over the name."""
        place = self._text_rect(option.rect)
        height = max(editor.sizeHint().height(), self._name_line)
        place.setLeft(place.left() - self._appearance.px(sizes.SMALL))
        place.setHeight(min(height, option.rect.height() - self._appearance.px(2)))
        place.moveTop(option.rect.top() + self._appearance.px(1))
        editor.setGeometry(place)


def _elided(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
