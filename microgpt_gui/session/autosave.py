"""Runs kept safe while they train, and given back after a crash.

Every window keeps its run in a file of its own, beside a lock that it holds while it
lives. A file whose lock is free belongs to a program that did not end as it should:
it is offered until somebody saves it, or dismisses it: see `dismissed`.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import platformdirs

from microgpt_gui.isolation import isolated
from microgpt_gui.session.file_lock import release, taken
from microgpt_gui.session.run_files import SUFFIX
from microgpt_gui.session.run_files.problems import NewerFormat, RunFileError
from microgpt_gui.session.run_files.reading import describe
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.set_aside import set_aside

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.run_files.saved_run import Mark

#: What keyframes may take in an autosaved file: the steps between them can be done
#: once more, and less to write is less to wait for.
KEYFRAME_BYTES = 8 * 2**20

_LOCK_SUFFIX = ".lock"

#: Others look at a lock for a moment only; so often is tried to take it.
_CLAIM_TRIES = 50
_CLAIM_PAUSE_S = 0.01


@dataclass(frozen=True, slots=True)
class Offer:
    """A run that a crash has left behind."""

    path: Path
    when: datetime  # of its last save, in the local time zone
    name: str  # what people call it; may be empty
    step: int  # steps done
    steps: int  # steps wanted


class Autosave:
    """The file in which one window keeps one run safe. See `begin` and `claim`.

    All of it may be called from any thread.

    Attributes:
        path: The file; `read_run` reads it. It need not be there yet.
    """

    def __init__(self, path: Path, lock: BaseFileLock) -> None:
        """See `begin`."""
        self.path = path
        self._file_lock = lock
        self._writing = Lock()
        self._generation = 0  # of what is worth keeping
        self._has_ended = False
        self._kept: tuple[object, ...] | None = None

    def save(
        self,
        record: RunRecord,
        name: str = "",
        marks: tuple[Mark, ...] = (),
        trained_s: float | None = None,
        keyframe_bytes: int = KEYFRAME_BYTES,
    ) -> bool:
        """Keep a run in place of what was kept before.

        Args:
            record: The run.
            name: See `SavedRun`.
            marks: See `SavedRun`.
            trained_s: See `SavedRun`.
            keyframe_bytes: See `write_run`.

        Returns:
            Whether it was written: not if that very moment of the run is kept already,
            nor if `discard` or `end` came in between.

        Raises:
            RunFileError: It cannot be written; what was kept is kept still.
        """
        generation = self._generation
        # Training is deterministic: equal segments and steps mean equal numbers.
        now = (record.steps_done, record.segments, name, marks)

        def check() -> None:
            if generation != self._generation:
                raise _Outdated

        with self._writing:
            if self._has_ended or now == self._kept:
                return False
            try:
                check()
                write_run(
                    self.path,
                    SavedRun(record, name, marks, trained_s=trained_s),
                    check,
                    keyframe_bytes=keyframe_bytes,
                )
            except _Outdated:
                return False
            self._kept = now
        return True

    def discard(self) -> None:
        """Forget what is kept: it has been saved elsewhere, or nobody wants it.

        Breaks off a `save` that is on its way. Later ones are welcome.
        """
        self._generation += 1
        with self._writing:
            self._forget()

    def end(self) -> None:
        """Forget what is kept, for good: the window closes as it should.

        A `save` that comes later writes nothing.
        """
        self._generation += 1
        with self._writing:
            if self._has_ended:
                return
            self._has_ended = True
            self._forget()
            release(self._file_lock, removes_file=True)

    def let_go(self) -> None:
        """Leave what is kept as it is, for others; to be called once."""
        self._has_ended = True
        release(self._file_lock, removes_file=not os.path.exists(self.path))

    def _forget(self) -> None:
        self._kept = None
        _sweep_half_written(self.path)
        with suppress(FileNotFoundError):
            os.unlink(self.path)


class _Outdated(Exception):
    """What is being saved is not wanted any more."""


def recovery_folder() -> Path:
    """Return the folder of all that is kept; it may not exist yet."""
    state = platformdirs.user_state_dir("microgpt-gui", appauthor=False)
    return Path(state) / "recovery"


def unfinished_folder() -> Path:
    """Return where a window notes what it writes, see `unfinished`."""
    return recovery_folder().with_name("unfinished")


def begin(folder: Path | None = None) -> Autosave:
    """Make ready to keep a run safe; nothing is kept yet.

    Clears away what dead programs have left half-written.

    Args:
        folder: Where to keep it; None: `recovery_folder`.

    Raises:
        RunFileError: The folder cannot be used.
    """
    folder = folder or recovery_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder)
        while True:
            path = folder / f"{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
            if lock := taken(_lock_path(path)):
                return Autosave(path, lock)
    except OSError as error:
        raise RunFileError(
            f"{isolated(str(folder))}: runs cannot be kept safe here "
            f"({error.strerror or error})"
        ) from None


def leftovers(folder: Path | None = None) -> tuple[Offer, ...]:
    """Return the runs that crashes have left behind, the newest first.

    Clears away what dead programs have left half-written.

    Args:
        folder: See `begin`.
    """
    folder = folder or recovery_folder()
    with suppress(OSError):
        _sweep(folder)
    offers = []
    for path in runs_in(folder):
        with suppress(OSError, RunFileError):  # it went, or it is past reading
            if lock := taken(_lock_path(path)):
                try:
                    offers.append(offer_of(path))
                finally:
                    release(lock, removes_file=False)
    return tuple(sorted(offers, key=lambda offer: offer.when, reverse=True))


def set_damaged_aside(folder: Path | None = None) -> tuple[Path, ...]:
    """Rename what crashes have left behind and cannot be read; return where it is now.

    Args:
        folder: See `begin`.
    """
    moved = []
    for path in runs_in(folder or recovery_folder()):
        with suppress(OSError):
            if lock := taken(_lock_path(path)):
                try:
                    if _is_damaged(path) and (aside := set_aside(path)):
                        moved.append(aside)
                finally:
                    release(lock, removes_file=not os.path.lexists(path))
    return tuple(moved)


def claim(offer: Offer) -> Autosave | None:
    """Take over what was left behind; None if another window was faster.

    It stays on the disk, and is offered again if this program crashes too, until it is
    discarded or ended. The window may go on saving into it.
    """
    for _ in range(_CLAIM_TRIES):
        with suppress(OSError):
            if lock := taken(_lock_path(offer.path)):
                if os.path.exists(offer.path):
                    _sweep_half_written(offer.path)
                    return Autosave(offer.path, lock)
                release(lock, removes_file=True)
        if not os.path.exists(offer.path):
            return None
        time.sleep(_CLAIM_PAUSE_S)
    return None


def runs_in(folder: Path) -> list[Path]:
    """Return the run files in a folder; none where it cannot be looked into."""
    with suppress(OSError):
        return [folder / name for name in os.listdir(folder) if name.endswith(SUFFIX)]
    return []


def offer_of(path: Path) -> Offer:
    """Return what there is to be said of a run that was kept.

    Raises:
        RunFileError, OSError: It cannot be read.
    """
    info = describe(path)
    return Offer(
        path=path,
        when=datetime.fromtimestamp(path.stat().st_mtime).astimezone(),
        name=info.name,
        step=info.steps_done,
        steps=info.config.steps,
    )


def _is_damaged(path: Path) -> bool:
    try:
        describe(path)
    except NewerFormat:
        return False  # its own program can read it
    except RunFileError:
        return os.path.lexists(path)
    return False


def _lock_path(path: Path) -> Path:
    return path.with_suffix(_LOCK_SUFFIX)


def _sweep(folder: Path) -> None:
    """Remove the locks and half-written files of dead programs."""
    paths = {lock.with_suffix(SUFFIX) for lock in folder.glob(f"*{_LOCK_SUFFIX}")}
    for stray in folder.glob(f".*{SUFFIX}.*.part"):
        name, _, _ = stray.name[1:].partition(SUFFIX)
        paths.add(folder / f"{name}{SUFFIX}")
    for path in paths:
        if lock := taken(_lock_path(path)):
            _sweep_half_written(path)
            release(lock, removes_file=not path.exists())


def _sweep_half_written(path: Path) -> None:
    """Remove what was to become the file; to be called by who holds its lock."""
    for stray in path.parent.glob(f".{escape(path.name)}.*.part"):
        with suppress(OSError):
            os.unlink(stray)
