"""The machine code that was compiled before, in the person's cache folder."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.engine.compiled.machine_code.key import KERNELS
from microgpt_gui.session.datasets import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_SUFFIX = ".code"


@dataclass(frozen=True, slots=True)
class Kernels:
    """What is compiled.

    Attributes:
        module: Where its entries are.
        folder: Where its sources are.
    """

    module: str
    folder: Path


#: Of the engine "compiled".
ITS_KERNELS = Kernels("microgpt_gui.engine.compiled.kernels.entries", KERNELS)


def code_folder() -> Path:
    """Return the folder; it may not exist yet."""
    return cache_folder() / "machine-code"


def code_path(digest: str) -> Path:
    """Return the file of the code whose key has this digest."""
    return code_folder() / f"{digest}{_SUFFIX}"


def kept_bytes() -> int:
    """Return what all code takes, that of other versions and processors included."""
    return sum(_size(path) for path in _files())


def empty() -> int:
    """Remove all code, and return how much is there still.

    What is loaded goes on working: the file is read whole, and not needed again.
    """
    for path in _files():
        with suppress(OSError):
            path.unlink()
    return kept_bytes()


def _files() -> Iterator[Path]:
    folder = code_folder()
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.endswith(_SUFFIX) and entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0
