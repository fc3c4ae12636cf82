"""Run > Exact pace: any number of steps a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from microgpt_gui.gui.run.training_pace import (
    FASTEST,
    SLOWEST,
    PaceError,
    TrainingPace,
    exactly,
    read_pace,
    watchable_rate,
)
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.titled_dialog import AskingDialog
from microgpt_gui.session.duration import duration

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance

_WHAT = (
    f"How many steps a second: any number from {SLOWEST:g}, one step in "
    f"{1 / SLOWEST:g} s, to {FASTEST:,.0f}."
)


#: As long as anything that is told.
_LONGEST = "steps a second " * 9


class PaceDialog(AskingDialog):
    """Says what a pace comes to while it is typed; one that is none is not taken.

    Attributes:
        box: Where it is typed.
        told: What it comes to, or what is wrong with it.
    """

    def __init__(
        self, parent: QWidget, appearance: Appearance, run: RunController
    ) -> None:
        super().__init__(parent, appearance, "Exact pace", _WHAT)
        self._run = run
        self.box = QLineEdit(_proposed(run).words)
        self.box.setAccessibleName("Pace, in steps a second")
        self.box.setToolTip("A number of steps a second, or such as: 1 step in 2 s")
        self.box.selectAll()
        self.told = PlainLabel(wordWrap=True)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self.box)
        self.column.addWidget(self.told)
        self.add_answers("Use this pace", "Train at this pace from now on")
        self.box.textEdited.connect(self._on_box_edited)
        self._on_box_edited(self.box.text())
        self.restyle()
        self.box.setFocus()

    def accept(self) -> None:
        """Take the pace; stay, and say why, where it is none."""
        try:
            pace = read_pace(self.box.text())
        except PaceError as error:
            self._tell(str(error), role="warning")
            self.box.selectAll()
            self.box.setFocus()
            return
        self._run.pace.choose(pace)
        super().accept()

    def restyle(self) -> None:
        """See `AskingDialog`; with room for the longest of what is told."""
        super().restyle()
        width = self.minimumWidth() - 2 * self.margin
        room = QRect(0, 0, width, 10_000)
        wraps = Qt.TextFlag.TextWordWrap
        longest = self.told.fontMetrics().boundingRect(room, wraps, _LONGEST)
        self.told.setMinimumHeight(longest.height())
        self.resize(self.sizeHint())  # Qt's own would shrink what is large

    @Slot(str)
    def _on_box_edited(self, text: str) -> None:
        """Say what it comes to; of what is half typed, nothing."""
        try:
            pace = read_pace(text)
        except PaceError:
            self._tell(" ", role="muted")
            return
        config = self._run.config
        seconds = duration(config.steps / pace.steps_per_s)
        self._tell(f"{config.steps:,} steps take {seconds} then.", role="muted")

    def _tell(self, text: str, *, role: str) -> None:
        if (self.told.text(), self.told.property("role")) != (text, role):
            self.told.setText(text)
            self.told.setProperty("role", role)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)


def _proposed(run: RunController) -> TrainingPace:
    chosen = run.pace.chosen
    if chosen.is_exact:
        return chosen
    rate = min(max(watchable_rate(run.config.steps), SLOWEST), FASTEST)
    return exactly(float(f"{rate:.2g}"))
