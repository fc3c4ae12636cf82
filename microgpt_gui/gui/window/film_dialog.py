"""File > Export > Attention film: what the film is to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: Frames that a film has unless the person says otherwise, and at most.
FRAMES, MAX_FRAMES = 60, 1000

_WHAT = (
    "The attention to one text, from step 0 to step {last:,}. Each frame is the run's "
    "own state at that step, brought back by training the steps before it once more."
)


class FilmDialog(QDialog):
    """Asks for the text and the number of frames; not modal.

    Attributes:
        text_box: The text that every frame reads.
        frames_field: How many frames.

    Signals:
        chosen: The person goes on (text: str, frames: int).
    """

    chosen = Signal(str, int)

    def __init__(
        self, parent: QWidget, appearance: Appearance, *, text: str, last: int
    ) -> None:
        """Build the dialog.

        Args:
            parent: The window.
            appearance: Sizes.
            text: Proposed.
            last: Steps done.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Attention film")
        self._appearance = appearance
        self._heading = PlainLabel("Attention film")
        self._heading.setProperty("role", "title")
        self._what = PlainLabel(_WHAT.format(last=last), wordWrap=True)
        self.text_box = QLineEdit(text)
        self.text_box.setPlaceholderText("The document learnt last")
        self.text_box.setAccessibleName("Text of the film")
        self.text_box.setToolTip(
            "What the model reads in every frame. Empty: the document learnt last."
        )
        self.frames_field = IntegerField(1, MAX_FRAMES)
        self.frames_field.setValue(FRAMES)
        self.frames_field.setAccessibleName("Frames")
        self.frames_field.setToolTip(
            "Moments to show, evenly from the first step to the last"
        )
        self._form = QFormLayout()
        self._form.addRow("Text", self.text_box)
        self._form.addRow("Frames", self.frames_field)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go_on = buttons.addButton(
            "Choose where…", QDialogButtonBox.ButtonRole.AcceptRole
        )
        go_on.setProperty("kind", "primary")
        go_on.setToolTip("Choose the file, then paint the frames")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._what)
        self._column.addLayout(self._form)
        self._column.addWidget(buttons)
        self.accepted.connect(self._on_accepted)
        appearance.changed.connect(self._restyle)
        self._restyle()

    @Slot()
    def _on_accepted(self) -> None:
        self.frames_field.interpretText()
        self.chosen.emit(self.text_box.text(), self.frames_field.value())

    @Slot()
    def _restyle(self) -> None:
        px = self._appearance.px
        margin = px(sizes.LARGE)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(px(sizes.MEDIUM))
        self._form.setHorizontalSpacing(px(sizes.MEDIUM))
        self._form.setVerticalSpacing(px(sizes.SMALL))
        self.frames_field.fit(px)
        width = min(px(460), self.screen().availableSize().width())
        self.setMinimumWidth(width)
        self._what.setMinimumHeight(self._what.heightForWidth(width - 2 * margin))
        self.resize(self.sizeHint())  # Qt's own would shrink what is large
