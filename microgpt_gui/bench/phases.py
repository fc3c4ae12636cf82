"""A measurement of the window that goes on from one wait to the next."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

from microgpt_gui.app import Playground
from microgpt_gui.gui.run.training_pace import FULL_SPEED
from microgpt_gui.gui.window.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.session.config import RunConfig

#: For what start-up leaves to be done.
SETTLE_MS = 800

#: For what a press of Train or Pause leaves to be done.
PAUSE_MS = 300

#: A run that is further than this begins anew when it is to train on, that it may not
#: end in the next stretch; and no stretch is longer.
_FAR, LONGEST_MS = 400_000, 8000


class Phases(QObject):
    """Opens the window at full speed, measures in it, and closes it.

    Args:
        size: Of the window, width and height in pixels; None: its own.

    Attributes:
        figures: What was found; complete when the window is closed.
        problem: Why it is not; for people.
    """

    def __init__(self, size: tuple[int, int] | None = None) -> None:
        super().__init__()
        self.figures: dict[str, Any] = {}
        self.problem = ""
        self.playground = Playground(Preferences(pace=FULL_SPEED.stored))
        self.window = self.playground.window
        self.run = self.playground.run
        if size is not None:
            self.window.resize(*size)
        self._is_prepared = False
        self._waits = self._all()
        self.run.prepared.connect(self._on_prepared)
        self.run.failed.connect(self._on_failed)

    def measure(self, config: RunConfig) -> dict[str, Any]:
        """Measure with a run; return the figures.

        Raises:
            RuntimeError: There are none; says why.
        """
        self.window.show()
        self.run.start(config)
        QTimer.singleShot(0, self._go_on)
        self.playground.app.exec()
        if self.problem:
            raise RuntimeError(self.problem)
        return self.figures

    @abstractmethod
    def phases(self) -> Iterator[int]:
        """Measure; each yield is a wait, in milliseconds. The run is prepared."""

    def train_on(self) -> Iterator[int]:
        """Train, if need be from the first step again."""
        if self.run.step > _FAR:
            self._is_prepared = False
            self.run.reset()
            yield from self._until_prepared()
        if not self.run.is_training:
            self.run.train()
            yield PAUSE_MS

    def rest(self) -> Iterator[int]:
        """Pause."""
        self.run.pause()
        yield PAUSE_MS

    def _all(self) -> Iterator[int]:
        yield from self._until_prepared()
        if QGuiApplication.focusWindow() is None:
            # Without a window manager nobody else gives it the keyboard.
            self.window.activateWindow()
        yield SETTLE_MS
        yield from self.phases()

    def _until_prepared(self) -> Iterator[int]:
        while not self._is_prepared:
            yield 10

    @Slot()
    def _on_prepared(self) -> None:
        self._is_prepared = True

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        self.problem = message

    @Slot()
    def _go_on(self) -> None:
        """Do what comes next, and come back when it says."""
        wait_ms = None if self.problem else next(self._waits, None)
        if wait_ms is None:
            self.window.close_without_remembering()
            self.playground.app.quit()
        else:
            QTimer.singleShot(wait_ms, self._go_on)
