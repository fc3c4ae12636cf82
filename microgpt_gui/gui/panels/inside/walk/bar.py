"""What a walk through a step is done with, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QWidget

from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.session.reading.learning.walk import Phase

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from microgpt_gui.gui.panels.inside.walk.walk import StepWalk
    from microgpt_gui.gui.theme.appearance import Appearance

#: In less width, where the walk is stands in a line of its own, in pixels at 100 %.
_WIDE = 860

#: In less, the phases are shortened.
_TIGHT = 350

_SHORT = {Phase.FORWARD: "Fwd", Phase.GRADIENTS: "Grad"}

_PHASE_TIPS = {
    Phase.FORWARD: "Each token's way through the model, with the weights as they were",
    Phase.LOSS: "How unlikely the model held what came next",
    Phase.GRADIENTS: "How the loss grows with each number, back to the weights",
    Phase.ADAM: "What becomes of the weights",
}


class WalkBar(QWidget):
    """Two arrows, the four phases, where the walk is, and the way out.

    Signals:
        phase_chosen: Go to the begin of a `Phase`.
    """

    phase_chosen = Signal(object)

    def __init__(
        self, appearance: Appearance, back: QAction, on: QAction, end: QAction
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._icons = {"chevron-left": back, "chevron-right": on, "close": end}
        self.place = ElidedLabel()
        self.phases: dict[Phase, QToolButton] = {}
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        self._row = row
        self._buttons = [_button(action) for action in (back, on, end)]
        row.addWidget(self._buttons[0])
        row.addWidget(self._buttons[1])
        for phase in Phase:
            button = QToolButton()
            button.setText(phase.value)
            button.setCheckable(True)
            button.setToolTip(_PHASE_TIPS[phase])
            button.setAccessibleName(phase.value)
            button.setAccessibleDescription(_PHASE_TIPS[phase])
            button.setProperty("kind", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._on_phase_clicked)
            self.phases[phase] = button
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self._buttons[2])
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addLayout(row)
        self._lines.addWidget(self.place)

    def show_walk(self, walk: StepWalk) -> None:
        """Say where ``walk`` is."""
        stop, learning = walk.stop, walk.learning
        for phase, button in self.phases.items():
            button.setEnabled(stop is not None)
            button.setChecked(stop is not None and stop.phase is phase)
        if stop is None or learning is None:
            say(self.place, words.BRINGING)
            return
        count = f"{walk.at + 1} of {len(walk.stops)}"
        told = words.place(learning, stop)
        say(self.place, f"{words.begun(learning)} · {told} · {count}")

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self._appearance.px, self._appearance.theme
        self._row.setSpacing(px(sizes.TIGHT))
        self._lines.setSpacing(px(sizes.TIGHT))
        for name, action in self._icons.items():
            action.setIcon(self._appearance.icon(name, theme.text, 14))
        for button in self._buttons:
            button.setIconSize(QSize(px(14), px(14)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put all in one line where there is room."""
        super().resizeEvent(event)
        is_tight = self.width() < self._appearance.px(_TIGHT)
        for phase, button in self.phases.items():
            text = _SHORT.get(phase, phase.value) if is_tight else phase.value
            if button.text() != text:
                button.setText(text)
        is_wide = self.width() >= self._appearance.px(_WIDE)
        is_in_row = self._row.indexOf(self.place) >= 0
        if is_wide and not is_in_row:
            self._lines.removeWidget(self.place)
            self._row.insertWidget(self._row.count() - 2, self.place, 100)
        elif not is_wide and is_in_row:
            self._row.removeWidget(self.place)
            self._lines.addWidget(self.place)

    @Slot()
    def _on_phase_clicked(self) -> None:
        button = self.sender()
        for phase, of in self.phases.items():
            if of is button:
                of.setChecked(True)  # a click on the lit one would put it out
                self.phase_chosen.emit(phase)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("kind", "quiet")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.text())
    return button
