"""One file a run: everything to go on as if it had never stopped, on any computer.

A `.mgpt` file is a safetensors file, which other programs read too. The rooms:

    saved_run   what a file holds
    problems    what can be wrong with one
    writing     write_run(path, saved, check): whole or not at all
    reading     read_run(path, check), describe(path)
    layout      which tensors there are, in which order
    head        what is inside and where, before a number is read
    metadata    settings, random stream, alphabet, texts and marks, in words
    container   the safetensors format: a head in JSON, then numbers
    texts       documents as bytes and back; finding those that are not inside
    checks      what numbers a run can have

Nothing here runs code from a file, and nothing is believed before it was checked.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: What the names of run files end in.
SUFFIX = ".mgpt"


def is_run_file(path: str | os.PathLike[str]) -> bool:
    """Return whether a file is a run's, going by its name."""
    return os.fspath(path).lower().endswith(SUFFIX)


def with_suffix(path: Path) -> Path:
    """Return ``path`` with the suffix of run files, added if it is missing."""
    return path if is_run_file(path) else path.with_name(path.name + SUFFIX)
