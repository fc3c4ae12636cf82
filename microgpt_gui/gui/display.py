"""Which display a window can be opened on. Needs no Qt: asked before it loads.

Qt itself ends the process where it cannot reach the display it is told of. Run as a
program, this says what the problem is and fails, or succeeds.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from pathlib import Path


def display_problem() -> str:
    """Return why no window can be shown to a person, for people; empty if one can."""
    if _choice() is not None:
        return ""
    problems = [problem_of() for problem_of in _PROBLEM_OF.values()]
    told = "; ".join(problem for problem in problems if problem != _NOT_SET)
    return told or "DISPLAY and WAYLAND_DISPLAY are not set"


def take_display() -> None:
    """Point Qt to a display that answers; to an unseen one where none does.

    Changes ``QT_QPA_PLATFORM``, and that only where Qt's own choice would fail.
    """
    choice = _choice()
    if choice != "":
        os.environ["QT_QPA_PLATFORM"] = choice or "offscreen"


def _choice() -> str | None:
    """Return the platform to tell Qt of; empty: none; None: there is no display."""
    if not sys.platform.startswith("linux"):
        return ""
    asked = os.environ.get("QT_QPA_PLATFORM", "").split(";")
    wanted = {name.partition(":")[0].partition("-")[0] for name in asked} - {""}
    if not wanted <= _PROBLEM_OF.keys():
        return ""
    problems = {kind: problem_of() for kind, problem_of in _PROBLEM_OF.items()}
    wanted = wanted or {kind for kind in problems if problems[kind] != _NOT_SET}
    if wanted and not any(problems[kind] for kind in wanted):
        return ""
    # What another session has left behind must not hide the display that is there.
    return next((kind for kind in problems if not problems[kind]), None)


_NOT_SET = "not set"


def _problem_of_wayland() -> str:
    if os.environ.get("WAYLAND_SOCKET"):
        return ""  # somebody has connected already
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return _NOT_SET
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / name
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(os.fspath(path))
        except OSError:
            return f"the display {name} (WAYLAND_DISPLAY) does not answer"
    return ""


def _problem_of_x() -> str:
    name = os.environ.get("DISPLAY")
    if not name:
        return _NOT_SET
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return ""  # Qt will tell which library it lacks
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    has_error: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the display {name} (DISPLAY) does not answer" if has_error else ""


#: By the name of Qt's platform, in the order of preference.
_PROBLEM_OF = {"wayland": _problem_of_wayland, "xcb": _problem_of_x}


if __name__ == "__main__":
    sys.exit(display_problem() or 0)
