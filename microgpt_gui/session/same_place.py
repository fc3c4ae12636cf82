"""Whether two paths mean one file, whatever links and spellings lead there."""

from __future__ import annotations

import os
import secrets
import unicodedata
from contextlib import suppress
from pathlib import Path


def is_same_place(one: Path, other: Path) -> bool:
    """Say whether writing to one of two files would change the other.

    They need not exist. What is no regular file, such as ``/dev/null`` or a terminal,
    is never a place: it has nothing to lose.
    """
    with suppress(OSError, ValueError):
        one, other = Path(os.path.realpath(one)), Path(os.path.realpath(other))
        if one.exists() and other.exists():
            return one.is_file() and other.is_file() and one.samefile(other)
        if one == other:
            return True
        return _is_one_folder(one.parent, other.parent) and _is_one_name(one, other)
    return one == other


def _is_one_folder(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def _is_one_name(one: Path, other: Path) -> bool:
    """Say whether two names in one folder, of which one is free, are one file's."""
    if one.name == other.name:
        return True
    if _folded(one.name) != _folded(other.name) or one.exists() or other.exists():
        return False  # where one is there, its file system was asked by the other name
    # Whether case and accents tell names apart, only the file system knows.
    start = f".{secrets.token_hex(8)}."
    probe = one.with_name(start + one.name)
    probe.touch(exist_ok=False)
    try:
        return probe.with_name(start + other.name).exists()
    finally:
        probe.unlink()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
