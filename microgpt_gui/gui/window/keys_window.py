"""All keys at a glance: as the menus have them, side by side."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.titled_dialog import TitledDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.theme.appearance import Appearance

    #: What it is about, and (what it does, keys) of each.
    Group = tuple[str, list[tuple[str, str]]]

#: Object name of the window, and its title.
KEYS = "Keys"

_NOTE = (
    "Single keys drive the run wherever in the window the focus is, unless you are "
    "typing a text."
)
_MOST_COLUMNS = 4

#: Of the screen, what the window may take.
_SHARE = 0.95


class KeysWindow(TitledDialog):
    """Not modal: one may try what is read. Deletes itself when closed.

    Attributes:
        columns: The groups, from left to right.
    """

    def __init__(
        self, parent: QWidget, appearance: Appearance, groups: Sequence[Group]
    ) -> None:
        """Build it, in as few columns as the screen has the height for."""
        super().__init__(parent, appearance, KEYS)
        self._groups = groups
        self.columns: list[QLabel] = []
        self._row = QHBoxLayout()
        content = QWidget()
        content.setLayout(self._row)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(content)
        self._note = QLabel(_NOTE)
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        self.column.addWidget(self._area, 1)
        self.column.addWidget(self._note)
        self.column.addWidget(self._buttons)
        self.restyle()

    def restyle(self) -> None:
        """Take up theme and zoom, and what the screen has room for."""
        super().restyle()
        margin, gap = self.margin, self.column.spacing()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * margin)
        screen = self.screen().availableSize() * _SHARE
        around = QSize(2 * margin, 2 * margin + 3 * gap)
        for widget in (self.heading, self._note, self._buttons):
            widget.ensurePolished()
            around += QSize(0, widget.sizeHint().height())
        for count in range(1, _MOST_COLUMNS + 1):
            labels = [self._label(part) for part in _parted(self._groups, count)]
            size = self._size_of(labels) + around
            is_first = count == 1
            if size.width() > screen.width() and not is_first:
                break
            chosen, wanted = labels, size
            if size.height() <= screen.height():
                break
        self._show(chosen)
        bar = self._area.verticalScrollBar().sizeHint().width()
        if wanted.height() > screen.height():
            wanted += QSize(bar, 0)
        self.resize(wanted.boundedTo(screen))

    def _size_of(self, labels: Sequence[QLabel]) -> QSize:
        hints = [label.sizeHint() for label in labels]
        width = sum(hint.width() for hint in hints)
        width += (len(hints) - 1) * self._row.spacing()
        # A pixel more, or a scroll bar comes and takes some.
        return QSize(width + 2, max(hint.height() for hint in hints) + 2)

    def _show(self, labels: list[QLabel]) -> None:
        while item := self._row.takeAt(0):
            if (before := item.widget()) is not None:
                before.deleteLater()
        self.columns = labels
        for label in labels:
            self._row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)

    def _label(self, groups: Sequence[Group]) -> QLabel:
        label = QLabel("".join(self._table(group) for group in groups))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setFont(self.appearance.font())
        return label

    def _table(self, group: Group) -> str:
        px = self.appearance.px
        title, rows = group
        cells = "".join(
            f"<tr><td style='padding:{px(1)}px {px(sizes.LARGE)}px {px(1)}px 0;"
            f"white-space:nowrap;font-weight:600'>{escape(keys)}</td>"
            f"<td style='padding:{px(1)}px 0;white-space:nowrap'>{escape(what)}</td>"
            "</tr>"
            for what, keys in rows
        )
        colour = self.appearance.theme.muted
        return (
            f"<p style='color:{colour};font-weight:600;margin:0 0 {px(2)}px 0'>"
            f"{escape(title)}</p>"
            f"<table style='margin-bottom:{px(sizes.SMALL)}px'>{cells}</table>"
        )


def _parted(groups: Sequence[Group], count: int) -> list[list[Group]]:
    """Return ``groups`` in their order in at most ``count`` parts, the highest low."""
    heights = [len(rows) + 2 for _, rows in groups]
    for most in range(max(heights), sum(heights) + 1):
        parts: list[list[Group]] = [[]]
        filled = 0
        for group, height in zip(groups, heights, strict=True):
            if filled + height > most:
                parts.append([])
                filled = 0
            parts[-1].append(group)
            filled += height
        if len(parts) <= count:
            return parts
    return [list(groups)]
