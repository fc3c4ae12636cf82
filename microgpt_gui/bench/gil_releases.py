"""How often the window's thread lets the interpreter lock go.

Each time it must win the lock back from the training thread, so this number decides how
smooth the window is; and unlike a time it does not depend on how busy the machine is.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING

from microgpt_gui.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

#: What a counting process needs, for people.
NEEDS = "Linux, a C compiler, and a Python that is a shared library"


def build_counter(folder: Path) -> dict[str, str] | None:
    """Compile the counter into ``folder``.

    Returns:
        The environment in which a process counts; None where NEEDS are not met.
    """
    compiler = shutil.which("cc")
    is_shared = sysconfig.get_config_var("Py_ENABLE_SHARED") == 1
    if not (sys.platform == "linux" and compiler and is_shared):
        return None
    library = folder / "gil_releases.so"
    source = resource("bench/gil_releases.c")
    built = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"],
        capture_output=True,
        check=False,
    )
    return None if built.returncode else {"LD_PRELOAD": str(library)}


def count() -> int | None:
    """Return how often this process's main thread has let go; None if not counted."""
    if sys.platform != "linux":
        return None
    try:
        counter = ctypes.PyDLL(None).microgpt_gui_gil_releases
    except AttributeError:
        return None
    counter.restype = ctypes.c_long
    return int(counter())
