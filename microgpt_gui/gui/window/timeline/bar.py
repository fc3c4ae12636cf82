"""The timeline bar: buttons, the track, and words on which moment is shown."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QToolButton

from microgpt_gui.gui.panel.frames import FrameClock
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.window.timeline import words
from microgpt_gui.gui.window.timeline.actions import SPEEDS, TimelineActions
from microgpt_gui.gui.window.timeline.marks import Mark, MarkKind, Marks
from microgpt_gui.gui.window.timeline.moment import MomentLabel
from microgpt_gui.gui.window.timeline.track import Track
from microgpt_gui.session.config import RANGES

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.recorder import Holdings

#: While it trains, the bar changes at most so often; what is kept still less.
REFRESH_S, HOLDINGS_S = 0.2, 2.0

#: Height, and the room the track wants: before the words and Play may have it, and
#: before all other buttons may; in pixels at 100 %.
_HEIGHT, _LEAST_TRACK, _GOOD_TRACK = 44, 120, 220


class TimelineBar(QFrame):
    """Shows every step of the run, and lets the person choose the moment shown.

    Attributes:
        actions_of_timeline: What its buttons do.
        track: The line with the handle.
        moment: The words.
        live: The button that returns to the newest moment; lit while live.
        fork: The button that lets a run go its own way from here.

    Signals:
        noticed: Something the person should know (str).
    """

    noticed = Signal(str)

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("timelineBar")
        self._workshop = workshop
        self._run = run = workshop.run
        self._appearance = appearance
        self._marks = Marks()
        self._holdings: Holdings | None = None
        self._drawn_s = self._holdings_s = float("-inf")
        self.actions_of_timeline = actions = TimelineActions(workshop, self)
        self.track = Track(appearance)
        self.moment = MomentLabel(appearance)
        self._back = [
            self._button(a) for a in (actions.first, actions.back_10, actions.back)
        ]
        self.play = self._button(actions.play)
        self.speed = self._speed_box()
        self._forward = [
            self._button(a) for a in (actions.forward, actions.forward_10, actions.last)
        ]
        self.live = self._button(actions.live)
        self.live.setObjectName("live")
        # It makes do with any width: the window must not ask for more because of it.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        for widget in (*self._back, self.play, self.speed, *self._forward):
            self._row.addWidget(widget)
        self._row.addWidget(self.track, 1)
        self._row.addWidget(self.moment)
        self.fork = self._button(actions.fork)
        self._row.addWidget(self.live)
        self._row.addWidget(self.fork)
        self._clock = FrameClock.of(run)
        # To show a widget lays its parents out at once, which must not happen while
        # they are being laid out.
        self._resized = QTimer(self, interval=0, singleShot=True)
        self._resized.timeout.connect(self._on_resized_timeout)
        self._connect()
        self.restyle()

    def _connect(self) -> None:
        run, timeline = self._run, self._workshop.timeline
        self.track.wished.connect(self._on_track_wished)
        self.track.pointed.connect(self._on_track_pointed)
        self.speed.currentIndexChanged.connect(self._on_speed_chosen)
        run.started.connect(self._on_run_started)
        for signal in (run.prepared, run.state_changed):
            signal.connect(self._on_news)
        run.config_changed.connect(self._on_run_config_changed)
        timeline.moved.connect(self._on_timeline_moved)
        timeline.speed_changed.connect(self._on_speed_changed)
        timeline.forked.connect(self._on_timeline_forked)
        timeline.refused.connect(self._on_timeline_refused)
        self.actions_of_timeline.fork_requested.connect(self.open_fork)
        self._appearance.changed.connect(self.restyle)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        button.setAutoRepeat(action.autoRepeat())
        return button

    def _speed_box(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("Speed of playing")
        box.setToolTip("How many steps a second playing shows")
        for speed in SPEEDS:
            box.addItem(f"{speed:,}/s", speed)
        box.setCurrentIndex(SPEEDS.index(self.actions_of_timeline.speed))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return box

    def add_mark(self, step: int, kind: MarkKind, label: str = "") -> None:
        """Mark that something happened when ``step`` steps were done."""
        self._marks.add(Mark(step, kind, label))
        self._on_news()

    @Slot()
    def open_fork(self) -> None:
        """Ask with which settings the run goes on from the moment shown."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.gui.window.timeline.fork_dialog import ForkDialog

        timeline = self._workshop.timeline
        timeline.stop()
        is_live = timeline.is_live
        timeline.show(
            self._workshop.timeline.at
        )  # which stays, though the run may go on
        dialog = ForkDialog(self.window(), self._workshop, self._appearance)
        if is_live:
            dialog.rejected.connect(timeline.go_live)
        dialog.show_fitted()

    @Slot()
    def open_extension(self) -> None:
        """Ask how the finished run trains on."""
        if self._run.step >= RANGES["steps"][1]:
            self.noticed.emit(words.AT_THE_LIMIT)
            return
        from microgpt_gui.gui.window.timeline.extend_dialog import ExtendDialog

        self._workshop.timeline.go_live()
        ExtendDialog(self.window(), self._run, self._appearance).show_fitted()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked on the track, in the order of steps."""
        info = self._run.info
        return self._marks.all(info.segments if info else ())

    # Drawing

    def redraw(self) -> None:
        """Show the run as it is now, seldom while it trains. See `FrameClock`."""
        now_s = time.monotonic()
        run, timeline = self._run, self._workshop.timeline
        is_training = run.is_training
        if is_training and now_s - self._drawn_s < REFRESH_S:
            return
        self._drawn_s = now_s
        self._refresh_holdings(now_s)
        steps = run.config.steps
        is_live = timeline.is_live
        self.track.show_run(timeline.at, run.step, steps, self.marks, is_live=is_live)
        if run.info is None:
            strong, quiet = words.NOTHING, ""
        elif is_live:
            strong, quiet = words.place(run.step, steps), words.live(self._holdings)
        else:
            strong = words.place(timeline.at, steps)
            quiet = words.past(run.step, is_training=is_training)
        self.moment.show_lines(strong, quiet, is_past=not is_live)
        self._describe_hovered()
        if self.property("past") != (not is_live):
            self._dress(is_past=not is_live)

    def _refresh_holdings(self, now_s: float) -> None:
        if now_s - self._holdings_s >= HOLDINGS_S:
            self._holdings_s = now_s
            self._holdings = self._run.recorder.holdings()
            self.moment.setToolTip(words.holdings_tip(self._holdings))

    def _describe_hovered(self) -> None:
        step = self.track.hovered
        if step is None:
            self.track.say("")
            return
        losses = self._run.losses.values
        loss = float(losses[step - 1]) if 0 < step <= len(losses) else None
        happened = self.track.marks_at(step)
        self.track.say(words.under_pointer(step, loss, happened))

    def _dress(self, *, is_past: bool) -> None:
        """Show by the ground whether an earlier moment is shown."""
        self.setProperty("past", is_past)
        self.style().polish(self)
        theme = self._appearance.theme
        colour = theme.text if is_past else theme.on_accent
        self.actions_of_timeline.live.setIcon(self._appearance.icon("live", colour))

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, icon = self._appearance.px, self._appearance.icon
        actions = self.actions_of_timeline
        side = px(sizes.SMALL)
        self._row.setContentsMargins(side, 0, side, 0)
        self._row.setSpacing(px(sizes.TIGHT))
        self.setFixedHeight(px(_HEIGHT))
        actions.first.setIcon(icon("to-first"))
        actions.last.setIcon(icon("to-last"))
        actions.fork.setIcon(icon("fork"))
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(px(14), px(14)))
        for button in (self.live, self.fork):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for widget in (*self.findChildren(QToolButton), self.speed):
            widget.setFixedHeight(px(28))
        self._on_speed_changed()
        self._dress(is_past=not self._workshop.timeline.is_live)
        self._make_room()
        self._on_news()

    def _make_room(self) -> None:
        steps = self._run.config.steps
        self.moment.set_longest(
            words.place(steps, steps), words.past(steps, is_training=False)
        )
        self._choose_parts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room; keys and menu have it all."""
        super().resizeEvent(event)
        self._resized.start()

    @Slot()
    def _on_resized_timeout(self) -> None:
        self._choose_parts()

    def _choose_parts(self) -> None:
        px, gap = self._appearance.px, self._row.spacing()
        room = self.contentsRect().width() - 2 * px(sizes.SMALL) - px(_LEAST_TRACK)
        first, back_10, back = self._back
        forward, forward_10, last = self._forward
        for group in (
            (self.live,),
            (self.moment,),
            (self.play,),
            (back, forward),
            (self.fork,),
            (first, last),
            (self.speed,),
            (back_10, forward_10),
        ):
            room -= sum(widget.sizeHint().width() + gap for widget in group)
            for widget in group:
                widget.setVisible(room >= 0)
            if self.play in group:
                room -= px(_GOOD_TRACK) - px(_LEAST_TRACK)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw from now on."""
        super().showEvent(event)
        self._clock.add(self)
        self._choose_parts()
        self._on_news()

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw no more: nobody sees it."""
        super().hideEvent(event)
        self._clock.remove(self)

    # What happens

    @Slot()
    def _on_news(self) -> None:
        """Draw with the next frame, whatever was drawn before."""
        self._drawn_s = float("-inf")
        if not self._run.is_training:
            self._holdings_s = float("-inf")
        self._clock.schedule(self)

    @Slot()
    def _on_run_started(self) -> None:
        self._marks.begin()
        self._holdings_s = float("-inf")
        self._make_room()
        self._on_news()

    @Slot()
    def _on_run_config_changed(self) -> None:
        self._make_room()
        self._on_news()

    @Slot()
    def _on_timeline_moved(self) -> None:
        self.track.setValue(
            self._workshop.timeline.at
        )  # a key may come before the frame
        self._on_news()

    @Slot(int)
    def _on_timeline_forked(self, step: int) -> None:
        self._marks.forked(step)
        self._on_news()

    @Slot(str)
    def _on_timeline_refused(self, message: str) -> None:
        from microgpt_gui.gui.window.timeline.fork_dialog import ForkDialog

        if self.window().findChild(ForkDialog) is None:  # it says so itself
            self.noticed.emit(message)

    @Slot(int)
    def _on_track_wished(self, step: int) -> None:
        """Show that moment; where the run is, and beyond, follow it."""
        timeline = self._workshop.timeline
        timeline.stop()
        if step < self._run.step:
            timeline.show(step)
        else:
            timeline.go_live()

    @Slot()
    def _on_track_pointed(self) -> None:
        self._describe_hovered()

    @Slot(int)
    def _on_speed_chosen(self, index: int) -> None:
        self.actions_of_timeline.set_speed(SPEEDS[index])

    @Slot()
    def _on_speed_changed(self) -> None:
        name = "pause" if self._workshop.timeline.speed else "play"
        play = self.actions_of_timeline.play
        play.setIcon(self._appearance.icon(name))
        self.play.setAccessibleName(play.text())
