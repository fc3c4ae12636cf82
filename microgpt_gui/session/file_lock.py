"""A lock that its holder's death sets free, however it died."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Held from `taken` to `release`, or to the end of the process.

    The system keeps it, not the file: a file that is left behind locks nothing.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        """See `taken`."""
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def taken(cls, path: Path) -> FileLock | None:
        """Take the lock that the file at ``path`` stands for; None if it is held.

        The file is made where there is none.

        Raises:
            OSError: It cannot be made.
        """
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _try_lock(descriptor)
            # Whoever held it until now may have removed the file: then this is a lock
            # on nothing that others can see.
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                return cls(path, descriptor)
        except (BlockingIOError, PermissionError, FileNotFoundError):
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        return None

    def release(self, *, removes_file: bool) -> None:
        """Let others take it. To be called once."""
        if removes_file and sys.platform != "win32":  # there, open files stay
            self._remove()
        os.close(self._descriptor)
        if removes_file and sys.platform == "win32":
            self._remove()

    def _remove(self) -> None:
        with suppress(OSError):  # it locks nothing, wherever it is
            os.unlink(self._path)
