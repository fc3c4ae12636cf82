"""Everything a person can do to the moment that is shown, by key, menu or button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.action import make_action

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.workshop import Workshop

#: Steps a second that playing can show.
SPEEDS = (1, 3, 10, 30, 100, 300, 1000)
USUAL_SPEED = 100

_MINUS = "\N{MINUS SIGN}"


class TimelineActions(QObject):
    """The actions of the timeline; they know when they can be used.

    Attributes:
        first, back_100, back_10, back, play, forward, forward_10, forward_100, last,
            live, fork: What they say.
        speed: Steps a second that ``play`` shows.

    Signals:
        fork_requested: The run should go its own way from the moment shown: ask how.
    """

    fork_requested = Signal()

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self._workshop = workshop
        self._run = run = workshop.run
        self.speed = USUAL_SPEED
        timeline = workshop.timeline
        self.first = self._add(
            "First moment", "Home", "Show the untrained model", self._on_first
        )
        self.back_100 = self._move(-100, "Ctrl+Left")
        self.back_10 = self._move(-10, "Shift+Left")
        self.back = self._move(-1, "Left")
        self.play = self._add("Play", "P", "", self.toggle_play)
        self.forward = self._move(1, "Right")
        self.forward_10 = self._move(10, "Shift+Right")
        self.forward_100 = self._move(100, "Ctrl+Right")
        self.last = self._add(
            "Last moment", "End", "Show the newest moment there is", self._on_last
        )
        self.live = self._add(
            "Live", "L", "Follow the run: always show its newest moment", self._on_live
        )
        self.fork = self._add(
            "Fork here…",
            "F",
            "Go on from the moment shown with other settings; this run is kept to "
            "compare",
            self.fork_requested.emit,
        )
        self.live.setCheckable(True)
        self.play.setWhatsThis("Play the run from the moment shown, or stop")
        for signal in (timeline.moved, timeline.speed_changed, run.state_changed):
            signal.connect(self._refresh)
        run.hearers.add(self._on_run_updated)
        run.started.connect(self._refresh)
        self._has_past = False
        self._refresh()

    def all(self) -> tuple[QAction, ...]:
        """Return the actions in the order of the menu."""
        return (
            self.first,
            self.back_100,
            self.back_10,
            self.back,
            self.play,
            self.forward,
            self.forward_10,
            self.forward_100,
            self.last,
            self.live,
            self.fork,
        )

    def _add(self, text: str, keys: str, tip: str, do: Callable[[], object]) -> QAction:
        return make_action(self, text, keys, tip, do)

    def _move(self, by: int, keys: str) -> QAction:
        count = abs(by)
        noun = "step" if count == 1 else "steps"
        where, sign = ("back", _MINUS) if by < 0 else ("forward", "+")
        when = "earlier" if by < 0 else "later"
        action = self._add(
            f"{count} {noun} {where}",
            keys,
            f"Show the moment {count} {noun} {when}",
            self._on_move,
        )
        action.setIconText(f"{sign}{count}")
        action.setData(by)
        action.setAutoRepeat(True)
        return action

    def set_speed(self, steps_per_s: int) -> None:
        """Play so many steps a second, at once if it plays."""
        self.speed = steps_per_s
        if self._workshop.timeline.speed:
            self._workshop.timeline.play(steps_per_s)

    @Slot()
    def toggle_play(self) -> None:
        """Play from the moment shown, from the start if that is the newest; or stop."""
        timeline = self._workshop.timeline
        if timeline.speed:
            timeline.stop()
        else:
            timeline.play(self.speed)

    @Slot()
    def _on_first(self) -> None:
        self._workshop.timeline.stop()
        self._workshop.timeline.show(0)

    @Slot()
    def _on_last(self) -> None:
        self._workshop.timeline.stop()
        self._workshop.timeline.show(self._run.step)

    @Slot()
    def _on_live(self) -> None:
        self._workshop.timeline.go_live()
        self.live.setChecked(True)  # a click on the lit button would put it out

    @Slot()
    def _on_move(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._workshop.timeline.move_by(action.data())

    @Slot()
    def _on_run_updated(self) -> None:
        if not self._has_past:
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        run, timeline = self._run, self._workshop.timeline
        self._has_past = run.step > 0 and run.state is not RunState.LOADING
        is_past = not timeline.is_live
        for action in (self.first, self.back_100, self.back_10, self.back):
            action.setEnabled(self._has_past and timeline.at > 0)
        for action in (self.forward, self.forward_10, self.forward_100, self.last):
            action.setEnabled(is_past)
        self.play.setEnabled(self._has_past)
        # One that failed in mid-course, too: other settings may lead it past that.
        self.fork.setEnabled(self._has_past and run.info is not None)
        self.live.setChecked(not is_past)
        self.play.setText("Stop playing" if timeline.speed else "Play")
        self.play.setToolTip(
            "Stay at this moment (P)"
            if timeline.speed
            else "Show the run again, moment after moment (P)"
        )
