"""A line over the panels that says where a run has diverged, and leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QBoxLayout

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action_button import ActionButton
from microgpt_gui.gui.widgets.message_frame import MessageFrame

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance


#: Less room than this, in pixels at 100 %, makes too many lines of the text.
_LEAST_TEXT = 420


class DivergenceBar(MessageFrame):
    """Comes when a run diverges, and again when it is to train on; goes with the run.

    Attributes:
        retreat: Leads back; does what the action does.
    """

    def __init__(
        self, run: RunController, appearance: Appearance, retreat: QAction
    ) -> None:
        super().__init__(appearance, "divergenceBar")
        self._run = run
        self.retreat = ActionButton(retreat)
        self.retreat.setProperty("kind", "primary")
        self._inner = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inner.addWidget(self._words, 1)
        self._inner.addWidget(self.retreat, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._inner, 1)
        self._add_cross().clicked.connect(self.hide)
        run.diverged.connect(self._on_run_diverged)
        run.started.connect(self.hide)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button under the text where it would leave too little room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - self.retreat.sizeHint().width()
        is_narrow = room < self._appearance.px(_LEAST_TEXT)
        direction = QBoxLayout.Direction
        self._inner.setDirection(
            direction.TopToBottom if is_narrow else direction.LeftToRight
        )

    @Slot(str)
    def _on_run_diverged(self, message: str) -> None:
        step = self._run.step
        last = f"step {step:,}, its last good one" if step else "its start"
        self._say(f"{message} The run stands at {last}; no rate leads on from there.")
        self.show()

    @Slot()
    def _restyle(self) -> None:
        px, theme = self._appearance.px, self._appearance.theme
        self._dress("warning", theme.warning)
        self._inner.setSpacing(px(sizes.SMALL))
        self.retreat.setIcon(self._appearance.icon("back", theme.on_accent))
        self.retreat.setIconSize(QSize(px(16), px(16)))
        self._arrange()
