"""Getting the machine code, wherever it comes from."""

from __future__ import annotations

import time
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.machine_code.key import NotInstalled
from microgpt_gui.engine.compiled.machine_code.process import CANNOT_WRITE
from microgpt_gui.session.file_lock import release, taken
from microgpt_gui.session.machine_code import words
from microgpt_gui.session.machine_code.at_hand import load_kept, wanted_path
from microgpt_gui.session.machine_code.compiler import Compiler
from microgpt_gui.session.machine_code.kept import ITS_KERNELS, Kernels

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from filelock import BaseFileLock

#: So often `wait` looks whether the process has ended.
_LOOK_S = 0.05


class Stage(Enum):
    """How far it is."""

    NOT_BEGUN = auto()
    COMPILING = auto()  # here, or in another program that is waited for
    COMPILED = auto()  # there is a file to `load_kept`
    LOADED = auto()
    FAILED = auto()


class NoMachineCode(Exception):
    """The kernels cannot be compiled here; the message says why, and what to do."""


class Supply:
    """Gets the code: from the cache, or compiled anew. Belongs to one thread.

    Attributes:
        stage: See `Stage`.
        problem: Why it has failed, and what to do; for people.
    """

    def __init__(self, kernels: Kernels = ITS_KERNELS) -> None:
        self.stage = Stage.NOT_BEGUN
        self.problem = ""
        self._kernels = kernels
        self._path: Path | None = None
        self._compiler: Compiler | None = None
        self._lock: BaseFileLock | None = None
        self._began_s = 0.0

    @property
    def so_far_s(self) -> float:
        """For how many seconds it has been compiling."""
        return time.monotonic() - self._began_s

    @property
    def pid(self) -> int | None:
        """The number of the process that compiles here; None if there is none."""
        return self._compiler.pid if self._compiler else None

    def load(self) -> bool:
        """Load what is compiled; return whether there was any. See `load_kept`."""
        if load_kept(self._kernels):
            self._end()
            self.stage = Stage.LOADED
        elif self.stage is Stage.COMPILED:
            self._fail(words.cannot_load())
        return self.stage is Stage.LOADED

    def compile(self) -> None:
        """Begin to compile, unless that is under way. Takes some milliseconds."""
        if self.stage in (Stage.COMPILING, Stage.LOADED):
            return
        self._began_s = time.monotonic()
        try:
            self._path = wanted_path(self._kernels)
        except NotInstalled as error:
            self._fail(words.not_installed(error.package))
            return
        except Exception as error:  # whatever a broken package raises
            self._fail(words.broken(str(error) or type(error).__name__))
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self.stage = Stage.COMPILING
            self._compile_or_wait(self._path)
        except OSError as error:
            self._fail(words.cannot_write(_reason(error)))

    def poll(self) -> Stage:
        """See how far it is. Takes no time."""
        if self.stage is not Stage.COMPILING:
            return self.stage
        compiler = self._compiler
        if compiler is None:
            self._look_after_the_other()
        elif (ended := compiler.poll()) is not None:
            last_words = compiler.last_words
            self._end()
            if ended == 0:
                self.stage = Stage.COMPILED
            elif ended == CANNOT_WRITE:
                self._fail(words.cannot_write(last_words))
            elif ended < 0 or not last_words:
                self._fail(words.was_killed(ended))
            else:
                self._fail(words.broken(last_words))
        return self.stage

    def wait(
        self,
        check: Callable[[], None],
        tell: Callable[[float], None] = lambda _so_far_s: None,
    ) -> None:
        """Get the code, however long that takes.

        Args:
            check: Called often; what it raises ends the waiting, and the compiling.
            tell: Called often with the seconds that it has been compiling.

        Raises:
            NoMachineCode: It cannot be had; says why, and what to do.
        """
        try:
            if self.load():
                return
            self.compile()
            while self.poll() is Stage.COMPILING:
                check()
                tell(self.so_far_s)
                time.sleep(_LOOK_S)
            if self.stage is Stage.FAILED or not self.load():
                raise NoMachineCode(self.problem)
        finally:
            self.stop()

    def stop(self) -> None:
        """Give up what is under way; no process is left."""
        self._end()
        if self.stage is Stage.COMPILING:
            self.stage = Stage.NOT_BEGUN

    def _compile_or_wait(self, path: Path) -> None:
        self._lock = taken(path.with_suffix(".lock"))
        if self._lock is not None:
            self._compiler = Compiler(path, self._kernels)

    def _look_after_the_other(self) -> None:
        """Another program compiles the same: wait, or take over where it died."""
        assert self._path is not None
        if self._path.exists():
            self.stage = Stage.COMPILED
            return
        try:
            self._compile_or_wait(self._path)
        except OSError as error:
            self._fail(words.cannot_write(_reason(error)))

    def _fail(self, problem: str) -> None:
        self._end()
        self.stage = Stage.FAILED
        self.problem = problem

    def _end(self) -> None:
        if self._compiler is not None:
            self._compiler.stop()
            self._compiler = None
        if self._lock is not None:
            with suppress(OSError):
                release(self._lock, removes_file=True)
            self._lock = None


def _reason(error: OSError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file is in the way"
    return str(error.strerror or error)
