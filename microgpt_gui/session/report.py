"""What a finished run leaves for other programs: one JSON file, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from microgpt_gui.atomic_file import replacing
from microgpt_gui.data.text_file import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class CannotWrite(Exception):
    """A file cannot be written; the message is for people."""


@dataclass(frozen=True, slots=True)
class Report:
    """A run in numbers. The names are those of the file.

    Attributes:
        losses: Mean cross-entropy of every step, in nats.
        final_params_sha256: See `engine.fingerprint`.
        steps_per_second: Of the training alone.
        settings: All that decides the numbers above.
        python: The interpreter's version.
        version: This program's.
    """

    num_docs: int
    vocab_size: int
    num_params: int
    losses: tuple[float, ...]
    samples: tuple[str, ...]
    final_params_sha256: str
    engine: str
    steps_per_second: float
    settings: dict[str, Any]
    python: str
    version: str


def check_writable(path: Path) -> None:
    """See whether a file could be written, so that no training is in vain.

    Raises:
        CannotWrite: It could not; says why.
    """
    with _explained(path):
        target = _target(path)
        with tempfile.TemporaryFile(dir=target.parent):
            pass


def write_report(path: Path, report: Report) -> None:
    """Write a report; see `write_json`."""
    write_json(path, asdict(report))


def write_json(path: Path, value: object) -> None:
    """Write the file, or leave what was there before.

    Numbers are written so that reading them gives the same ones, to the last bit.

    Raises:
        CannotWrite: It cannot be written; says why.
    """
    text = json.dumps(value, indent=1) + "\n"
    with _explained(path):
        target = _target(path)
        with replacing(target) as file:
            file.write(text.encode())
            _set_mode(file.fileno(), target)


def _target(path: Path) -> Path:
    """Return the file that ``path`` means, through links.

    Raises:
        CannotWrite: It is no place for a file. What is not a regular file must not be
            replaced: /dev/null would be gone.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise CannotWrite(f"{shown_path(path)}: this is a folder; a file was wanted")
    if target.exists() and not target.is_file():
        raise CannotWrite(
            f"{shown_path(path)}: this is a device or a pipe; a file was wanted"
        )
    return target


def _set_mode(descriptor: int, target: Path) -> None:
    """Give the new file the permissions of the old one, or those of any new file."""
    if not hasattr(os, "fchmod"):
        return
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0o077)
        os.umask(umask)
        mode = 0o666 & ~umask
    os.fchmod(descriptor, mode)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn an OSError into a `CannotWrite` that people understand."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise CannotWrite(f"{shown_path(path)}: {_reason(error)}") from None


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such folder to write in"
        case NotADirectoryError():
            return "a part of this path is a file, not a folder"
        case PermissionError():
            return "no permission to write here"
        case OSError() if error.errno in _DISK_FULL:
            return "the disk is full"
        case OSError():
            return f"this file cannot be written ({error.strerror or error})"
        case _:
            return f"this is no path ({error})"
