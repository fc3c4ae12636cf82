"""One entrant's lane: name, clock, progress, counter and speed, painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from microgpt_gui.gui.panels.race import words
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from microgpt_gui.gui.jobs.race import Entrant
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.roles import Theme

_NOTHING = "–"


class Lane(QWidget):
    """A tick to enter an engine, and how it does.

    It paints its figures: labels would have the window laid out anew at each change.

    Attributes:
        key: The engine's.
        box: Whether it enters.
        clock, counter, speed, times: The figures, as they are shown.

    Signals:
        entering_changed: The person has ticked or cleared ``box``.
    """

    entering_changed = Signal()

    def __init__(
        self, key: str, title: str, description: str, index: int, appearance: Appearance
    ) -> None:
        super().__init__()
        self.key = key
        self.title = title
        self._index = index
        self._appearance = appearance
        self._share = 0.0  # of the way
        self._problem = ""
        self._wordings: tuple[str, ...] = ("",)
        self.clock, self.counter, self.speed = _NOTHING, "", ""
        self.box = QCheckBox(title, self)
        self.box.setChecked(True)
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.setAccessibleName(f"Enter {title} in the race")
        self.box.setToolTip(f"{title}: {description}. Tick it to let it race.")
        self.box.toggled.connect(self.entering_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def color(self) -> str:
        """The colour of its bar and its curve."""
        return self.ink(self._appearance.theme)

    def ink(self, theme: Theme) -> str:
        """Return its colour on another ground."""
        return theme.series[self._index % len(theme.series)]

    @property
    def times(self) -> str:
        """How many times as fast as the slowest it is; empty for the slowest."""
        return self._wordings[-1]

    def show_entrant(
        self, entrant: Entrant | None, steps: int, factor: float | None
    ) -> None:
        """Show how far it is of ``steps``, and how many times as fast as the slowest.

        None for one that does not race.
        """
        self._share = 0.0
        self._problem = self.counter = self.speed = ""
        self._wordings = words.times(factor)
        self.clock = _NOTHING
        if entrant is not None:
            self._share = entrant.step / steps
            self._problem = entrant.problem
            self.clock = words.clock(entrant.seconds, is_finished=entrant.is_finished)
            self.counter = words.counter(entrant.step, steps)
            self.speed = words.speed(entrant.steps_per_s)
        self.setToolTip(self._problem)
        self.setAccessibleDescription(
            ", ".join(filter(None, (self.clock, self.counter, self.speed, self.times)))
        )
        self.update()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.box.setFont(self._appearance.font(weight=QFont.Weight.Medium))
        top, bar, bottom = self._heights()
        self.setFixedHeight(top + bar + bottom + 2 * self._appearance.px(sizes.TIGHT))
        self.setMinimumWidth(self.minimumSizeHint().width())
        self._place_box()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As wide as the counter and the speed."""
        metrics = QFontMetrics(self._small())
        width = metrics.horizontalAdvance("10,000 / 10,000  10,000 steps/s")
        return QSize(width, self.height())

    def sizeHint(self) -> QSize:
        """See `minimumSizeHint`."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the tick."""
        super().resizeEvent(event)
        self._place_box()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the figures and the bar."""
        painter = QPainter(self)
        theme, px = self._appearance.theme, self._appearance.px
        top, bar, bottom = self._heights()
        gap = px(sizes.TIGHT)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        row = QRect(0, 0, self.width(), top)
        painter.setFont(self._large())
        painter.setPen(QColor(theme.text))
        painter.drawText(row, right, self.clock)
        width = painter.fontMetrics().horizontalAdvance
        # Room for a longer clock: what stands beside it must not move all the time.
        taken = max(width("000.0 s"), width(self.clock))
        row.setRight(self.width() - taken - 3 * gap)
        row.setLeft(self.box.geometry().right() + gap)
        painter.setFont(self._appearance.font(weight=QFont.Weight.DemiBold))
        painter.setPen(QColor(theme.muted))
        metrics = painter.fontMetrics()
        fitting = (
            w for w in self._wordings if metrics.horizontalAdvance(w) < row.width()
        )
        painter.drawText(row, right, next(fitting, ""))

        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, top + gap, self.width(), bar)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(groove, bar / 2, bar / 2)
        if self._share > 0:
            groove.setWidth(max(bar, self._share * self.width()))
            painter.setBrush(QColor(self.color))
            painter.drawRoundedRect(groove, bar / 2, bar / 2)

        painter.setFont(self._small())
        row = QRect(0, top + bar + 2 * gap, self.width(), bottom)
        if self._problem:
            painter.setPen(QColor(theme.warning))
            text = painter.fontMetrics().elidedText(
                self._problem, Qt.TextElideMode.ElideRight, row.width()
            )
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, text)
            return
        painter.setPen(QColor(theme.muted))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, self.counter)
        metrics = painter.fontMetrics()
        row.setLeft(metrics.horizontalAdvance(self.counter) + gap)
        if metrics.horizontalAdvance(self.speed) <= row.width():
            painter.drawText(row, right, self.speed)

    def _heights(self) -> tuple[int, int, int]:
        """Return those of the name's row, the bar, and the row below it."""
        return (
            max(QFontMetrics(self._large()).height(), self.box.sizeHint().height()),
            self._appearance.px(6),
            QFontMetrics(self._small()).height(),
        )

    def _large(self) -> QFont:
        return self._appearance.font(sizes.TITLE, QFont.Weight.DemiBold)

    def _small(self) -> QFont:
        return self._appearance.font(sizes.CAPTION)

    def _place_box(self) -> None:
        top, _, _ = self._heights()
        hint = self.box.sizeHint()
        self.box.setGeometry(QRect(QPoint(0, (top - hint.height()) // 2), hint))
