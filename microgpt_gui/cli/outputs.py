"""What a command writes: never over what it reads, or over something else it writes."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import FAILED, MISUSED, CommandError
from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.datasets import dataset_file
from microgpt_gui.session.same_place import is_same_place
from microgpt_gui.session.writable import CannotWrite, check_writable

if TYPE_CHECKING:
    from argparse import Namespace

    from microgpt_gui.session.record import RunRecord

#: What names a file that is written, by the option's name in what was parsed.
_OUTPUTS = {
    "save": "--save",
    "report": "--report",
    "screenshot": "--screenshot",
    "json": "--json",
}

#: Going on with a run in its own file is how one goes on.
_ORDINARY = ("--save", "--resume")


def check_outputs(options: Namespace) -> None:
    """See that all that a command shall write has a place of its own, and can be there.

    Raises:
        CommandError: It has not; nothing was touched.
    """
    outputs = _outputs(options)
    for (one, here), (other, there) in combinations(outputs, 2):
        if is_same_place(here, there):
            raise _overlap(
                one, here, f"{other} writes to as well; each wants a file of its own"
            )
    for output, path in outputs:
        for source, read, what in _inputs(options):
            if (output, source) != _ORDINARY and is_same_place(path, read):
                raise _overlap(output, path, f"{what}; it would be lost")
        if _is_standard_output(path) and not getattr(options, "quiet", False):
            raise _overlap(
                output, path, "standard output goes to; it would be replaced"
            )
        try:
            check_writable(path)
        except CannotWrite as error:
            status = MISUSED if error.is_protected else FAILED
            raise CommandError(str(error), status) from None


def refuse_texts_of(record: RunRecord, options: Namespace) -> None:
    """See that no output lies over a text that a run learns from.

    Raises:
        CommandError: One does; nothing was touched.
    """
    for output, path in _outputs(options):
        for segment in record.segments:
            text = dataset_file(segment.dataset.source)
            if text is not None and is_same_place(path, text):
                raise _overlap(output, path, "the run learns from; it would be lost")


def _outputs(options: Namespace) -> list[tuple[str, Path]]:
    named = [(option, getattr(options, n, None)) for n, option in _OUTPUTS.items()]
    return [(option, path) for option, path in named if path not in (None, Path("-"))]


def _inputs(options: Namespace) -> list[tuple[str, Path, str]]:
    """Return the option, the file that it has read, and what is to be said of it."""
    inputs = []
    text = dataset_file(getattr(options, "dataset", ""))
    if text is not None:
        inputs.append(("--dataset", text, "--dataset reads"))
    if run := getattr(options, "resume", None):
        inputs.append(("--resume", run, "--resume reads"))
    return inputs


def _is_standard_output(path: Path) -> bool:
    """Say whether what is printed goes into the file at ``path``."""
    if path.parts[:2] in (("/", "dev"), ("/", "proc")):
        return False  # asked for by name
    with suppress(OSError, ValueError, AttributeError):
        status = os.fstat(sys.stdout.fileno())
        return stat.S_ISREG(status.st_mode) and os.path.samestat(status, path.stat())
    return False


def _overlap(output: str, path: Path, what: str) -> CommandError:
    return CommandError(
        f"argument {output}: {shown_path(path)} is the file that {what}", MISUSED
    )
