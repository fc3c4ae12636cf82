"""The trainer's interpreter, from CPython 3.14 on, in the whole window."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

if sys.version_info >= (3, 14):
    from concurrent import interpreters
else:
    pytest.skip("needs CPython 3.14: interpreters", allow_module_level=True)

from microgpt_gui.session.config import RunConfig
from tests.gui.run_files import train

SMALL = RunConfig(dataset="elements", steps=1000, n_embd=8, n_head=2)


def begin(qtbot, run, config=SMALL):
    with qtbot.waitSignal(run.prepared):
        run.start(config)


def test_a_reset_leaves_no_interpreter(playground, qtbot):
    run = playground.run
    begin(qtbot, run)
    train(qtbot, run, steps=10)
    count = len(interpreters.list_all())
    assert count > 1
    for _ in range(3):
        begin(qtbot, run)
        train(qtbot, run, steps=10)
        assert len(interpreters.list_all()) <= count


#: Trains in the window, starts anew twice on the way, and closes it while it trains.
PROGRAM = """
import atexit, sys
from concurrent import interpreters

atexit.register(lambda: print([i.id for i in interpreters.list_all()]))  # called last

from PySide6.QtCore import QTimer
from microgpt_gui import app
from microgpt_gui.gui.window.main_window import MainWindow
from microgpt_gui.session.config import RunConfig

application = app.make_app()
SMALL = RunConfig(dataset="elements", steps=100_000)
sys.path[:0] = sys.argv[1:]
told, runs = [], set()

def go_on():
    for window in application.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible():
            run = window._run
            break
    else:
        return
    if window.notice.text != (told[-1] if told else ""):
        told.append(window.notice.text)
    if run.info is None or run.info.run_id in runs:
        return
    if not run.is_training:
        run.train()
    elif run.step > 20:
        runs.add(run.info.run_id)
        if len(runs) < 3:
            run.start(SMALL)
        else:
            window.close_without_remembering()

timer = QTimer(interval=20)
timer.timeout.connect(go_on)
timer.start()
print(app.open_window(SMALL), *told, sep="|")
"""


def in_a_window(*paths):
    """Return what the program says, with these found first by other interpreters."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, paths)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_no_interpreter_outlives_the_window():
    assert in_a_window() == "0\n[0]\n"


def test_a_shared_lock_is_told_of_once(tmp_path):
    """The package that another interpreter finds first cannot be imported there."""
    (tmp_path / "microgpt_gui").mkdir()
    (tmp_path / "microgpt_gui" / "__init__.py").write_text("raise ImportError('alas')")
    assert in_a_window(tmp_path) == (
        "0|Training shares one lock with the window: Python could not start an "
        "interpreter for it (ImportError: alas). The numbers are the same; the window "
        "may answer a little later while it trains.|\n[0]\n"
    )
