"""Everything that can be exported, written into one new folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.gui.jobs.new_folder import new_folder
from microgpt_gui.isolation import isolated
from microgpt_gui.session.writable import CannotWrite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Check = Callable[[], None]
    Tell = Callable[[int, int], None]

#: What each file counts for in the progress of all.
SHARE = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the files.

    Attributes:
        name: Of the file.
        write: Writes it, at the path given. See `ExportJob.write`.
    """

    name: str
    write: Callable[[Path, Check, Tell], Path]


@dataclass(frozen=True, slots=True)
class Written:
    """How it ended.

    Attributes:
        folder: Where the files are.
        count: How many.
        problems: What could not be written, each with its file's name.
    """

    folder: Path
    count: int
    problems: tuple[str, ...]


def write_all(wanted: Path, parts: Sequence[Part], check: Check, tell: Tell) -> Written:
    """Write all ``parts``; one that cannot be does not keep the others from it.

    Args:
        wanted: The folder to make; a number is added where there is one already.
        parts: At least one.
        check: Called often; what it raises ends the work, and nothing is left.
        tell: Called with SHARE for each file done, and for all.

    Raises:
        ValueError: None of them could be written; says why.
        OSError: The folder cannot be made.
    """
    problems: list[str] = []
    total = len(parts) * SHARE
    with new_folder(wanted) as folder:
        for number, part in enumerate(parts):
            start = number * SHARE

            def tell_part(done: int, of: int, start: int = start) -> None:
                tell(start + done * (SHARE - 1) // max(of, 1), total)

            check()
            tell(start, total)
            try:
                part.write(folder.path / part.name, check, tell_part)
            except (CannotWrite, OSError, ValueError) as error:
                problems.append(f"{isolated(part.name)}: {error}")
            except MemoryError:
                problems.append(f"{isolated(part.name)}: there is not enough memory")
        count = len(parts) - len(problems)
        if not count:
            raise ValueError("; ".join(problems))
    return Written(folder.path, count, tuple(problems))
