"""The strip over the plot: the loss of now, large, and which run the thin line was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance


class Readout(QWidget):
    """What the plot shows, in one large number and in as many words as there is room.

    Signals:
        clear_requested: The previous run's line should go.
    """

    clear_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._meanings: tuple[str, ...] = ("",)
        self._comparisons: tuple[str, ...] = ()
        self._number = _label("display")
        self._number.setMinimumWidth(0)  # always whole
        self._number.setAccessibleName("Loss now")
        self._meaning = _label("muted")
        self._swatch = _Swatch(appearance)
        self._comparison = _label("muted")
        self._clear = QToolButton()
        self._clear.setProperty("kind", "quiet")
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.setAccessibleName("Clear the previous run")
        self._clear.setToolTip("Take the previous run's line off the plot")
        self._clear.clicked.connect(self.clear_requested)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._number)
        self._row.addWidget(self._meaning)
        self._row.addStretch(1)
        self._row.addWidget(self._swatch)
        self._row.addWidget(self._comparison)
        self._row.addWidget(self._clear)
        self.show_previous(())

    @property
    def text(self) -> str:
        """The loss of now as it stands there, and what is said of it."""
        return f"{self._number.text()} {self._meaning.text()}".strip()

    @property
    def previous_text(self) -> str:
        """What is said of the previous run; empty for none."""
        return self._comparison.text() if self._comparisons else ""

    def show_loss(self, number: str, meanings: Sequence[str]) -> None:
        """Show the loss of now.

        Args:
            number: For the back row.
            meanings: What it is: wordings, the longest first.
        """
        if (number, tuple(meanings)) != (self._number.text(), self._meanings):
            self._meanings = tuple(meanings)
            self._number.setText(number)
            self._meaning.setToolTip(meanings[0])
            self._fit()

    def show_previous(self, comparisons: Sequence[str]) -> None:
        """Say which run the thin line was: wordings, longest first; none if empty."""
        self._comparisons = tuple(comparisons)
        for widget in (self._swatch, self._comparison, self._clear):
            widget.setVisible(bool(comparisons))
        self._comparison.setToolTip(comparisons[0] if comparisons else "")
        self._fit()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._row.setContentsMargins(px(sizes.MEDIUM), 0, px(sizes.SMALL), 0)
        self._row.setSpacing(px(sizes.SMALL))
        self._clear.setIcon(
            self._appearance.icon("close", self._appearance.theme.muted)
        )
        self._clear.setIconSize(QSize(px(14), px(14)))
        self._swatch.setFixedSize(px(22), px(sizes.MEDIUM))
        # As high without the button as with it, or the plot below would jump; and not
        # asked of the widgets, which may not be dressed yet.
        number = QFontMetrics(self._appearance.font(sizes.DISPLAY))
        self.setFixedHeight(max(number.height(), px(28)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Choose wordings that fit side by side, of the previous run the longest."""
        room = self._room()
        pairs = (
            (meaning, comparison)
            for comparison in (*self._comparisons, "")
            for meaning in (*self._meanings, "")
            if self._width_of(meaning) + self._width_of(comparison) <= room
        )
        meaning, comparison = next(pairs, ("", ""))
        self._meaning.setText(meaning)
        self._comparison.setText(comparison)

    def _room(self) -> int:
        """Return the pixels that are left for words."""
        margins, spacing = self._row.contentsMargins(), self._row.spacing()
        room = self.width() - margins.left() - margins.right() - 4 * spacing
        room -= self._number.sizeHint().width()
        if self._comparisons:
            room -= self._swatch.width() + self._clear.sizeHint().width() + spacing
        return room

    def _width_of(self, text: str) -> int:
        self._meaning.ensurePolished()
        return self._meaning.fontMetrics().horizontalAdvance(text)


class _Swatch(QWidget):
    """A piece of the previous run's line."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        muted = QColor(self._appearance.theme.muted)
        painter.setPen(QPen(muted, 1, Qt.PenStyle.DashLine))
        y = self.height() // 2
        painter.drawLine(0, y, self.width(), y)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)  # its text follows the room, not the other way round
    return label
