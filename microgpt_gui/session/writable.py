"""Where a file can be written, and why not, in words for people."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from microgpt_gui.atomic_file import replacing
from microgpt_gui.data.text_file import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

_ANYBODY_WRITES = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class CannotWrite(Exception):
    """A file cannot be written; the message is for people.

    Attributes:
        is_protected: It could be, but somebody has said that it must not.
    """

    def __init__(self, message: str, *, is_protected: bool = False) -> None:
        super().__init__(message)
        self.is_protected = is_protected


def check_writable(path: Path) -> None:
    """See whether a file could be written, so that no training is in vain.

    Raises:
        CannotWrite: It could not; says why.
    """
    with explained(path):
        target = _target(path)
        with tempfile.TemporaryFile(dir=target.parent):
            pass


@contextmanager
def replacing_file(path: Path) -> Iterator[BinaryIO]:
    """Open what becomes the file at ``path`` when all is written: see `replacing`.

    Raises:
        CannotWrite: It cannot be written; says why. What was there is there still.
    """
    with explained(path), replacing(_target(path)) as file:
        yield file


def _target(path: Path) -> Path:
    """Return the file that ``path`` means, through links.

    Raises:
        CannotWrite: It is no place for a file. What is not a regular file must not be
            replaced: /dev/null would be gone.
    """
    try:
        target = Path(os.path.realpath(path))
        os.lstat(target)
    except OSError:
        pass  # told of when it is written
    except ValueError as error:
        raise CannotWrite(f"{shown_path(path)}: this is no path ({error})") from None
    if target.is_dir():
        raise CannotWrite(f"{shown_path(path)}: this is a folder; a file was wanted")
    if target.exists() and not target.is_file():
        raise CannotWrite(
            f"{shown_path(path)}: this is a device or a pipe; a file was wanted"
        )
    _refuse_read_only(path, target)
    return target


def _refuse_read_only(path: Path, target: Path) -> None:
    """Respect that a file is read-only: only the folder has a say in replacing it.

    Raises:
        CannotWrite: It is.
    """
    with suppress(FileNotFoundError):
        # The mode too: whoever administers a computer may write to everything.
        is_closed = not target.stat().st_mode & _ANYBODY_WRITES
        if is_closed or not os.access(target, os.W_OK):
            raise CannotWrite(
                f"{shown_path(path)}: this file is read-only; choose another name, or "
                "allow writing to it",
                is_protected=True,
            )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an OSError into a `CannotWrite` that people understand.

    Args:
        path: What is being written, as people know it.

    Raises:
        CannotWrite: What is done here raised an OSError; says why.
    """
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"{shown_path(path)}: {_reason(error)}") from None


def _reason(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such folder to write in"
        case NotADirectoryError():
            return "a part of this path is a file, not a folder"
        case PermissionError():
            return "no permission to write here"
        case OSError() if error.errno in _DISK_FULL:
            return "the disk is full"
        case _:
            return f"this file cannot be written ({error.strerror or error})"
