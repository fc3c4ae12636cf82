"""A lock that its holder's death sets free, however it died.

The system keeps it, not the file: a file that is left behind locks nothing.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock


def taken(path: Path) -> BaseFileLock | None:
    """Take the lock that the file at ``path`` stands for; None if it is held.

    The file is made where there is none. It is held until `release`, on any thread, or
    until whoever has it forgets it or dies.

    Raises:
        OSError: It cannot be made.
    """
    # A marker in place of a lock, where the file system has none, outlives its holder.
    lock = FileLock(
        path, timeout=0, mode=0o600, thread_local=False, fallback_to_soft=False
    )
    try:
        lock.acquire()
    except Timeout:
        return None
    return lock


def release(lock: BaseFileLock, *, removes_file: bool) -> None:
    """Let others take it. To be called once."""
    # While it is held, lest the file be somebody else's. On Windows open files stay,
    # and filelock itself removes it afterwards.
    if removes_file and sys.platform != "win32":
        with suppress(OSError):  # it locks nothing, wherever it is
            os.unlink(lock.lock_file)
    lock.release()
