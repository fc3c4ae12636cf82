"""How much memory a process has, and has had, as the kernel counts it."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path


def bytes_of_this_process() -> int | None:
    """Return the bytes it has resident now; None where the system does not tell."""
    return _told("VmRSS:")


def peak_of_this_process() -> int | None:
    """Return the most bytes it had resident; None where the system does not tell."""
    # Where there is /proc, that is the better source: Linux counts to ru_maxrss what
    # the parent had in use before this process became a program of its own.
    if (told := _told("VmHWM:")) is not None:
        return told
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _told(name: str) -> int | None:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return None
