from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from filelock import FileLock
from pytestqt.qtbot import QtBot

from microgpt_gui.engine.blas_threads import keep_to_one_thread
from microgpt_gui.engine.compiled import loaded

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
    yield home
    loaded.take_up(None)


KERNELS = """
from numba import njit

@njit
def square(x, exponent):
    return x ** exponent

def dot(a, b, c, d):
    return a * b + c * d

def length(x, y, half):
    return (square(x, 2 * half * 2) + square(y, 2 * half * 2)) ** half

def half_of(n):
    return n // square(2, 1) if n else square(0, 1)

ENTRIES = {
    "dot": (dot, "float64", ("float64",) * 4),
    "length": (njit(length), "float64", ("float64",) * 3),
    "half_of": (half_of, "int64", ("int64",)),
}
"""


@pytest.fixture(scope="session")
def needs_numba():
    if not find_spec("numba"):
        pytest.skip("needs numba: make fast")


@pytest.fixture(scope="session")
def kernels(tmp_path_factory):
    """A folder of kernels that take no time to compile."""
    folder = tmp_path_factory.mktemp("kernels")
    (folder / "small_kernels.py").write_text(KERNELS)
    return folder


@pytest.fixture(scope="session")
def compile_kernels(needs_numba, kernels):
    """Run the compiling process on them."""

    def run(path, *options, **environment):
        module = "microgpt_gui.engine.compiled.machine_code"
        paths = {"PYTHONPATH": os.pathsep.join([str(kernels), os.getcwd()])}
        return subprocess.run(
            [
                sys.executable,
                "-m",
                module,
                path,
                "--entries",
                "small_kernels",
                *options,
            ],
            env={**os.environ, **paths, **environment},
            capture_output=True,
            text=True,
        )

    return run


@pytest.fixture(scope="session")
def code(compile_kernels, tmp_path_factory) -> Path:
    """A file of their machine code, for this processor."""
    path = tmp_path_factory.mktemp("code") / "code"
    assert compile_kernels(path).returncode == 0
    return path


@pytest.fixture(scope="session")
def _packages_without_numba(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    for place in filter(os.path.isdir, sys.path):
        if os.path.basename(place) == "site-packages":
            for name in os.listdir(place):
                if not name.startswith(("numba", "llvmlite")):
                    (folder / name).symlink_to(os.path.join(place, name))
    return folder


@pytest.fixture
def without_numba(_packages_without_numba, monkeypatch):
    """As where it was never installed; the folder of all other packages."""
    from microgpt_gui.session.machine_code.at_hand import missing_package

    others = [p for p in sys.path if os.path.basename(p) != "site-packages"]
    monkeypatch.setattr(sys, "path", [*others, str(_packages_without_numba)])
    missing_package.cache_clear()
    yield _packages_without_numba
    missing_package.cache_clear()


@pytest.fixture(scope="session")
def kept_code_file(needs_numba):
    """The engine's machine code, compiled once for all tests of this environment."""
    from microgpt_gui.engine.compiled.machine_code.key import key_for
    from microgpt_gui.engine.compiled.machine_code.processor import this_processor

    digest = key_for(this_processor()).digest
    path = Path(sys.prefix) / "machine-code" / f"{digest}.code"
    path.parent.mkdir(exist_ok=True)
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            module = "microgpt_gui.engine.compiled.machine_code"
            subprocess.run([sys.executable, "-m", module, path], check=True)
    return path


@pytest.fixture
def kept_code(kept_code_file, own_folders):
    """Let the program find it in its cache."""
    folder = own_folders / "cache" / "microgpt-gui" / "machine-code"
    folder.mkdir(parents=True)
    return Path(shutil.copy(kept_code_file, folder))


@pytest.fixture
def kept_code_if_any(request):
    """The same, but without numba nothing: then another engine stands in."""
    if find_spec("numba"):
        request.getfixturevalue("kept_code")


@pytest.fixture(scope="session")
def entries(kept_code_file):
    from microgpt_gui.engine.compiled.machine_code.loading import load

    return load(kept_code_file)


@pytest.fixture
def machine_code(entries):
    """Have it loaded, until the test is over."""
    loaded.take_up(entries)


@pytest.fixture
def machine_code_if_any(request):
    """Have it loaded where it can be made: a test of whatever engines there are."""
    if find_spec("numba"):
        request.getfixturevalue("machine_code")


def asks_for_machine_code(item):
    """Whether a test has the engine among its parameters."""
    asked = getattr(item, "callspec", None)
    for value in asked.params.values() if asked else ():
        names = value if isinstance(value, tuple) else (value,)
        if any(isinstance(name, str) and name == "compiled" for name in names):
            return True
    return False


def pytest_collection_modifyitems(items):
    """Leave the test that comes first the time in which its kernels are compiled."""
    for item in items:
        waits = {"kept_code_file", "kept_code_if_any"} & set(item.fixturenames)
        if waits or asks_for_machine_code(item):
            item.add_marker(pytest.mark.timeout(600))


@pytest.fixture(autouse=True)
def machine_code_where_it_is_asked_for(request):
    """Load it for tests of one engine after the other, when it is the one."""
    if asks_for_machine_code(request.node):
        request.getfixturevalue("machine_code")
        request.getfixturevalue("kept_code")  # for programs that the test starts


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
def sets_start_aside():
    """Whether the window of `playground` freezes what its start has made.

    To take the window down, all that was ever frozen would have to be looked at.
    """
    return False


@pytest.fixture
def playground(qapp, qtbot, preferences, sets_start_aside):
    """The whole window, shown, with a small untrained run in it."""
    import gc
    import sys

    from PySide6.QtCore import QEvent

    from microgpt_gui.app import Playground
    from microgpt_gui.gui.run.training_pace import FULL_SPEED
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
    if not sets_start_aside:
        result.painted.done.disconnect(result.policy.set_start_aside)
    with qtbot.waitExposed(result.window):
        result.window.show()
    result.run.pace.choose(FULL_SPEED)  # tests want what a run has learnt, not to watch
    with qtbot.waitSignal(result.run.prepared):
        result.run.start(RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2))
    yield result
    put_away(result)
    sys.setswitchinterval(interval_s)
    if sets_start_aside:
        gc.unfreeze()  # the window is no more: let it be collected
