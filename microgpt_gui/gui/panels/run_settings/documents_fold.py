"""Which documents are learnt from: a line, and the settings that it unfolds to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.panels.run_settings.field_row import FieldRow
    from microgpt_gui.gui.theme.appearance import Appearance

_TIP = (
    "Hold some documents out, so that no step learns from them: their loss tells what "
    "is learnt from what is known by heart. Or train on few, to see that happen."
)


class _FoldLine(QPushButton):
    """A line of text to press; ends in dots where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self.setProperty("kind", "fold")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def tell(self, told: str) -> None:
        """Show a text."""
        self._told = told
        self.setAccessibleName(told)
        self.setToolTip(wrapped(f"{told}.", _TIP))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return room for the icon."""
        return QSize(2 * self.iconSize().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the text as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * self.iconSize().width()
        elided = self.fontMetrics().elidedText(
            self._told, Qt.TextElideMode.ElideRight, room
        )
        self.setText(f" {elided}")  # a space for room after the icon


class DocumentsFold(QWidget):
    """Says which documents are learnt from; its settings are there when wanted.

    What is changed but not in force, or wrong, is always in sight.
    """

    def __init__(self, appearance: Appearance, rows: Sequence[FieldRow]) -> None:
        """Fold the rows away."""
        super().__init__()
        self._appearance = appearance
        self._is_wanted = False
        self._is_needed = False
        self._button = _FoldLine()
        self._button.clicked.connect(self._on_button_clicked)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        for row in rows:
            self._column.addWidget(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._button)
        whole.addWidget(self._rows)
        self._show_rows()

    def show_state(self, told: str, *, is_needed: bool) -> None:
        """Say which documents are learnt from.

        Args:
            told: That, in few words.
            is_needed: Whether a setting below is changed or wrong, and must be seen.
        """
        self._button.tell(told)
        if is_needed != self._is_needed:
            # What was brought into sight stays there: nothing jumps away on applying.
            self._is_wanted = self._is_wanted or self._is_needed
            self._is_needed = is_needed
            self._show_rows()

    def unfold(self) -> None:
        """Bring the settings into sight."""
        self._is_wanted = True
        self._show_rows()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._column.setContentsMargins(0, px(sizes.TIGHT), 0, 0)
        self._column.setSpacing(px(sizes.TIGHT))
        self._button.setIconSize(QSize(px(12), px(12)))
        self._show_rows()

    def _show_rows(self) -> None:
        is_open = self._is_wanted or self._is_needed
        self._rows.setVisible(is_open)
        icon = "chevron-down" if is_open else "chevron-right"
        self._button.setIcon(self._appearance.icon(icon, self._appearance.theme.muted))
        self._button.setAccessibleDescription(
            "Hides the settings below" if is_open else "Shows more settings below"
        )

    @Slot()
    def _on_button_clicked(self) -> None:
        self._is_wanted = not self._is_wanted
        self._show_rows()
