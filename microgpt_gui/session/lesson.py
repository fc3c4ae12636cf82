"""All runs of a window in one folder: a run file each, and a list of what they are.

The list, `LIST`, is small JSON beside the run files. Without it a folder can be opened
too: then all run files in it are what is listed.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from microgpt_gui.data.text_file import shown_path, why_unreadable
from microgpt_gui.isolation import without_isolates
from microgpt_gui.letters import beginning
from microgpt_gui.session.run_files import SUFFIX, is_run_file
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.saved_run import MAX_NAME_CHARS
from microgpt_gui.session.set_aside import set_aside
from microgpt_gui.session.writable import replacing_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: What the list is called.
LIST = "microgpt-gui-runs.json"

FORMAT = "microgpt-gui runs"

#: More than this is no lesson.
MAX_RUNS = 200

_MAX_BYTES = 2**20
_MAX_OVERLAY = 10_000

#: Characters of a name that is proposed for a file, and bytes: most file systems take
#: 255 with the suffix, and a number may be added.
MAX_FILE_NAME, _MAX_NAME_BYTES = 80, 240

#: What no file may be called on one system or another.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class Entry:
    """One run in the list.

    Attributes:
        file: The name of its file in the folder.
        name: What people call the run; empty: as its file says.
        is_named: Whether a person chose that name.
        overlay: Number of its look in the loss plot; None where it is not drawn there.
        is_hidden: Whether it is left out of the list in the window.
        is_current: Whether it was the current run.
    """

    file: str
    name: str = ""
    is_named: bool = False
    overlay: int | None = None
    is_hidden: bool = False
    is_current: bool = False


def run_file_name(name: str) -> str:
    """Return a file's name that says what the run is, and that any system allows."""
    words = " ".join(_FORBIDDEN.sub(" ", without_isolates(name)).split())
    length = min(len(words), MAX_FILE_NAME)
    while len(words[:length].encode("utf-8", "replace")) > _MAX_NAME_BYTES:
        length -= 1
    return f"{beginning(words, length).strip(' .') or 'run'}{SUFFIX}"


def unused_path(folder: Path, name: str, taken: Sequence[Path]) -> Path:
    """Return where a run called ``name`` can go: no file is there, none will be."""
    first = run_file_name(name)
    used = {path.name.casefold() for path in taken}
    path, number = folder / first, 1
    while path.name.casefold() in used or os.path.lexists(path):
        number += 1
        path = folder / f"{first.removesuffix(SUFFIX)}-{number}{SUFFIX}"
    return path


def write_list(folder: Path, entries: Sequence[Entry]) -> None:
    """Write the list of the runs in a folder, the newest first.

    What is listed there already, and is another run's, stays listed behind them.

    Raises:
        CannotWrite: It cannot be written; says why.
    """
    path = folder / LIST
    own = {entry.file for entry in entries}
    others: list[Entry] = []
    if os.path.lexists(path):
        try:
            others = [e for e in _listed(path) if e.file not in own]
        except RunFileError:
            set_aside(path)
    others = [Entry(e.file, e.name, e.is_named, is_hidden=e.is_hidden) for e in others]
    kept = [*entries, *(e for e in others if (folder / e.file).is_file())][:MAX_RUNS]
    content = {"format": FORMAT, "version": 1, "runs": [asdict(e) for e in kept]}
    with replacing_file(path) as file:
        file.write((json.dumps(content, indent=1, allow_nan=False) + "\n").encode())


def read_list(folder: Path) -> tuple[Entry, ...]:
    """Return the runs in a folder, the newest first.

    Raises:
        RunFileError: There is none, or the folder cannot be read; one line for people.
    """
    shown = shown_path(folder)
    entries: list[Entry] = []
    with suppress(RunFileError):  # the files themselves are there all the same
        entries = _listed(folder / LIST)
    try:
        if not entries:
            paths = [p for p in folder.iterdir() if is_run_file(p)]
            paths.sort(key=_when, reverse=True)
            entries = [Entry(path.name) for path in paths if not _is_unseen(path)]
    except OSError as error:
        raise RunFileError(f"{shown}: {why_unreadable(error)}") from None
    if not entries:
        raise RunFileError(f"{shown}: there are no runs in this folder")
    return tuple(entries[:MAX_RUNS])


def _is_unseen(path: Path) -> bool:
    return path.name.startswith(".")


def _when(path: Path) -> float:
    return path.stat().st_mtime


def _listed(path: Path) -> list[Entry]:
    """Return what the list says, as far as it can be so.

    Raises:
        RunFileError: It is no list of ours.
    """
    try:
        if not path.is_file() or path.stat().st_size > _MAX_BYTES:
            raise RunFileError("this is no list of runs")
        content: Any = json.loads(path.read_bytes().decode())
    except (OSError, ValueError, RecursionError):
        raise RunFileError("this is no list of runs") from None
    match content:
        case {"format": str(name), "runs": [*runs]} if name == FORMAT:
            entries = [_entry(run) for run in runs[:MAX_RUNS]]
            return [entry for entry in entries if entry is not None]
    raise RunFileError("this is no list of runs")


def _entry(run: object) -> Entry | None:
    """Return one entry; None where it names no run file in the folder itself."""
    match run:
        case {"file": str(file), **rest} if _is_file_name(file):
            name, overlay = rest.get("name"), rest.get("overlay")
            if type(overlay) is not int or not 0 <= overlay <= _MAX_OVERLAY:
                overlay = None
            return Entry(
                file=file,
                name=_clean(name) if isinstance(name, str) else "",
                is_named=rest.get("is_named") is True,
                overlay=overlay,
                is_hidden=rest.get("is_hidden") is True,
                is_current=rest.get("is_current") is True,
            )
    return None


def _is_file_name(file: str) -> bool:
    is_plain = not any(c in file for c in "/\\:\0") and file == _clean(file)
    return is_plain and is_run_file(file)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[: MAX_NAME_CHARS + len(SUFFIX)]
