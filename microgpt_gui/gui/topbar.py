"""The bar on top: what drives a run, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.controller import RunController, RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from microgpt_gui.gui.actions import Actions
    from microgpt_gui.gui.theme.appearance import Appearance

#: Steps a second that can be chosen, fastest first; 0 is no limit.
PACES = (0, 100, 30, 10, 3, 1)

#: Figures that change faster than this cannot be read.
REFRESH_MS = 200


class TopBar(QFrame):
    """Train, Step, Reset, New seed, pace; step, loss, speed, time left.

    Lays its groups out in lines, so that it fits any width at any zoom.
    """

    def __init__(
        self, run: RunController, appearance: Appearance, actions: Actions
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
        self.pace = self._pace_box()
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
        run.pace_changed.connect(self._on_run_pace_changed)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def _pace_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("Pace")
        box.setToolTip(
            "How fast to train: as fast as it goes, or slowly enough to watch "
            "every step (+ and -)"
        )
        for pace in PACES:
            text = f"{pace} step{'s' * (pace > 1)}/s" if pace else "Full speed"
            box.addItem(text, pace)
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.currentIndexChanged.connect(self._on_pace_chosen)
        return box

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
        self.train.setMinimumWidth(px(112))
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
        is_done = self._run.state is RunState.FINISHED
        colour = theme.muted if is_done else theme.on_accent
        self.train.setIcon(
            self._appearance.icon("pause" if is_training else "play", colour)
        )
        self._choose_words()

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

    @Slot(int)
    def _on_pace_chosen(self, index: int) -> None:
        self._run.set_pace(float(PACES[index]))

    @Slot()
    def _on_run_pace_changed(self) -> None:
        self.pace.setCurrentIndex(PACES.index(int(self._run.pace)))


class Progress(QWidget):
    """Step, loss, speed and time left, over a thin bar."""

    def __init__(self, run: RunController, appearance: Appearance) -> None:
        super().__init__()
        self._run = run
        self._appearance = appearance
        self._step, self._loss, self._speed, self._left = (QLabel() for _ in range(4))
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName("Progress of the run")
        self._figures = QHBoxLayout()
        for label, words in (
            (self._step, "Steps done, of all"),
            (self._loss, "Loss of the last step: cross-entropy in nats"),
            (self._speed, "Steps a second, over the last two seconds"),
            (self._left, "Time left at this speed"),
        ):
            label.setToolTip(words)
            label.setTextFormat(Qt.TextFormat.RichText)
            self._figures.addWidget(label)
        self._figures.insertStretch(2, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._figures)
        self._column.addWidget(self._bar)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pending = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._pending.timeout.connect(self.refresh)
        run.updated.connect(self._on_run_updated)
        for signal in (run.state_changed, run.config_changed, run.prepared):
            signal.connect(self.refresh)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def sizeHint(self) -> QSize:
        """Room for the longest figures, so that the bar does not wrap to and fro."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self._appearance.px(430)), hint.height())

    @Slot()
    def refresh(self) -> None:
        """Show the figures as they are now."""
        self._pending.stop()
        run = self._run
        self._bar.setRange(0, run.config.steps)
        self._bar.setValue(min(run.step, run.config.steps))
        self._step.setText(self._pair("step", f"{run.step:,} / {run.config.steps:,}"))
        loss = f"{run.losses.values[-1]:.4f}" if len(run.losses) else "–"
        self._loss.setText(self._pair("loss", loss))
        rate, left = run.steps_per_s, run.seconds_left
        self._speed.setText(self._pair("", _rate(rate)) if rate else "")
        words = _STATE_WORDS.get(run.state, "")
        self._left.setText(
            self._pair("left", duration(left))
            if left is not None
            else self._pair(words, "")
        )

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._figures.setSpacing(px(sizes.LARGE))
        self._column.setSpacing(px(6))
        self.refresh()

    @Slot()
    def _on_run_updated(self) -> None:
        if self._run.state is not RunState.TRAINING:
            self.refresh()
        elif not self._pending.isActive():
            self._pending.start()

    def _pair(self, name: str, figure: str) -> str:
        theme = self._appearance.theme
        weight = f"font-size:{self._appearance.px(sizes.TITLE)}px;font-weight:600"
        return (
            f'<span style="color:{theme.muted}">{name}</span> '
            f'<span style="{weight}">{figure}</span>'
        )


_STATE_WORDS = {
    RunState.LOADING: "loading",
    RunState.READY: "untrained",
    RunState.PAUSED: "paused",
    RunState.FINISHED: "finished",
    RunState.FAILED: "no run",
}


def duration(seconds: float) -> str:
    """Return ``seconds`` as people say it: 4 s, 3 min 20 s, 2 h 5 min."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _rate(steps_per_s: float) -> str:
    figure = f"{steps_per_s:,.0f}" if steps_per_s >= 10 else f"{steps_per_s:.2g}"
    return f"{figure} steps/s"


def _button(action: QAction, *, primary: bool = False) -> ActionButton:
    """Return a button that does, says and allows what ``action`` does."""
    button = ActionButton(action)
    if primary:
        button.setProperty("kind", "primary")
    return button


class ActionButton(QPushButton):
    """A button that follows an action: text, tooltip, whether it can be used.

    Attributes:
        is_compact: Show the icon alone, where words have no room.
    """

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self.is_compact = False
        # A click must not take the focus: Space is Train, not the button pressed last.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def full_width(self) -> int:
        """Return the width that icon and word take, in pixels."""
        words = self.fontMetrics().horizontalAdvance(f" {self._action.text()}")
        return words + self.iconSize().width() * 3

    @Slot()
    def follow(self) -> None:
        """Take up what the action says now."""
        # A space for room between icon and word.
        self.setText("" if self.is_compact else f" {self._action.text()}")
        self.setAccessibleName(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
