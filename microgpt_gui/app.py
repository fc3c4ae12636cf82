"""Composition of the window: builds the objects and joins them."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from microgpt_gui import __version__
from microgpt_gui.gui.display import take_display
from microgpt_gui.gui.faults import FaultReporter
from microgpt_gui.gui.run.interpreter import InterpreterPolicy
from microgpt_gui.gui.run.training_pace import FULL_SPEED
from microgpt_gui.gui.theme.appearance import Appearance
from microgpt_gui.gui.widgets.accessible_maps import install_maps
from microgpt_gui.gui.widgets.first_paint import FirstPaint
from microgpt_gui.gui.window.first_size import FirstSize
from microgpt_gui.gui.window.main_window import MainWindow
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.gui.workshop import Workshop
from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run_files import is_run_file
from microgpt_gui.unfinished import note_in

if TYPE_CHECKING:
    from pathlib import Path

#: What crashes have left behind is looked for so long after the first paint.
LOOK_AFTER_MS = 300


class Playground:
    """The application, its run and its window, joined.

    Attributes:
        app: The QApplication.
        appearance: Theme and zoom.
        workshop: What the window works on.
        run: The run's controller.
        window: The window, not yet shown.
        painted: Tells when the window has been painted for the first time.
    """

    def __init__(self, preferences: Preferences) -> None:
        existing = QApplication.instance()
        self.app = existing if isinstance(existing, QApplication) else make_app()
        install_maps()
        self.appearance = Appearance(self.app, preferences.mode, preferences.zoom)
        self.workshop = Workshop()
        self.run = self.workshop.run
        try:
            self.window = MainWindow(self.workshop, self.appearance, preferences)
        except BaseException:
            self.workshop.shut_down()  # a thread left running would abort the process
            raise
        self.appearance.dress()
        self.faults = FaultReporter()
        self.faults.reported.connect(self.window.notice.show_message)
        self.policy = InterpreterPolicy(self.run, self.window)
        self.appearance.changing.connect(self.policy.stand_still)
        self.window.docks.panels.building.connect(self.policy.stand_still)
        self.painted = FirstPaint(self.window)
        # Queued: it takes a moment, and others have waited for the paint.
        self.painted.done.connect(
            self.policy.set_start_aside, Qt.ConnectionType.QueuedConnection
        )

    def let_go(self) -> None:
        """Destroy the closed window, whose parts Qt takes down in their order.

        Were it left to Python, its side of them would go first, and what Qt still
        tells the window on its way out would find nothing there.
        """
        if self.app.platformName() == "offscreen":
            # Its clipboard outlives Python, and would call it to let go of what was
            # copied.
            self.app.clipboard().clear()
        self.window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_app() -> QApplication:
    """Return the QApplication; offscreen where there is no display."""
    take_display()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("microgpt-gui")
    app.setApplicationDisplayName("microgpt playground")
    app.setApplicationVersion(__version__)
    return app


def open_window(config: RunConfig | None = None, file: Path | None = None) -> int:
    """Show the window with an untrained run and stay until it is closed.

    Args:
        config: Settings of the run; the defaults are microgpt's.
        file: A run file, a text, or a folder of runs, to open as soon as the window is
            there.

    Returns:
        The exit status.
    """
    preferences, problem = Preferences.at_start()
    playground = Playground(preferences)
    playground.faults.install()
    is_remembered = bool(preferences.geometry)
    size = FirstSize(playground.window, is_remembered=is_remembered)
    playground.painted.done.connect(size.settle)
    Opening(playground, config or RunConfig(), file, problem)
    playground.window.show()
    wake = _close_on_interrupt(playground.window)
    status = playground.app.exec()
    wake.stop()
    playground.let_go()
    return status


class Opening(QObject):
    """Begins a run as soon as the window is there to be seen, and not beside it."""

    def __init__(
        self,
        playground: Playground,
        config: RunConfig,
        file: Path | None = None,
        problem: str = "",
    ) -> None:
        """Wait for the first paint.

        Args:
            playground: What is to be opened.
            config: Settings of the run.
            file: What to open then.
            problem: What went wrong before, for the person to know.
        """
        super().__init__(playground.window)
        self._problem = problem
        self._playground = playground
        self._config = config
        holds_runs = file and (is_run_file(file) or os.path.isdir(file))
        self._run_file = file if holds_runs else None
        self._otherwise = config  # where the text cannot be learnt from
        if file and not self._run_file:
            self._config = replace(config, dataset=os.path.abspath(file))
            self._otherwise = config.on(RunConfig().dataset)
        playground.painted.done.connect(self._on_painted)

    @Slot()
    def _on_painted(self) -> None:
        QTimer.singleShot(0, self._note_unfinished)
        window, run = self._playground.window, self._playground.run
        run.failed.connect(self._on_run_failed)
        run.prepared.connect(self._on_run_prepared)
        run.start(self._config)
        QTimer.singleShot(LOOK_AFTER_MS, window.recovery.look)
        window.autosaver.start()
        window.remembering.start()
        if self._run_file is not None:
            window.files.take_file(self._run_file)

    @Slot()
    def _note_unfinished(self) -> None:
        # Not at the top: the first paint needs none of it.
        from microgpt_gui.session.autosave import unfinished_folder

        note_in(unfinished_folder())

    @Slot(str)
    def _on_run_failed(self, message: str) -> None:
        run = self._playground.run
        if run.config == self._config != self._otherwise and run.info is None:
            self._problem = " ".join(filter(None, (self._problem, message)))
            run.start(self._otherwise)

    @Slot()
    def _on_run_prepared(self) -> None:
        run = self._playground.run
        run.failed.disconnect(self._on_run_failed)
        run.prepared.disconnect(self._on_run_prepared)
        if self._problem:
            self._playground.window.notice.show_message(self._problem)


def _close_on_interrupt(window: MainWindow) -> QTimer:
    """Let Ctrl+C close the window, and the end of the system or of the terminal.

    Python sees signals only when it is run at times.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # a system may lack the last one
        number = getattr(signal, name, None)
        if number is None:
            continue
        if name != "SIGHUP" or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda *_: window.close_unasked())
    timer = QTimer(window, interval=200)
    timer.timeout.connect(_do_nothing)
    timer.start()
    return timer


def _do_nothing() -> None:
    """Give Python a turn."""


def demo(screenshot: Path, config: RunConfig | None = None) -> int:
    """Let the window train, sample and look at a word by itself; save a picture of it.

    Prints the last loss and the sampled names.

    Args:
        screenshot: Where the PNG goes.
        config: Settings of the run; the defaults are microgpt's.

    Returns:
        The exit status: 0, or 1 where the run or the picture failed.
    """
    # Not at the top: a window that a person uses needs none of it.
    from microgpt_gui.gui.demo import Demo

    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever display there may be
    playground = Playground(Preferences(pace=FULL_SPEED.stored))
    performance = Demo(
        playground.window, playground.workshop, config or RunConfig(), screenshot
    )
    problems: list[str] = []
    performance.done.connect(problems.append)
    # Nobody is there to be asked whether the window may close.
    performance.done.connect(playground.window.close_without_remembering)
    performance.done.connect(playground.app.quit)
    playground.window.show()
    performance.play()
    playground.app.exec()
    names = performance.names
    playground.let_go()
    losses = playground.run.losses.values
    if problem := "".join(problems):
        print(f"microgpt-gui: error: {problem}", file=sys.stderr)
        return 1
    print(f"loss {losses[-1]:.4f} after {len(losses)} steps")
    print("names: " + with_escaped_breaks(", ".join(names)))
    print(f"picture: {screenshot}")
    return 0
