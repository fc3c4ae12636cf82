"""Reading any text file as documents, or saying why not."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.dataset import LoadedCorpus
from microgpt_gui.data.kept import Kept
from microgpt_gui.data.parting import documents_in
from microgpt_gui.data.reading import AS_THE_SCRIPT, Reading
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import clings

if TYPE_CHECKING:
    from collections.abc import Callable


MAX_FILE_BYTES = 64_000_000

#: What is said of half a character, which a damaged or forged file can hold.
NO_PATH = "no file of this computer can be called that"

_READ_BYTES = 1 << 20

#: A file that was written to less than this before it was read may change once more
#: without its time saying so.
_SETTLED_NS = 2_000_000_000


def read_text_file(
    path: str | os.PathLike[str],
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda _share: None,
    reading: Reading = AS_THE_SCRIPT,
) -> LoadedCorpus:
    r"""Read a UTF-8 file whose lines, or paragraphs, are documents.

    As it is usually read, the same documents as the script: lines end at \n, \r\n or
    \r; white space at both ends of a line goes, then empty lines go; the order stays.
    A byte order mark at the start stays too, as the character U+FEFF of the first
    document, since the script keeps it and equal numbers are promised.

    Paragraphs are parted by lines of nothing but white space. Their lines are joined
    by \n, which is a letter as others are, and white space at both ends goes.

    A file that has not changed since it was read is not read again while anybody holds
    what it gave, nor if it was the last.

    Args:
        path: The file.
        check: Called several times a megabyte; whatever it raises stops the reading.
        tell: Called as often with the share that is done, from 0 to 1.
        reading: What one document is, and whether the mark is left out.

    Raises:
        CorpusError: There is no such file, it cannot be read, or it holds something
            else than documents of at most 10,000 characters; one line for people that
            begins with the path.
    """
    shown = shown_path(path)
    try:
        if "\0" in os.fspath(path):
            raise CorpusError("a path cannot contain a NUL character")
        corpus, sha256 = _corpus(path, check, tell, reading)
    except OSError as error:
        raise CorpusError(f"{shown}: {why_unreadable(error)}") from None
    except UnicodeEncodeError:
        raise CorpusError(f"{shown}: {NO_PATH}") from None
    except CorpusError as error:
        raise CorpusError(f"{shown}: {error}") from None
    source = os.fspath(path)
    title = printable_path(os.path.basename(source))
    return LoadedCorpus(corpus, source, title, sha256, reading=reading)


def shown_path(path: str | os.PathLike[str]) -> str:
    """Return ``path`` for a sentence: on one line, in its own direction of writing."""
    return isolated(printable_path(path))


def printable_path(path: str | os.PathLike[str]) -> str:
    """Return ``path`` so that any terminal or label can show it on one line."""
    text = os.fspath(path)
    # What joins letters is part of names in Persian, and of emoji.
    drawn = "".join(letter for letter in text if not clings(letter))
    return text if drawn and drawn.isprintable() else repr(text)


def why_unreadable(error: OSError) -> str:
    """Return why a file could not be read, for people."""
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case NotADirectoryError():
            return "a part of this path is a file, not a folder"
        case PermissionError():
            return "no permission to read this file"
        case _:
            return f"this file cannot be read ({error.strerror or error})"


def _corpus(
    path: str | os.PathLike[str],
    check: Callable[[], None],
    tell: Callable[[float], None],
    reading: Reading,
) -> tuple[Corpus, str]:
    """Return what is in a file, and the SHA-256 of its bytes."""
    check()
    identity = _identity(os.stat(path))
    sha256 = _sums.get(identity, "")
    if (corpus := _kept.find((sha256, reading))) is None:
        data, sha256 = _read_bytes(path, check)
        corpus = _kept.get(
            (sha256, reading),
            lambda: Corpus(documents_in(data, reading, check, tell)),
        )
        if identity is not None:
            _sums[identity] = sha256
    return corpus, sha256


def _read_bytes(
    path: str | os.PathLike[str], check: Callable[[], None]
) -> tuple[bytearray, str]:
    """Return the content and its SHA-256, after at most ``MAX_FILE_BYTES`` bytes."""
    _refuse_unless_regular(os.stat(path))
    # Not to wait for ever if the file became a pipe a moment ago, or is one of the
    # system's "regular" files that block.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        _refuse_unless_regular(os.fstat(descriptor))
        data = bytearray()
        digest = hashlib.sha256()
        while chunk := os.read(descriptor, _READ_BYTES):
            check()
            digest.update(chunk)
            data += chunk
            _refuse_if_too_large(len(data))
    finally:
        os.close(descriptor)
    return data, digest.hexdigest()


def _refuse_unless_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise CorpusError("this is a folder; a text file was wanted")
    if not stat.S_ISREG(status.st_mode):
        raise CorpusError("this is a device or a pipe; a text file was wanted")
    _refuse_if_too_large(status.st_size)


def _refuse_if_too_large(size: int) -> None:
    if size > MAX_FILE_BYTES:
        raise CorpusError(
            f"this file has more than {MAX_FILE_BYTES // 1_000_000} MB; "
            "that is the most that can be read"
        )


def _identity(status: os.stat_result) -> tuple[int, ...] | None:
    """Return what changes with the file; None where it may change without that."""
    times = status.st_mtime_ns, status.st_ctime_ns
    if time.time_ns() - max(times) < _SETTLED_NS:
        return None
    return status.st_dev, status.st_ino, status.st_size, *times


#: What was read, by the SHA-256 of its bytes and how it was read.
_kept: Kept[Corpus] = Kept()

#: The SHA-256 of files that were read, by `_identity`.
_sums: dict[tuple[int, ...] | None, str] = {}
