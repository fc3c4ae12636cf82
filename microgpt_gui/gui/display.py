"""Whether there is a display to open a window on. Needs no Qt: asked before it loads.

Qt itself ends the process where it cannot reach the display it is told of. Run as a
program, this says what the problem is and fails, or succeeds.
"""

from __future__ import annotations

import ctypes
import os
import sys


def display_problem() -> str:
    """Return why no window can be shown to a person, for people; empty if one can."""
    if not sys.platform.startswith("linux"):
        return ""
    if os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    name = os.environ.get("DISPLAY")
    if not name:
        return "DISPLAY and WAYLAND_DISPLAY are not set"
    return "" if _answers(name) else f"the display {name} (DISPLAY) does not answer"


def _answers(name: str) -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # Qt will tell which library it lacks
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(name.encode(), None))
    has_error: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not has_error


if __name__ == "__main__":
    sys.exit(display_problem() or 0)
