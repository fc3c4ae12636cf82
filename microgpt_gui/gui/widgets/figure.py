"""A number with its name, for figures that change several times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance


class Figure(QWidget):
    """A muted name and a strong number on one line, painted.

    A label would have the whole window laid out anew at every change of its text, and
    all that lies behind it painted; the room of this one is that of its longest text,
    and its ground its own.

    Signals:
        outgrown: What is shown is longer than what there was room for; now there is.
    """

    outgrown = Signal()

    def __init__(
        self,
        appearance: Appearance,
        longest: tuple[str, str],
        tip: str,
        *,
        is_right: bool = False,
    ) -> None:
        """Make room for ``longest``, a (name, number) pair."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._appearance = appearance
        self._longest = longest
        self._is_right = is_right  # stands at the right end of its room
        self._name = self._number = ""
        self.setToolTip(tip)
        self.restyle()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look = self._appearance
        self._plain = look.font()
        self._strong = look.font(sizes.TITLE, QFont.Weight.DemiBold)
        self._of_plain = QFontMetrics(self._plain)
        self._of_strong = QFontMetrics(self._strong)
        self._gap = look.px(6)
        theme = look.theme
        self._ground = QColor(theme.surface)
        self._colours = QColor(theme.muted), QColor(theme.text)
        self.update()

    @property
    def text(self) -> str:
        """Name and number as one reads them."""
        return f"{self._name} {self._number}".strip()

    def show_pair(self, name: str, number: str) -> None:
        """Show another name and number; either may be empty."""
        if (name, number) == (self._name, self._number):
            return
        self._name, self._number = name, number
        self.setAccessibleName(self.text)
        self.update()
        if self._width_of(name, number) > self._width_of(*self._longest):
            self.make_room(name, number)

    def has_room_for(self, name: str, number: str) -> bool:
        """Say whether this pair is whole at the present width."""
        return self._width_of(name, number) <= self.width()

    def make_room(self, name: str, number: str) -> None:
        """Leave room for this pair from now on, be it more or less than before."""
        if (name, number) != self._longest:
            self._longest = name, number
            self.updateGeometry()
            self.outgrown.emit()

    def sizeHint(self) -> QSize:
        """Room for the longest text."""
        return QSize(self._width_of(*self._longest) + 1, self._of_strong.height())

    def minimumSizeHint(self) -> QSize:
        """Whoever has less room than `sizeHint` must hide the figure."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both on one base line."""
        strong, advance = self._of_strong, self._advance(self._name, self._number)
        x = 0
        if self._is_right:
            x = self.width() - advance - strong.horizontalAdvance(self._number)
        y = (self.height() - strong.height()) // 2 + strong.ascent()
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        for text, font, colour, left in (
            (self._name, self._plain, self._colours[0], x),
            (self._number, self._strong, self._colours[1], x + advance),
        ):
            if text:
                painter.setPen(colour)
                painter.setFont(font)
                painter.drawText(left, y, text)
        painter.end()

    def _width_of(self, name: str, number: str) -> int:
        return self._advance(name, number) + self._of_strong.horizontalAdvance(number)

    def _advance(self, name: str, number: str) -> int:
        """Return where the number begins: after the name, and a gap between both."""
        gap = self._gap if name and number else 0
        return self._of_plain.horizontalAdvance(name) + gap
