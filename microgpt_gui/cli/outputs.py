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

#: What says that figures are to be printed, and is no file's name.
TO_BE_PRINTED = ("--json", Path("-"))

_PRINTED = "standard output"

#: Going on with a run in its own file is how one goes on.
_ORDINARY = ("--save", "--resume")


def check_outputs(options: Namespace) -> None:
    """See that all that a command shall write has a place of its own, and can be there.

    What is printed counts, where a shell leads it into a file.

    Raises:
        CommandError: It has not; nothing was touched.
    """
    outputs, inputs = _outputs(options), _inputs(options)
    for (one, here), (other, there) in combinations(outputs, 2):
        if is_same_place(here, there):
            raise _overlap(
                one, here, f"{other} writes to as well; each wants a file of its own"
            )
    streams = _streams(is_quiet=getattr(options, "quiet", False))
    for output, path in outputs:
        for source, read, what in inputs:
            if (output, source) != _ORDINARY and is_same_place(path, read):
                raise _overlap(output, path, f"{what}; it would be lost")
        for name, stream in streams:
            if _is_open_at(stream, path):
                raise _overlap(output, path, f"{name} goes to; it would be replaced")
        try:
            check_writable(path)
        except CannotWrite as error:
            status = MISUSED if error.is_protected else FAILED
            raise CommandError(str(error), status) from None
    for source, path, _ in inputs:
        # Not what goes to standard error: to say so would spoil it, too.
        if any(n == _PRINTED and _is_open_at(stream, path) for n, stream in streams):
            raise _overlap(source, path, f"{_PRINTED} goes to; it would be spoilt")


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
    return [
        (option, path)
        for option, path in named
        if path is not None and (option, path) != TO_BE_PRINTED
    ]


def _inputs(options: Namespace) -> list[tuple[str, Path, str]]:
    """Return the option, the file that it has read, and what is to be said of it."""
    inputs = []
    text = dataset_file(getattr(options, "dataset", ""))
    if text is not None:
        inputs.append(("--dataset", text, "--dataset reads"))
    if run := getattr(options, "resume", None):
        inputs.append(("--resume", run, "--resume reads"))
    if run := getattr(options, "file", None):
        inputs.append(("FILE.mgpt", run, f"{options.command} reads"))
    return inputs


def _streams(*, is_quiet: bool) -> list[tuple[str, os.stat_result]]:
    """Return what is written to, where a shell made it a file."""
    found = []
    for name, stream in (
        (_PRINTED, None if is_quiet else sys.stdout),
        ("standard error", sys.stderr),
    ):
        with suppress(OSError, ValueError, AttributeError):  # closed, or no file
            status = os.fstat(stream.fileno())  # type: ignore[union-attr]
            if stat.S_ISREG(status.st_mode):
                found.append((name, status))
    return found


def _is_open_at(stream: os.stat_result, path: Path) -> bool:
    with suppress(OSError, ValueError):
        return os.path.samestat(stream, path.stat())
    return False


def _overlap(output: str, path: Path, what: str) -> CommandError:
    return CommandError(
        f"argument {output}: {shown_path(path)} is the file that {what}", MISUSED
    )
