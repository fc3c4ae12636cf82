"""Writing a file so that it is either the old one or the whole new one."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
import time
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from microgpt_gui.unfinished import SUFFIX, noted

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Most file systems allow 255 bytes: fewer letters where each takes three or four.
_MOST_NAME_BYTES = 220

_STRAY_AFTER_S = 3600.0  # younger ones may belong to a program that is still running


@contextmanager
def replacing(destination: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside ``destination`` that takes its place at the end.

    Where the body or the writing fails, the destination stays as it was and the
    temporary file goes. What a killed program left an hour ago or more goes too; the
    window's next start looks for it as well, see `unfinished`. The new file has the
    old one's permissions. A device, a pipe or a folder is no destination: a file must
    not take its place, and a pipe would wait for a reader.

    Raises:
        OSError: The file cannot be written: no such folder, no permission, disk full,
            something in the way that is no file.
    """
    destination = Path(os.path.realpath(destination))  # a link stays a link
    if destination.exists() and not destination.is_file():
        raise OSError(errno.EEXIST, "what is there is no file", str(destination))
    _remove_strays(destination)
    temporary = destination.with_name(
        f".{_beginning_of(destination)}.{secrets.token_hex(8)}{SUFFIX}"
    )
    try:
        with noted(temporary), open(temporary, "xb") as file:
            _take_permissions(file.fileno(), destination)
            yield file
            file.flush()
            os.fsync(file.fileno())
            file.close()  # some systems rename no file that is open
            os.replace(temporary, destination)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _sync_folder(destination.parent)


def _beginning_of(destination: Path) -> str:
    """Return what a temporary file's name begins with: no name may be too long."""
    name = os.fsencode(destination.name)
    if len(name) <= _MOST_NAME_BYTES:
        return destination.name
    return hashlib.sha256(name).hexdigest()[:32]


def _take_permissions(descriptor: int, destination: Path) -> None:
    if hasattr(os, "fchmod"):
        with suppress(FileNotFoundError):
            os.fchmod(descriptor, stat.S_IMODE(destination.stat().st_mode))


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut, where the system can promise that."""
    if hasattr(os, "O_DIRECTORY"):
        with suppress(OSError):  # the file itself is safe
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _remove_strays(destination: Path) -> None:
    oldest = time.time() - _STRAY_AFTER_S
    start = escape(_beginning_of(destination))
    for stray in destination.parent.glob(f".{start}.*.part"):
        with suppress(OSError):  # another program may be faster, or own it
            if stray.stat().st_mtime < oldest:
                stray.unlink()
