"""How far the run has come: step, loss, speed and time left, over a thin bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui import glossary
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.figure import Figure
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.duration import duration
from microgpt_gui.session.machine_code.at_hand import COMPILED

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.run.training_pace import PaceInForce, TrainingPace
    from microgpt_gui.gui.theme.appearance import Appearance

#: Figures that change faster than this cannot be read.
REFRESH_MS = 200

#: Runs of so many steps and fewer take the same room.
_USUAL_STEPS = 10_000

_SPEED_TIP = "Steps a second, over the last two seconds."

#: Share of the room left over that the speed has: nearly all.
_MOST = 10_000

_STATE_WORDS = {
    RunState.LOADING: "loading",
    RunState.READY: "untrained",
    RunState.TRAINING: "training",
    RunState.PAUSED: "paused",
    RunState.FINISHED: "finished",
    RunState.DIVERGED: "diverged",
    RunState.FAILED: "no run",
}


class Progress(QWidget):
    """The figures of the top bar.

    Attributes:
        step, loss, speed, left: The figures, from left to right.
        cancel: Shown while something takes long before there is a run.
        bar: The thin bar below them.
    """

    def __init__(self, run: RunController, appearance: Appearance) -> None:
        super().__init__()
        self._run = run
        self._wait: tuple[str, str] | None = None  # what is under way, and how far
        self._appearance = appearance
        self.step = Figure(appearance, ("step", ""), "Steps done, of all")
        self.loss = Figure(
            appearance,
            ("loss", "3.3333"),
            wrapped("Loss of the last step, in nats", glossary.NATS),
        )
        self.speed = Figure(
            appearance,
            ("", "10,000 steps/s"),
            "",
            is_right=True,
        )
        self.left = Figure(
            appearance,
            ("left", "9 min 59 s"),
            "Time left at this speed",
            is_right=True,
        )
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName("Progress of the run")
        self._figures = QHBoxLayout()
        for figure in self._all():
            self._figures.addWidget(figure, _MOST if figure is self.speed else 0)
            figure.outgrown.connect(self._choose_figures)
        self._figures.insertStretch(2, 1)  # where there is no room for the speed
        self.cancel = QPushButton("Cancel")
        self.cancel.setAccessibleName("Cancel loading")
        self.cancel.setToolTip("Load no further")
        # A click must not take the focus: Space is Train.
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._row.addLayout(self._column, 1)
        self._row.addWidget(self.cancel)
        self._column.addLayout(self._figures)
        self._column.addWidget(self.bar)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pending = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._pending.timeout.connect(self.refresh)
        run.hearers.add(self._on_run_updated)
        compiled = run.compiling.changed
        for signal in (run.state_changed, run.config_changed, run.prepared, compiled):
            signal.connect(self.refresh)
        appearance.changed.connect(self.restyle)
        self.restyle()

    def _all(self) -> tuple[Figure, ...]:
        return self.step, self.loss, self.speed, self.left

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room, the dearest last."""
        super().resizeEvent(event)
        self._choose_figures()

    @Slot()
    def _choose_figures(self) -> None:
        room = self.width()
        if not self.cancel.isHidden():
            room -= self.cancel.sizeHint().width() + self._row.spacing()
        for figure in (self.step, self.left, self.loss, self.speed):
            room -= figure.sizeHint().width()
            figure.setVisible(room >= 0)
            room -= self._figures.spacing()

    @Slot()
    def refresh(self) -> None:
        """Show the figures as they are now."""
        self._pending.stop()
        run = self._run
        if self._wait is None:
            self.bar.setRange(0, run.config.steps)
            self.bar.setValue(min(run.step, run.config.steps))
        # Room for all steps to come from the first on: nothing moves while it trains.
        most = max(run.step, run.config.steps, _USUAL_STEPS)
        self.step.make_room("step", f"{most:,} / {most:,}")
        self.step.show_pair("step", f"{run.step:,} / {run.config.steps:,}")
        newest = run_words.loss(run.losses.values[-1]) if len(run.losses) else "–"
        self.loss.show_pair("loss", newest)
        # At rest nothing is left to wait for, whatever the pace would make of it.
        rate = (
            run.pace.in_force.rate(run.speed.steps_per_s) if run.is_training else None
        )
        left = (run.config.steps - run.step) / rate if rate else None
        self._show_speed(rate)
        if self._wait is not None:
            self.left.show_pair(*self._wait)
        elif left is None:
            broke_off = run.state is RunState.FAILED and run.step > 0
            self.left.show_pair("stopped" if broke_off else _STATE_WORDS[run.state], "")
        else:
            self.left.show_pair("left", duration(left))

    def _show_speed(self, rate: float | None) -> None:
        """Show how fast it is and, where a pace keeps it from more, what that is."""
        if rate is None:
            self.speed.show_pair("", "")
            return
        in_force = self._run.pace.in_force
        is_kept = in_force.is_kept_at(rate)
        names = pace_names(self._run.pace.chosen, in_force) if is_kept else [""]
        # For the next run that wants it, it may go on beside one that does not.
        is_wanted = self._run.config.engine == COMPILED
        if is_wanted and self._run.compiling.is_under_way:
            names = ["compiling", *names]
        shown = speed(rate)
        name = next((n for n in names if self.speed.has_room_for(n, shown)), "")
        self.speed.show_pair(name, shown)
        self.speed.setToolTip(_SPEED_TIP + (limit_words(in_force) if is_kept else ""))

    def show_wait(self, name: str, share: float, tip: str) -> None:
        """Show how far it is, until `end_wait`, and how to end it.

        Args:
            name: What is under way.
            share: That is done, from 0 to 1.
            tip: What `cancel` means.
        """
        self._wait = name, f"{share:.0%}"
        self.left.show_pair(*self._wait)
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(share * 1000))
        self.cancel.setAccessibleName(f"Cancel {name}")
        self.cancel.setToolTip(tip)
        if self.cancel.isHidden():
            self.cancel.show()
            self._choose_figures()

    def end_wait(self) -> None:
        """Show the run again."""
        if self._wait is not None:
            self._wait = None
            self.cancel.hide()
            self._choose_figures()
            self.refresh()

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        for figure in self._all():
            figure.restyle()
        self._figures.setSpacing(px(sizes.LARGE))
        self._column.setSpacing(px(6))
        self._row.setSpacing(px(sizes.LARGE))
        self._choose_figures()
        self.refresh()
        self.updateGeometry()

    @Slot()
    def _on_run_updated(self) -> None:
        if self._run.state is not RunState.TRAINING:
            self.refresh()
        elif not self._pending.isActive():
            self._pending.start()


def pace_names(chosen: TrainingPace, in_force: PaceInForce) -> list[str]:
    """Return what stands before a speed that a pace keeps to, the longest first."""
    pace = ["watchable"] if chosen.is_watchable else []
    if in_force.possible is None:
        return [*pace, ""]
    possible = f"full speed over {rounded_down(in_force.possible)}"
    return [" · ".join([possible, *pace]), possible, *pace, ""]


def limit_words(in_force: PaceInForce) -> str:
    """Return why it is not faster."""
    told = f" Kept to {speed(in_force.limit)} by the pace"
    if in_force.possible is None:
        return f"{told}."
    return f"{told}; at full speed it is over {rounded_down(in_force.possible)}."


def rounded_down(steps_per_s: float) -> str:
    """Return a speed in two digits; more are not the same a moment later.

    Down, as an engine is quicker still where it is asked for many steps in one call.
    """
    whole = int(steps_per_s)
    unit = 10 ** max(len(str(whole)) - 2, 0)
    return f"{whole // unit * unit:,}"


def speed(steps_per_s: float) -> str:
    """Return a speed with its unit."""
    figure = f"{steps_per_s:,.0f}" if steps_per_s >= 10 else f"{steps_per_s:.2g}"
    return f"{figure} steps/s"
