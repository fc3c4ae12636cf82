"""What is left of the window when the program comes to its end."""

import os
import subprocess
import sys

#: Opens the window as the command does, and closes it once it is seen.
PROGRAM = """
from PySide6.QtCore import QTimer
from microgpt_gui import app
from microgpt_gui.gui.window.main_window import MainWindow
from microgpt_gui.session.config import RunConfig

application = app.make_app()

def leave():
    for widget in application.topLevelWidgets():
        if isinstance(widget, MainWindow) and widget.isVisible():
            widget.close_without_remembering()

timer = QTimer(interval=20)
timer.timeout.connect(leave)
timer.start()
status = app.open_window(RunConfig(dataset="elements"))
print(status, len(application.topLevelWidgets()))
"""


def test_no_window_outlives_its_close():
    """What Qt tells one at the interpreter's end would find half of it gone."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "0 0\n"), done.stderr
