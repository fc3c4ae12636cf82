"""The bar on top: what drives a run, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action_button import ActionButton
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.window.pace.box import PaceBox
from microgpt_gui.gui.window.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent, QShowEvent

    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.actions import Actions
    from microgpt_gui.gui.window.pace.actions import PaceActions

#: Room for the longest of what Train says, in pixels at 100 %: nothing moves aside when
#: a run ends.
_TRAIN = 128


class TopBar(QFrame):
    """Train, Step, Reset, New seed, pace; step, loss, speed, time left.

    Lays its groups out in lines, so that it fits any width at any zoom.
    """

    def __init__(
        self,
        run: RunController,
        appearance: Appearance,
        actions: Actions,
        pace: PaceActions,
    ) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._run = run
        self._appearance = appearance
        self._actions = actions
        self.train = _button(actions.train, primary=True)
        self.step = _button(actions.step)
        self.reset = _button(actions.reset)
        self.new_seed = _button(actions.new_seed)
        self.pace = PaceBox(run.pace, pace.exactly)
        self.progress = Progress(run, appearance)
        self._flow = FlowLayout(self)
        buttons = (self.train, self.step, self.reset, self.new_seed, self.pace)
        for button in buttons:
            self._flow.addWidget(button)
        self._flow.addWidget(self.progress)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        run.state_changed.connect(self._on_run_state_changed)
        appearance.changed.connect(self.restyle)
        self.restyle()

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        margin = px(sizes.SMALL)
        self._flow.setContentsMargins(margin, margin, px(sizes.LARGE), margin)
        self._flow.setSpacing(px(sizes.SMALL))
        # One height for all: that of the figures over their bar.
        height = px(36)
        theme = self._appearance.theme
        self.train.setMinimumWidth(px(_TRAIN))
        for button, name in (
            (self.step, "step"),
            (self.reset, "reset"),
            (self.new_seed, "dice"),
        ):
            button.setIcon(self._appearance.icon(name))
        for button in (self.train, self.step, self.reset, self.new_seed):
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedHeight(height)
        self.pace.setFixedHeight(height)
        is_training = self._run.state is RunState.TRAINING
        # At the end, sampling is the thing to do; where it diverged, going back is.
        ends = (RunState.FINISHED, RunState.DIVERGED)
        kind = "" if self._run.state in ends else "primary"
        set_look(self.train, "kind", kind)
        colour = theme.on_accent if kind else theme.text
        self.train.setIcon(
            self._appearance.icon("pause" if is_training else "play", colour)
        )
        self._choose_words()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up sizes again: a style sheet that came meanwhile has set its own."""
        super().showEvent(event)
        self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out words where the buttons would not fit one line."""
        super().resizeEvent(event)
        self._choose_words()

    def _choose_words(self) -> None:
        words = (self.step, self.reset, self.new_seed)
        spacing = self._flow.spacing() * 5
        wanted = self.train.minimumWidth() + self.pace.sizeHint().width() + spacing
        wanted += sum(button.full_width() for button in words)
        is_compact = wanted > self.contentsRect().width() - self._flow.spacing() * 2
        for button in words:
            if button.is_compact != is_compact:
                button.is_compact = is_compact
                button.follow()

    @Slot()
    def _on_run_state_changed(self) -> None:
        self.restyle()


def _button(action: QAction, *, primary: bool = False) -> ActionButton:
    """Return a button that does, says and allows what ``action`` does."""
    button = ActionButton(action)
    if primary:
        button.setProperty("kind", "primary")
    return button
