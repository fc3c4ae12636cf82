"""Writing exports off the GUI thread, with progress and cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.threads.seldom import seldom
from microgpt_gui.session.writable import CannotWrite, replacing_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from microgpt_gui.session.record import RunRecord

    Check = Callable[[], None]
    Tell = Callable[[int, int], None]


class ExportJob(Background):
    """Writes one export at a time; one that is given up leaves and changes no file.

    Signals:
        progressed: Parts done, and of how many (int, int).
        succeeded: It is on the disk (what ``write`` returned).
        failed: It is not (why, for people: str).
    """

    progressed = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("export", parent)
        self.told.connect(self._on_told)

    def write(self, write: Callable[[Check, Tell], object]) -> None:
        """Begin; what is under way is given up.

        Args:
            write: Called on the thread, with a function that it must call often and
                let through what that raises, and one to tell of its progress. Returns
                what it has written.
        """
        self.start_telling(partial(_explained, write))

    @Slot(object)
    def _on_told(self, news: tuple[int, int]) -> None:
        self.progressed.emit(*news)


def _explained(
    write: Callable[[Check, Tell], object], check: Check, tell: Tell
) -> object:
    try:
        return write(check, seldom(tell))
    except CannotWrite as error:
        raise ValueError(str(error)) from None


def write_text(
    path: Path,
    pieces: Callable[[Check], Iterable[str]],
    check: Check,
    _tell: Tell,
) -> Path:
    """Write a text in UTF-8."""
    rest = iter(pieces(check))
    first = next(rest, "")  # what cannot be made is no fault of the file
    with replacing_file(path) as file:
        file.write(first.encode())
        for piece in rest:
            check()
            file.write(piece.encode())
    return path


def write_png(
    path: Path,
    pieces: Callable[[Check], Iterable[str]],
    check: Check,
    _tell: Tell,
) -> Path:
    """Paint an SVG, and write it as a PNG."""
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.gui.threads.painting import painted, png

    svg = "".join(pieces(check))
    check()
    content = png(painted(svg))
    check()
    with replacing_file(path) as file:
        file.write(content)
    return path


def write_script(
    path: Path, record: Callable[[Check], RunRecord], check: Check, _tell: Tell
) -> Path:
    """Write a run as a program, and the texts beside it that it reads.

    Raises:
        ValueError: Another file has the name of such a text.
    """
    from microgpt_gui.session.exports.script import script_files

    files = script_files(record(check), path.stem, check=check)
    for name, content in files.texts.items():
        check()
        text = path.with_name(name)
        if text.exists():
            if text.read_bytes() == content:
                continue
            raise ValueError(
                f"{name}: the program would read its text from a file of this name, "
                "but another file has it; choose another name for the program"
            )
        with replacing_file(text) as file:
            file.write(content)
    with replacing_file(path) as file:
        file.write(files.script.encode())
    return path
