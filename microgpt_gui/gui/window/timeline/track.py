"""All steps of the run on one line, and the handle at the moment shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.keys import TAKES_ARROWS
from microgpt_gui.gui.window.timeline.marks import Mark, MarkKind

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

#: Sizes in pixels at 100 %: the line's height, the handle's and a mark's radius, the
#: room at both ends, and the height that the words over the line take.
_LINE, _HANDLE, _MARK, _ENDS, _WORDS = 6, 7, 4, 10, 17

#: A mark is pointed at from so far, in pixels at 100 %.
_REACH = 5


class Track(QAbstractSlider):
    """Paints itself, marks and words too; a slider to keys and to screen readers.

    Attributes:
        hovered: The step under the pointer, or None.

    Signals:
        wished: The person wants to see the moment after so many steps (int).
        pointed: ``hovered`` changed.
    """

    wished = Signal(int)
    pointed = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._done = 0
        self._is_live = True
        self._marks: tuple[Mark, ...] = ()
        self._words = ""
        self.hovered: int | None = None
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setMouseTracking(True)
        # A click must not take the focus: Space would no longer train.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(TAKES_ARROWS, False)  # the shortcuts do what it would
        self.setAccessibleName("Timeline")
        self.setToolTip("Every step of the run: click or drag to show that moment")
        self.setToolTipDuration(4000)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.actionTriggered.connect(self._on_action_triggered)

    @property
    def words(self) -> str:
        """What is written over the line."""
        return self._words

    def show_run(
        self,
        at: int,
        done: int,
        steps: int,
        marks: tuple[Mark, ...],
        *,
        is_live: bool,
    ) -> None:
        """Show a run.

        Args:
            at: The step that is shown.
            done: Steps there are to be shown.
            steps: Steps the run shall have.
            marks: What happened on the way.
            is_live: Whether ``at`` follows the run.
        """
        self._done, self._is_live, self._marks = done, is_live, marks
        whole = max(steps, done, 1)
        if whole != self.maximum():
            self.setRange(0, whole)
            self.setPageStep(max(1, whole // 10))
        self.setValue(at)
        self.update()

    def say(self, words: str) -> None:
        """Write ``words`` over the line, at the step under the pointer."""
        if words != self._words:
            self._words = words
            self.update()

    def marks_at(self, step: int) -> str:
        """Return what the marks at or near ``step`` say; empty for none."""
        reach = self._appearance.px(_REACH)
        x = self.x_of(step)
        near = [m for m in self._marks if abs(self.x_of(m.step) - x) <= reach]
        return "; ".join(mark.text for mark in near)

    def x_of(self, step: float) -> float:
        """Return where ``step`` lies, in pixels."""
        ends = self._appearance.px(_ENDS)
        return ends + step / max(self.maximum(), 1) * (self.width() - 2 * ends)

    def step_at(self, x: float) -> int:
        """Return the step nearest to ``x``, in pixels."""
        ends = self._appearance.px(_ENDS)
        share = (x - ends) / max(self.width() - 2 * ends, 1)
        return min(max(round(share * self.maximum()), 0), self.maximum())

    def sizeHint(self) -> QSize:
        """As high as words and handle; as wide as there is room."""
        px = self._appearance.px
        return QSize(px(160), px(_WORDS + 2 * _HANDLE + 4))

    def minimumSizeHint(self) -> QSize:
        """Below this, steps cannot be told apart."""
        return QSize(self._appearance.px(90), self.sizeHint().height())

    # The hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the pointer, and follow it from there."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.wished.emit(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._point_at(self.step_at(event.position().x()))
        if self.isSliderDown() and self.hovered is not None:
            self.wished.emit(self.hovered)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow no further."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, step: int | None) -> None:
        if step != self.hovered:
            self.hovered = step
            self.pointed.emit()

    @Slot()
    def _on_action_triggered(self) -> None:
        """Take a wish of the keyboard, the wheel or a screen reader."""
        wanted = self.sliderPosition()
        self.setSliderPosition(self.value())
        self.wished.emit(wanted)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, what is marked on it, the handle and the words."""
        px, theme = self._appearance.px, self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = px(_WORDS) + px(_HANDLE) + 2
        at, now = self.x_of(self.value()), self.x_of(self._done)
        end = self.x_of(self.maximum())
        self._draw_line(painter, self.x_of(0), end, middle, theme.border)
        if self._done:
            self._draw_line(painter, self.x_of(0), now, middle, theme.faint)
        if self.value():
            self._draw_line(painter, self.x_of(0), at, middle, theme.accent)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        for mark in self._marks:
            self._draw_mark(painter, mark, middle)
        if not self._is_live:
            self._draw_now(painter, now, middle)
        self._draw_handle(painter, at, middle)
        if self._words:
            self._draw_words(painter)
        painter.end()

    def _draw_line(
        self, painter: QPainter, left: float, right: float, middle: int, colour: str
    ) -> None:
        height = self._appearance.px(_LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        rect = QRectF(
            left - height / 2, middle - height / 2, right - left + height, height
        )
        painter.drawRoundedRect(rect, height / 2, height / 2)

    def _draw_mark(self, painter: QPainter, mark: Mark, middle: int) -> None:
        """Draw a diamond for a fork, a bar for a change, a square for a save."""
        theme, radius = self._appearance.theme, self._appearance.px(_MARK)
        x, high = self.x_of(mark.step), self._appearance.px(_LINE) / 2
        painter.setPen(QPen(QColor(theme.surface), 1))
        painter.setBrush(QColor(theme.text))
        y = middle - high - radius - 1
        if mark.kind is MarkKind.FORK:
            corners = [(0, -radius), (radius, 0), (0, radius), (-radius, 0)]
            painter.drawPolygon(QPolygonF([QPointF(x + a, y + b) for a, b in corners]))
        elif mark.kind is MarkKind.SAVE:
            edge = 2 * radius - 1
            painter.drawRect(QRectF(x - edge / 2, y - edge / 2, edge, edge))
        else:
            painter.drawRect(QRectF(x - 1.5, y - radius, 3, radius + 2 * high + 1))

    def _draw_now(self, painter: QPainter, x: float, middle: int) -> None:
        """Draw where the run is, while an earlier moment is shown."""
        radius = self._appearance.px(_MARK)
        painter.setPen(QPen(QColor(self._appearance.theme.accent), radius / 2))
        high = self._appearance.px(_LINE) / 2 + radius
        painter.drawLine(QPointF(x, middle - high), QPointF(x, middle + high))

    def _draw_handle(self, painter: QPainter, x: float, middle: int) -> None:
        """Draw a full disc while live, an open one in another colour in the past."""
        theme, radius = self._appearance.theme, self._appearance.px(_HANDLE)
        colour = QColor(theme.accent if self._is_live else theme.warning)
        if self._is_live:
            painter.setPen(QPen(QColor(theme.surface), 2))
            painter.setBrush(colour)
        else:
            painter.setPen(QPen(colour, self._appearance.px(3)))
            painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(QPointF(x, middle), radius - 1, radius - 1)

    def _draw_words(self, painter: QPainter) -> None:
        """Write over the pointer, within the track's ends."""
        theme, px = self._appearance.theme, self._appearance.px
        painter.setFont(self._appearance.font(sizes.CAPTION))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(
            self._words, Qt.TextElideMode.ElideRight, self.width() - 2
        )
        width = metrics.horizontalAdvance(text) + 2 * px(sizes.TIGHT)
        x = self.x_of(self.hovered or 0) - width / 2
        x = min(max(x, 0), max(self.width() - width, 0))
        ground = QRectF(x, 0, width, px(_WORDS) - 1)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QColor(theme.text))
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)
