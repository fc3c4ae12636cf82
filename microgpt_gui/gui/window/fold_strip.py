"""What is left of panels that are folded: a strip at the edge with their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.session.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from microgpt_gui.gui.theme.appearance import Appearance

_SIGN_PX = 14


class FoldStrip(QFrame):
    """A button that unfolds all, and one for each panel, its name upright.

    Signals:
        unfold_requested: All are to come back.
        panel_requested: And this one is to be in front (its title: str).
    """

    unfold_requested = Signal()
    panel_requested = Signal(str)

    def __init__(self, titles: Sequence[str], appearance: Appearance) -> None:
        """Build it; call `show_titles` for each layout.

        Args:
            titles: Of all panels that any layout folds.
            appearance: Theme and zoom.
        """
        super().__init__()
        self.setObjectName("foldStrip")
        self._appearance = appearance
        self._unfold = QToolButton()
        self._unfold.setProperty("kind", "quiet")
        self._unfold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unfold.setAccessibleName("Unfold the settings")
        self._unfold.clicked.connect(self.unfold_requested)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignHCenter)
        self._buttons = [UprightButton(title, appearance) for title in titles]
        for button in self._buttons:
            button.clicked.connect(self._on_clicked)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def show_titles(self, titles: Sequence[str]) -> None:
        """Show the buttons of the panels that the layout folds."""
        self._unfold.setToolTip(f"Bring {listed(titles)} back (S)")
        for button in self._buttons:
            button.setVisible(button.title in titles)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, UprightButton)
        self.panel_requested.emit(button.title)

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, muted = self._appearance.px, self._appearance.theme.muted
        self._column.setContentsMargins(
            px(sizes.TIGHT), px(sizes.SMALL), px(sizes.TIGHT), px(sizes.SMALL)
        )
        self._column.setSpacing(px(sizes.SMALL))
        self._unfold.setIcon(self._appearance.icon("unfold", muted, _SIGN_PX))
        self._unfold.setIconSize(QSize(px(_SIGN_PX), px(_SIGN_PX)))


class UprightButton(QToolButton):
    """A button whose words run from bottom to top.

    Attributes:
        title: The words.
    """

    def __init__(self, title: str, appearance: Appearance) -> None:
        super().__init__()
        self.title = title
        self._appearance = appearance
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(title)
        self.setToolTip(f"Bring {title} back, in front")

    def sizeHint(self) -> QSize:
        """Return the room that the words take, turned."""
        self.ensurePolished()
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.title) + metrics.height()
        return QSize(round(metrics.height() * 1.4), width)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a button as the style has it, and the words on it."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        painter.translate(0, self.height())
        painter.rotate(-90)
        painter.setPen(QColor(self._appearance.theme.muted))
        painter.drawText(
            QRect(0, 0, self.height(), self.width()),
            Qt.AlignmentFlag.AlignCenter,
            self.title,
        )
