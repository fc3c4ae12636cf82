"""A file that cannot be used is kept under another name, out of the program's way."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

#: What is added to its name.
ASIDE = ".damaged"


def set_aside(path: Path) -> Path | None:
    """Rename what lies at ``path``; return where it is now, or None if it must stay."""
    for number in itertools.count(1):
        aside = Path(f"{path}{ASIDE}{'' if number == 1 else f'-{number}'}")
        if not os.path.lexists(aside):
            break
    try:
        os.rename(path, aside)
    except OSError:
        return None
    return aside
