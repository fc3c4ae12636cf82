"""File > Export > Attention film: what the film is to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.titled_dialog import AskingDialog

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance

#: Frames that a film has unless the person says otherwise, and at most.
FRAMES, MAX_FRAMES = 60, 1000

_WHAT = (
    "The attention to one text, from step 0 to step {last:,}. Each frame is the run's "
    "own state at that step, brought back by training the steps before it once more."
)


class FilmDialog(AskingDialog):
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
            appearance: Theme and zoom.
            text: Proposed.
            last: Steps done.
        """
        super().__init__(parent, appearance, "Attention film", _WHAT.format(last=last))
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
        self.column.addLayout(self._form)
        self.add_answers("Choose where…", "Choose the file, then paint the frames")
        self.accepted.connect(self._on_accepted)
        self.restyle()

    @Slot()
    def _on_accepted(self) -> None:
        self.frames_field.interpretText()
        self.chosen.emit(self.text_box.text(), self.frames_field.value())

    def restyle(self) -> None:
        """See `TitledDialog`."""
        super().restyle()
        px = self.appearance.px
        self._form.setHorizontalSpacing(px(sizes.MEDIUM))
        self._form.setVerticalSpacing(px(sizes.SMALL))
        self.frames_field.fit(px)
        self.resize(self.sizeHint())  # Qt's own would shrink what is large
