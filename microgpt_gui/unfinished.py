"""Notes of what is half-written, for the next start to clear away after a kill.

Whoever is killed in the middle leaves a hidden file, or a folder, wherever the person
wanted the whole one; nobody would look for it there. So its place is noted first.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What all temporary names of this program end in, and what they look like: a note that
#: was tampered with must not remove anything else.
SUFFIX = ".part"
_OURS = re.compile(r"\..+\.[0-9a-z_]{8,16}\.part", re.DOTALL)

#: Younger ones may belong to a program that is still running: numbers of processes are
#: used again, and not every system tells whether one is alive.
_STRAY_AFTER_S = 3600.0

_folder: Path | None = None
_own: set[str] = set()  # names of notes


def note_in(folder: Path | None) -> None:
    """Let notes be made from now on, in this folder; None ends it."""
    global _folder  # writers everywhere note in the same place
    _folder = folder


@contextmanager
def noted(temporary: Path) -> Iterator[None]:
    """Note that ``temporary`` is there, until the body ends; from any thread.

    Where notes cannot be made, nothing is noted.
    """
    note = None
    if _folder is not None:
        name = f"{os.getpid()}-{secrets.token_hex(8)}"
        with suppress(OSError):
            _folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _own.add(name)
            note = _folder / name
            note.write_bytes(os.fsencode(os.path.abspath(temporary)))
    try:
        yield
    finally:
        if note is not None:
            with suppress(OSError):
                note.unlink()
            _own.discard(note.name)


def sweep(folder: Path) -> None:
    """Remove what killed programs have noted in ``folder`` and left behind."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if name not in _own:
                with suppress(OSError, ValueError):  # none of ours, or in use
                    _sweep_noted(folder / name)


def _sweep_noted(note: Path) -> None:
    owner = int(note.name.partition("-")[0])
    is_old = note.stat().st_mtime < time.time() - _STRAY_AFTER_S
    if not is_old and _may_live(owner):
        return
    path = Path(os.fsdecode(note.read_bytes()))
    if path.is_absolute() and _OURS.fullmatch(path.name):
        with suppress(FileNotFoundError):
            if stat.S_ISDIR(path.lstat().st_mode):
                shutil.rmtree(path)
            else:
                path.unlink()
    note.unlink()


def _may_live(process: int) -> bool:
    if process == os.getpid():
        return False  # it has not written this note
    if os.name != "posix":
        return True  # there, to ask would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
