"""The window under Wayland, where it cannot place itself."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("weston") is None, reason="needs weston")


@pytest.fixture
def wayland(tmp_path_factory):
    """The environment of a Wayland display that nobody sees."""
    folder = tmp_path_factory.mktemp("wl")
    folder.chmod(0o700)
    environment = {k: v for k, v in os.environ.items() if k != "DISPLAY"}
    environment |= {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wayland-7"}
    environment["QT_QPA_PLATFORM"] = ""
    command = ["weston", "--backend=headless-backend.so", "--socket=wayland-7"]
    command += ["--width=1280", "--height=800", "--idle-time=0"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    display = subprocess.Popen(command, env=environment, **silent)
    while not (folder / "wayland-7").exists():
        assert display.poll() is None
        time.sleep(0.02)
    yield environment
    display.terminate()
    display.wait()


def test_a_window_that_cannot_place_itself(wayland):
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.window_on_wayland"],
        cwd=Path(__file__).parents[2],
        env=wayland,
        capture_output=True,
        text=True,
        timeout=150,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "platform": "wayland",
        "fits": True,
        "sizes": [[1000, 700]] * 3,
        "restored": True,
        "is above": True,
        "moved": 1,
        "back": True,
        "back again": True,
    }
