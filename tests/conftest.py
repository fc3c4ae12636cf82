from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from microgpt_gui.engine.blas_threads import keep_to_one_thread

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The program is started hundreds of times: compile it once.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
keep_to_one_thread()  # before a test file imports NumPy, as the command does


@pytest.fixture(scope="session", autouse=True)
def hangups_are_heard():
    """Under nohup a program that a test starts would inherit that they are not."""
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: None)  # no handler is inherited


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory, monkeypatch):
    """Keep settings and caches of a test away from the person's own."""
    home = tmp_path_factory.mktemp("home")
    for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    return home


class PatientBot(QtBot):
    """Waits as long as a busy machine may need; what is awaited comes long before."""

    WAIT_MS = 60_000

    def waitUntil(self, callback, *, timeout=WAIT_MS):
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=WAIT_MS, **kwargs):
        return super().waitSignal(signal, timeout=timeout, **kwargs)

    def waitSignals(self, signals, *, timeout=WAIT_MS, **kwargs):
        return super().waitSignals(signals, timeout=timeout, **kwargs)

    def waitExposed(self, widget, *, timeout=WAIT_MS):
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp, request):
    """Of pytest-qt, with its waits made longer."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def look(qapp):
    """The application's look: light, 100 %."""
    from microgpt_gui.gui.theme.appearance import Appearance

    return Appearance(qapp, mode="light")


@pytest.fixture
def appearance(qapp, look):
    """The look, worn by the application."""
    look.dress()
    return look


@pytest.fixture
def run(qtbot):
    """A live RunController whose thread is stopped whatever the test does."""
    from microgpt_gui.gui.workshop import Workshop

    workshop = Workshop()
    yield workshop.run
    workshop.shut_down()
    assert workshop.run._link.is_over


@pytest.fixture
def started_run(run, qtbot):
    """A controller with a small run prepared, untrained."""
    from microgpt_gui.session.config import RunConfig

    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=200, n_embd=8, n_head=2))
    return run


def put_away(playground):
    """Close a window and let it go at once.

    Qt destroys its parts in their order only while Python's side of them is there.
    """
    from PySide6.QtCore import QEvent

    playground.window.close_without_remembering()
    playground.appearance.set_mode("light")
    playground.appearance.set_scale(type(playground.appearance.scale)())
    playground.window.deleteLater()
    playground.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def preferences():
    """What the window of `playground` remembers from the time before."""
    from microgpt_gui.gui.window.preferences import Preferences

    return Preferences(mode="light", asks_before_closing=False)


@pytest.fixture
def playground(qapp, qtbot, preferences):
    """The whole window, shown, with a small untrained run in it."""
    import gc
    import sys

    from PySide6.QtCore import QEvent

    from microgpt_gui.app import Playground
    from microgpt_gui.session.config import RunConfig

    # As the program starts: without a sheet a window is built in a quarter of the
    # time. A widget that a test before has left would keep pointers into the sheet.
    for widget in qapp.topLevelWidgets():
        widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if not qapp.topLevelWidgets():
        qapp.setStyleSheet("")
    interval_s = sys.getswitchinterval()
    result = Playground(preferences)
    with qtbot.waitExposed(result.window):
        result.window.show()
    with qtbot.waitSignal(result.run.prepared):
        result.run.start(RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2))
    yield result
    put_away(result)
    sys.setswitchinterval(interval_s)
    gc.unfreeze()  # the window is no more: let it be collected
