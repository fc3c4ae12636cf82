"""A line of text that never asks for more width than there is.

Ours and not superqt's: the label of superqt 0.9 tells a screen reader only what fits,
goes on with its old cut when the zoom changes (250 pixels of text in 128), takes for
markup what looks like it, and has no tooltip for the rest. Its import costs the first
paint 50 to 80 ms.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QStyleOption, QWidget

from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ElidedLabel(PlainLabel):
    """Shows as much of its one line as fits; the tooltip tells the rest.

    Attributes:
        text_flags: How the text is laid out, as Qt's painter wants it.
    """

    text_flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> str:
        """What of the text is to be seen."""
        metrics, side = self.fontMetrics(), Qt.TextElideMode.ElideRight
        return metrics.elidedText(self.text(), side, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        """One line, of any width."""
        return QSize(0, self.fontMetrics().height())

    def event(self, event: QEvent) -> bool:
        """Tell the rest only where there is one."""
        if event.type() == QEvent.Type.ToolTip:
            whole = html.escape(self.text())
            self.setToolTip(
                f"<span>{whole}</span>" if self.shown != self.text() else ""
            )
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.text_flags,
            option.palette,
            self.isEnabled(),
            self.shown,
            self.foregroundRole(),
        )
        painter.end()
