"""Small instruments that live in the window's thread and hardly disturb it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from microgpt_gui.bench import gil_releases
from microgpt_gui.gui.run.run_state import RunState

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController

TICK_MS = 10

#: Between a press that pauses and the one that resumes; and from there to the next
#: pause, by turns, so that presses do not fall in step with the frames.
PAUSE_MS = 30
TRAIN_MS = (113, 127, 149, 101)

#: So many presses without effect, and there is nothing to measure.
_MAX_MISSES = 3


class LatenessProbe(QObject):
    """Asks for a turn every 10 ms, and notes how much later it comes.

    Each time is measured from when the timer was set, so that one late turn does not
    hide in the next.

    Attributes:
        late_ms: How late each turn came, in milliseconds.
        due_s: When it was due, of `time.perf_counter`.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.late_ms: list[float] = []
        self.due_s: list[float] = []
        self._due_s = 0.0
        self._timer = QTimer(self, interval=TICK_MS, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)

    def start(self) -> None:
        """Begin, with nothing noted."""
        self.late_ms, self.due_s = [], []
        self._set()

    def stop(self) -> None:
        """Ask for no more turns."""
        self._timer.stop()

    def _set(self) -> None:
        self._due_s = time.perf_counter() + TICK_MS / 1000
        self._timer.start()

    @Slot()
    def _on_timer(self) -> None:
        self.late_ms.append((time.perf_counter() - self._due_s) * 1000)
        self.due_s.append(self._due_s)
        self._set()


class FrameProbe(QObject):
    """Counts how often a widget is painted.

    Attributes:
        frames: The count.
        cpu_s: The thread's CPU time at each frame, until someone clears it.
        releases: How often it had let the interpreter lock go, at each frame.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.frames = 0
        self.cpu_s: list[float] = []
        self.releases: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let everything pass."""
        if event.type() == QEvent.Type.Paint:
            self.frames += 1
            self.cpu_s.append(time.thread_time())
            self.releases.append(gil_releases.count() or 0)
        return False


class KeyProbe(QObject):
    """Presses Space while the run trains flat out, and notes when it rests.

    A press comes from a timer through Qt's ordinary way for keys: shortcut, action,
    controller. The time runs from when the key was due to when the controller's state
    has changed, everything that hangs on that included. The presses in between, which
    let training go on, are not counted.

    Attributes:
        effect_ms: Time from each press to its effect, in milliseconds.
    """

    def __init__(self, run: RunController, window: QWidget) -> None:
        super().__init__(window)
        self.effect_ms: list[float] = []
        self._run = run
        self._window = window
        self._due_s = 0.0
        self._presses = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timer)

    def start(self) -> None:
        """Begin; the run must be training."""
        self._set(TRAIN_MS[0])

    def stop(self) -> None:
        """Press no more."""
        self._timer.stop()

    def _set(self, interval_ms: int) -> None:
        self._due_s = time.perf_counter() + interval_ms / 1000
        self._timer.start(interval_ms)

    @Slot()
    def _on_timer(self) -> None:
        was_training = self._run.state is RunState.TRAINING
        QTest.keyClick(QApplication.focusWidget() or self._window, Qt.Key.Key_Space)
        if was_training:
            self._presses += 1
            if self._run.state is RunState.PAUSED:
                self.effect_ms.append((time.perf_counter() - self._due_s) * 1000)
            if self._presses - len(self.effect_ms) < _MAX_MISSES:
                self._set(PAUSE_MS)
        else:
            self._set(TRAIN_MS[self._presses % len(TRAIN_MS)])
