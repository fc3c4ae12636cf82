"""A row of buttons of which one is pressed: which page is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.keys import TAKES_ARROWS
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence


class PageSwitch(QWidget):
    """Arrows go from page to page, as among tabs.

    Attributes:
        buttons: One for each page.

    Signals:
        chosen: Another page is to be shown (its number: int).
    """

    chosen = Signal(int)

    def __init__(self, name: str, pages: Sequence[tuple[str, str]]) -> None:
        """Press the first.

        Args:
            name: What is chosen here, for screen readers.
            pages: Of each its title, and one sentence that explains it.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.buttons: list[QToolButton] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for number, (title, tip) in enumerate(pages):
            button = QToolButton()
            button.setText(title)
            button.setCheckable(True)
            button.setProperty(TAKES_ARROWS, True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(title)
            button.setToolTip(wrapped(tip))
            self._group.addButton(button, number)
            self._row.addWidget(button)
            self.buttons.append(button)
        self.buttons[0].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.idToggled.connect(self._on_toggled)

    @property
    def current(self) -> int:
        """The number of the page that is shown."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Show a page."""
        self.buttons[number].setChecked(True)

    def set_compact(self, is_compact: bool) -> None:
        """Choose whether the buttons are small, where there is little room."""
        for button in self.buttons:
            set_look(button, "kind", "chip" if is_compact else "")
            button.updateGeometry()

    def set_spacing(self, pixels: int) -> None:
        """Set what lies between two buttons."""
        self._row.setSpacing(pixels)

    @Slot(int, bool)
    def _on_toggled(self, number: int, is_checked: bool) -> None:
        if is_checked:
            self.chosen.emit(number)
