"""A folder that is there when all is in it, or not at all."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.unfinished import SUFFIX, noted

if TYPE_CHECKING:
    from collections.abc import Iterator


class NewFolder:
    """A folder in the making.

    Attributes:
        path: Where to write; where it is to be found, as soon as it is made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path


@contextmanager
def new_folder(wanted: Path) -> Iterator[NewFolder]:
    """Make a folder; it goes again if what is done in it raises.

    Args:
        wanted: What it is to be called; a number is added where there is something of
            that name already.

    Raises:
        OSError: It cannot be made.
    """
    unfinished = Path(
        tempfile.mkdtemp(SUFFIX, prefix=f".{wanted.name}.", dir=wanted.parent)
    )
    folder = NewFolder(unfinished)
    try:
        with noted(unfinished):
            yield folder
            unfinished.chmod(0o755)
            folder.path = _renamed(unfinished, wanted)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _renamed(unfinished: Path, wanted: Path) -> Path:
    path = wanted
    for number in itertools.count(2):
        try:
            if not os.path.lexists(path):
                os.rename(unfinished, path)
                return path
        except OSError:
            if not os.path.lexists(path):
                raise
        path = wanted.with_name(f"{wanted.name}~{number}")
    raise AssertionError("counting has no end")
