"""The process that compiles, as the program sees it that started it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import microgpt_gui
from microgpt_gui.engine.compiled.machine_code import process
from microgpt_gui.session.machine_code.kept import ITS_KERNELS, Kernels

if TYPE_CHECKING:
    from typing import IO

#: Of Python's own variables, those that say where packages are; the others, such as
#: warnings that are made errors, are meant for other programs.
_KEPT = {
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONUSERBASE",
    "PYTHONNOUSERSITE",
    "PYTHONPLATLIBDIR",
    "PYTHONPYCACHEPREFIX",
    "PYTHONDONTWRITEBYTECODE",
}


class Compiler:
    """Compiles into a file. It ends with the program that started it, killed or not.

    Attributes:
        began_s: When it began, by `time.monotonic`.
    """

    def __init__(self, path: Path, kernels: Kernels = ITS_KERNELS) -> None:
        """Start it.

        Args:
            path: Where the code goes; the folder is there.
            kernels: What to compile.

        Raises:
            OSError: It cannot be started, or there is no room for what it says.
        """
        self.began_s = time.monotonic()
        self._said: IO[bytes] = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                command(path, kernels),
                cwd=path.parent,
                env=environment(),
                stdin=subprocess.PIPE,  # it ends where this does
                stdout=subprocess.DEVNULL,
                stderr=self._said,
            )
        except BaseException:
            self._said.close()
            raise

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def poll(self) -> int | None:
        """Return how it ended, 0 for well; None while it works. Takes no time."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The last line that it said."""
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def stop(self) -> None:
        """End it, if it has not ended, and wait for that; takes a moment at most."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._said.close()


def command(path: Path, kernels: Kernels) -> list[str]:
    """Return what compiles."""
    options = ["--entries", kernels.module, process.WITH_STDIN]
    return [sys.executable, "-m", process.MODULE, str(path), *options]


def environment() -> dict[str, str]:
    """Return this program's, without what would change or break the compiling."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NUMBA_", "PYTHON")) or name in _KEPT
    }
    # Not the folder where it is started: there might be a random.py. But where this
    # very program is, which may have been started out of its folder.
    here = str(Path(microgpt_gui.__file__).parent.parent)
    paths = [*kept.get("PYTHONPATH", "").split(os.pathsep), here]
    kept["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return kept | {"PYTHONSAFEPATH": "1", "PYTHONUNBUFFERED": "1"}
