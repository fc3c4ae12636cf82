"""Some faults of the toolkit show only after thousands of calls: draw for a while."""

import subprocess
import sys

SCRIPT = """
import time
from PySide6.QtCore import QPoint, QTimer, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from microgpt_gui.app import Playground
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig

playground = Playground(Preferences(asks_before_closing=False))
playground.faults.install()
window, run = playground.window, playground.run
window.show()
run.start(RunConfig(dataset="elements", n_embd=8, n_head=2, steps=1_000_000))
run.train()
moves = iter(range(10**9))

def wander():
    x = next(moves)
    for dock in window.docks.docks:
        across = 40 + x * 7 % max(1, dock.width() - 60)
        target = dock.childAt(across, dock.height() // 2)
        if target is not None:
            QTest.mouseMove(target, QPoint(x * 3 % max(1, target.width()), 9))

timer = QTimer(window, interval=15)
timer.timeout.connect(wander)
timer.start()
QTimer.singleShot(10_500, window.close)
playground.app.exec()
print(run.step, next(moves))
"""


def test_ten_seconds_of_drawing_leave_no_trace():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    steps, moves = map(int, done.stdout.split())
    assert steps > 200
    assert moves > 100
