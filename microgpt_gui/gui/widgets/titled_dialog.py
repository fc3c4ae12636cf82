"""The form of all dialogs: a heading, and below it what they ask or show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance


class TitledDialog(QDialog):
    """Deletes itself when closed; takes up theme and zoom from `restyle` on.

    Attributes:
        appearance: Theme and zoom.
        heading: Says the title.
        column: What stands below each other, the heading first.
    """

    def __init__(self, parent: QWidget, appearance: Appearance, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(title)
        self.setWindowTitle(title)
        self.appearance = appearance
        self.heading = PlainLabel(title)
        self.heading.setProperty("role", "title")
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.heading)
        appearance.changed.connect(self._on_appearance_changed)

    @property
    def margin(self) -> int:
        """Around the column, in pixels."""
        return self.appearance.px(sizes.LARGE)

    def restyle(self) -> None:
        """Take up theme and zoom; to be called once all is built."""
        margin = self.margin
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(self.appearance.px(sizes.MEDIUM))

    @Slot()
    def _on_appearance_changed(self) -> None:
        # WORKAROUND findings/pyside-overridden-slot-outlives-its-object.sh: `restyle`,
        # which subclasses override, would be called when the dialog is gone.
        self.restyle()


class AskingDialog(TitledDialog):
    """Explains what it asks for, and has two answers: to go on, and Cancel.

    Attributes:
        go_on: The button that accepts.
    """

    def __init__(
        self, parent: QWidget, appearance: Appearance, title: str, what: str
    ) -> None:
        """Build it without the answers. See `add_answers`.

        Args:
            parent: The window.
            appearance: Theme and zoom.
            title: Its heading, too.
            what: Some sentences on what it asks for.
        """
        super().__init__(parent, appearance, title)
        self._what = PlainLabel(what, wordWrap=True)
        self.column.addWidget(self._what)

    def add_answers(self, go_on: str, tip: str) -> None:
        """Add the buttons, below all else."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_on = buttons.addButton(go_on, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on.setProperty("kind", "primary")
        self.go_on.setToolTip(tip)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)

    def restyle(self) -> None:
        """See `TitledDialog`; as wide as reads well."""
        super().restyle()
        room = self.screen().availableSize().width()
        width = min(self.appearance.px(460), room)
        self.setMinimumWidth(width)
        height = self._what.heightForWidth(width - 2 * self.margin)
        self._what.setMinimumHeight(height)
