"""The button that shows all parts of a view again after one has filled it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QSpacerItem

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.enlarging_view import EnlargingView


class WayBack(QPushButton):
    """There while a part fills the view.

    Attributes:
        strut: For the button's row: as high as the button, or all below would move
            when it comes.
    """

    def __init__(self, view: EnlargingView, parts: str, appearance: Appearance) -> None:
        """Build it, unseen.

        Args:
            view: What it leads back in.
            parts: What the parts of the view are called.
            appearance: Theme and zoom.
        """
        super().__init__(f"All {parts}")
        self._view = view
        self._appearance = appearance
        self.strut = QSpacerItem(0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(f"Show all {parts} again (Escape)")
        self.setAccessibleName(f"Show all {parts} again")
        self.hide()
        view.enlarged_changed.connect(self._on_view_enlarged_changed)
        self.clicked.connect(self._on_clicked)

    def restyle(self) -> None:
        """Take up theme and zoom; lay out the row anew after this."""
        self.setIcon(self._appearance.icon("back"))
        self.ensurePolished()
        self.strut.changeSize(0, self.sizeHint().height())

    @Slot()
    def _on_view_enlarged_changed(self) -> None:
        self.setVisible(self._view.enlarged is not None)

    @Slot()
    def _on_clicked(self) -> None:
        self._view.enlarge(None)
        self._view.setFocus()
