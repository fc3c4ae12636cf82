"""The strip over the plot: the loss of now, large, and which run each line was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from microgpt_gui.gui.panels.loss.legend import Legend
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.overlays import OverlayStroke


class Readout(QWidget):
    """What the plot shows, in one large number and in as many words as there is room.

    It places its parts itself, on a ground of its own: a layout would have the whole
    window laid out anew, and a clear ground all of it painted, at every new number.

    Signals:
        clear_requested: The earlier runs' lines should go.
    """

    clear_requested = Signal()

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._appearance = appearance
        self._meanings: tuple[str, ...] = ("",)
        self._comparisons: tuple[tuple[str, ...], ...] = ()
        self._left = self._right = self._spacing = 0
        self._number = self._label("display")
        self._number.setAccessibleName("Loss now")
        self._meaning = self._label("muted")
        self._legend = Legend(appearance, self)
        self._clear = QToolButton(self)
        self._clear.setProperty("kind", "quiet")
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.setAccessibleName("Clear the earlier runs")
        self._clear.setToolTip("Take the earlier runs' lines off the plot")
        self._clear.clicked.connect(self.clear_requested)
        self.show_overlays([], ())

    @property
    def text(self) -> str:
        """The loss of now as it stands there, and what is said of it."""
        return f"{self._number.text()} {self._meaning.text()}".strip()

    @property
    def overlay_text(self) -> str:
        """What is said of the earlier runs; empty for none."""
        return self._legend.text if self._comparisons else ""

    def show_loss(
        self, number: str, meanings: Sequence[str], explanations: Sequence[str] = ()
    ) -> None:
        """Show the loss of now.

        Args:
            number: For the back row.
            meanings: What it is: wordings, the longest first.
            explanations: What its words mean, for the tool tip.
        """
        if (number, tuple(meanings)) != (self._number.text(), self._meanings):
            self._meanings = tuple(meanings)
            if number != self._number.text():
                self._number.setText(number)
            self._meaning.setToolTip(wrapped(meanings[0], *explanations))
            self._fit()

    def show_overlays(
        self, strokes: list[OverlayStroke], comparisons: Sequence[tuple[str, ...]]
    ) -> None:
        """Say which runs the thin lines were.

        Args:
            strokes: Of the lines; none for no lines.
            comparisons: Wordings, the longest first: each with one text a line.
        """
        self._comparisons = tuple(comparisons) if strokes else ()
        for widget in (self._legend, self._clear):
            widget.setVisible(bool(self._comparisons))
        self._legend.set_lines(strokes, comparisons[0] if comparisons else ())
        self._fit()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._left, self._right = px(sizes.MEDIUM), px(sizes.SMALL)
        self._spacing = px(sizes.SMALL)
        self._clear.setIcon(
            self._appearance.icon("close", self._appearance.theme.muted)
        )
        self._clear.setIconSize(QSize(px(14), px(14)))
        # As high without the button as with it, or the plot below would jump; and not
        # asked of the widgets, which may not be dressed yet.
        number = QFontMetrics(self._appearance.font(sizes.DISPLAY))
        self.setFixedHeight(max(number.height(), px(28)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say what there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the ground; the parts paint themselves."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._appearance.theme.surface))
        painter.end()

    def _fit(self) -> None:
        """Choose wordings that fit side by side, of the earlier runs the longest."""
        room = self._room()
        pairs = (
            (meaning, comparison)
            for comparison in (*self._comparisons, ())
            for meaning in (*self._meanings, "")
            if self._width_of(meaning) + self._legend.width_of(comparison) <= room
        )
        meaning, comparison = next(pairs, ("", ()))
        self._meaning.setText(meaning)
        self._legend.set_texts(comparison)
        self._place()

    def _place(self) -> None:
        height, x = self.height(), self._left
        for label in (self._number, self._meaning):
            width = label.sizeHint().width()
            label.setGeometry(x, 0, width, height)
            x += width + self._spacing
        if not self._comparisons:
            return
        x = self.width() - self._right
        for widget, size in (
            (self._clear, self._clear.sizeHint()),
            (self._legend, QSize(self._legend.width_of(self._legend.texts), height)),
        ):
            x -= size.width()
            top = (height - size.height()) // 2
            widget.setGeometry(x, top, size.width(), size.height())
            x -= self._spacing

    def _label(self, role: str) -> QLabel:
        label = PlainLabel(self)
        label.setProperty("role", role)
        return label

    def _room(self) -> int:
        """Return the pixels that are left for words."""
        spacing = self._spacing
        room = self.width() - self._left - self._right - 4 * spacing
        room -= self._number.sizeHint().width()
        if self._comparisons:
            room -= self._clear.sizeHint().width()
        return room

    def _width_of(self, text: str) -> int:
        self._meaning.ensurePolished()
        return self._meaning.fontMetrics().horizontalAdvance(text)
