import os
import socket
import subprocess
import sys

import pytest

from microgpt_gui.gui.display import display_problem, take_display

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have one"
)


@pytest.fixture(autouse=True)
def no_display(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_display_it_says_which_variables_are_missing():
    assert "DISPLAY and WAYLAND_DISPLAY are not set" in display_problem()


def test_a_display_that_does_not_answer_is_none(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":7654")
    assert ":7654 (DISPLAY) does not answer" in display_problem()
    command = [sys.executable, "-m", "microgpt_gui"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "does not answer" in done.stderr


def test_a_platform_that_is_asked_for_is_taken(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display_problem() == ""


@pytest.fixture
def wayland(tmp_path_factory, monkeypatch):
    """A socket where a Wayland display takes connections, in the usual folder."""
    folder = tmp_path_factory.mktemp("run")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "wayland-7"))
        listener.listen()
        yield "wayland-7"


@pytest.mark.parametrize("asked", ["", "wayland", "wayland-egl;xcb", "xcb"])
def test_of_two_displays_the_one_that_answers_is_taken(monkeypatch, wayland, asked):
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    monkeypatch.setenv("DISPLAY", ":7654")
    monkeypatch.setenv("WAYLAND_DISPLAY", wayland)
    assert display_problem() == ""
    take_display()
    assert os.environ["QT_QPA_PLATFORM"].startswith("wayland")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-8")
    assert "wayland-8 (WAYLAND_DISPLAY) does not answer" in display_problem()
    take_display()
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
