"""The program as it is started, driven by keys and clicks on an unseen X display."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from microgpt_gui.gui.window.preferences import Preferences

NEEDED = ("Xvfb", "xdotool")
SCREEN = (1280, 800)
#: With newer keyboard maps xdotool holds Alt where it is given the names of these.
KEYCODES = {"F1": "67", "F11": "95"}
#: What is awaited comes long before.
WAIT_S = 60
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason=f"needs {' and '.join(NEEDED)}"
)


@pytest.fixture
def display():
    """The name of an X display of 1280 x 800 pixels."""
    read, write = os.pipe()
    size = "x".join(map(str, (*SCREEN, 24)))
    # Or it begins anew when its last client leaves, and turns away whoever comes then:
    # what only looks whether somebody else is there yet, would keep that one out.
    command = ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", size]
    server = subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def person(display):
    """Someone in front of the program, just started."""
    person = Person(display)
    yield person
    with person.program:  # a test that failed leaves it running
        person.program.kill()


@pytest.fixture
def person_with_frames(display):
    """Someone in front of the program, just started under a window manager."""
    if shutil.which("openbox") is None:
        pytest.skip("needs openbox")
    environment = os.environ | {"DISPLAY": display}
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    manager = subprocess.Popen(
        ["openbox"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # A window that is there before it would be taken over in the middle of its start.
    end_s = time.monotonic() + WAIT_S
    while subprocess.run(
        ["xdotool", "get_desktop"], env=environment, **silent
    ).returncode:
        assert manager.poll() is None, manager.stdout.read()
        assert time.monotonic() < end_s
    person = Person(display, is_framed=True)
    yield person
    with person.program:
        person.program.kill()
    with manager:
        manager.terminate()


@pytest.fixture(autouse=True)
def closes_without_asking():
    """As someone who has ticked it in the File menu."""
    Preferences(asks_before_closing=False).write()


class Person:
    """Someone at the display, with a keyboard and a mouse."""

    def __init__(self, display, is_framed=False):
        environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
        # Of a session that is over: the display that answers is taken.
        environment["WAYLAND_DISPLAY"] = "/gone/wayland-0"
        self.environment = {**environment, "DISPLAY": display}
        self.program = subprocess.Popen(
            [sys.executable, "-m", "microgpt_gui"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.window = self._find_window()
        if not is_framed:
            self.do("windowsize", "--sync", self.window, *map(str, SCREEN))
            # No window manager gives it the keyboard: it takes that by itself.
            self.wait_for(lambda: self.has_keyboard(self.window))

    def _find_window(self):
        # A window that goes while it searches, a splash or a tip, ends the search.
        while self.program.poll() is None:
            found = self.do("search", "--sync", "--onlyvisible", "--name", "playground")
            if found:
                return found.split()[-1]
        raise AssertionError(self.program.stderr.read())

    def do(self, *words):
        done = subprocess.run(
            ["xdotool", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=WAIT_S,
        )
        return done.stdout

    def place(self):
        """Return left, top, width and height of the window, without its frame."""
        told = self.do("getwindowgeometry", "--shell", self.window)
        values = dict(line.split("=") for line in told.split())
        return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    def wait_for(self, is_so):
        """Look again and again."""
        end_s = time.monotonic() + WAIT_S
        while not is_so():
            assert time.monotonic() < end_s
            time.sleep(0.05)

    def has_keyboard(self, window):
        return self.do("getwindowfocus").strip() == window

    def press(self, *keys):
        for key in keys:
            self.do("key", KEYCODES.get(key, key))

    def click(self, x, y):
        self.do("mousemove", str(x), str(y), "click", "1")

    def open_and_leave(self, keys, title):
        """Open a window and close it, each time with the keyboard going along."""
        self.press(keys)
        opened = self.do("search", "--sync", "--onlyvisible", "--name", title)
        self.wait_for(lambda: self.has_keyboard(opened.split()[-1]))
        self.press("Escape")
        self.wait_for(lambda: self.has_keyboard(self.window))

    def leave(self):
        """Press Ctrl+Q; return status, standard error and how long it took."""
        began_s = time.perf_counter()
        self.press("ctrl+q")
        _, errors = self.program.communicate(timeout=WAIT_S)
        return self.program.returncode, errors, time.perf_counter() - began_s


def test_a_person_plays_with_it_and_closes_it_while_it_trains(person):
    person.press("space", "period", "space", "Return", "d", "ctrl+plus", "ctrl+0")
    person.click(180, 54)  # Step
    person.click(70, 54)  # Train
    person.press("t")
    person.do("type", "sophia")
    person.click(640, 15)  # beside everything: typing ends
    person.press("ctrl+2", "ctrl+3", "Escape")
    person.open_and_leave("F1", "^Keys")
    person.press("r", "space")
    for x, y in ((350, 600), (500, 300), (1180, 300), (100, 600), (1220, 110)):
        person.click(x, y)
    person.press("n", "space", "Return", "minus", "plus", "v")
    status, errors, _ = person.leave()
    assert errors == ""
    assert status == 0


def test_closing_while_it_trains_is_quick(person):
    # The keyboard is where the person is, without a window manager too.
    for keys, title in (("F1", "^Keys"), ("ctrl+o", "^Open a run")):
        person.open_and_leave(keys, title)
    person.press("space")
    status, errors, seconds = person.leave()
    assert (status, errors) == (0, "")
    # Half a second for the window; the rest is the interpreter's own leaving.
    assert seconds < 2


@pytest.mark.long
def test_full_screen_without_a_window_manager_and_back(person):
    person.do("windowsize", "--sync", person.window, "1000", "700")
    before = person.place()
    person.press("F11")
    person.wait_for(lambda: person.place() == (0, 0, *SCREEN))
    person.press("F11")
    person.wait_for(lambda: person.place() == before)
    # The window has its keys again when a dialog is closed.
    dialog = ("--onlyvisible", "--name", "^Open a run")
    person.press("ctrl+o")
    person.do("search", "--sync", *dialog)
    person.press("Escape")
    person.wait_for(lambda: not person.do("search", *dialog))
    person.press("F11")
    person.wait_for(lambda: person.place() == (0, 0, *SCREEN))
    assert person.leave()[:2] == (0, "")


def fits(person):
    """Whether the first window has the size that the screen has room for."""
    left, top, width, height = person.place()
    # It counts the frame twice.
    across, down = left // 2 + width, top // 2 + height
    is_inside = across <= SCREEN[0] and down <= SCREEN[1]
    # The first guess at the frame is a larger one.
    return top > 0 and is_inside and width > 1200 and height > 764


def test_the_first_window_fits_the_screen_with_its_frame(person_with_frames):
    person = person_with_frames
    person.wait_for(lambda: fits(person))
    before = person.place()
    person.press("F11")
    person.wait_for(lambda: person.place() == (0, 0, *SCREEN))
    person.press("F11")
    person.wait_for(lambda: person.place() == before)
    person.press("F1")
    person.do("search", "--sync", "--onlyvisible", "--name", "^Keys")
    person.press("space", "Escape", "d", "space", "space")
    assert person.leave()[:2] == (0, "")


@pytest.mark.long
def test_full_screen_pressed_in_haste_keeps_the_size(person_with_frames):
    """Before the window manager has answered; a busy one answers too late for it."""
    person = person_with_frames
    person.wait_for(lambda: fits(person))
    before = person.place()
    # Presses and releases of one millisecond are a key that is held, to X and to Qt.
    f11 = KEYCODES["F11"]
    person.do("key", "--delay", "8", *[f11] * 3, "sleep", "0.5", "key", f11)
    person.wait_for(lambda: person.place() == before)
    assert person.leave()[:2] == (0, "")
