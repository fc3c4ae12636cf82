"""Reading any text file as documents, the way the script does, or saying why not."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import stat
import time
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.dataset import LoadedCorpus
from microgpt_gui.data.documents import DocumentsBuilder
from microgpt_gui.data.kept import Kept
from microgpt_gui.isolation import isolated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.data.documents import Documents

MAX_FILE_BYTES = 64_000_000
MAX_DOCUMENT_CHARS = 10_000

#: What is said of half a character, which a damaged or forged file can hold.
NO_PATH = "no file of this computer can be called that"

_READ_BYTES = 1 << 20

#: Of text that is made lines of in one call: even where each has two letters, none of
#: them holds the interpreter lock, and the window with it, for more than 2 ms.
_CHUNK_BYTES = 1 << 16

#: A file that was written to less than this before it was read may change once more
#: without its time saying so.
_SETTLED_NS = 2_000_000_000

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text_file(
    path: str | os.PathLike[str],
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda _share: None,
) -> LoadedCorpus:
    r"""Read a UTF-8 file whose lines are documents.

    Same documents as the script: lines end at \n, \r\n or \r; white space at both
    ends of a line goes, then empty lines go; the order stays. A byte order mark at the
    start stays too, as the character U+FEFF of the first document, since the script
    keeps it and equal numbers are promised.

    A file that has not changed since it was read is not read again while anybody holds
    what it gave, nor if it was the last.

    Args:
        path: The file.
        check: Called several times a megabyte; whatever it raises stops the reading.
        tell: Called as often with the share that is done, from 0 to 1.

    Raises:
        CorpusError: There is no such file, it cannot be read, or it holds something
            else than documents of at most 10,000 characters; one line for people that
            begins with the path.
    """
    shown = shown_path(path)
    try:
        if "\0" in os.fspath(path):
            raise CorpusError("a path cannot contain a NUL character")
        corpus, sha256 = _corpus(path, check, tell)
    except OSError as error:
        raise CorpusError(f"{shown}: {why_unreadable(error)}") from None
    except UnicodeEncodeError:
        raise CorpusError(f"{shown}: {NO_PATH}") from None
    except CorpusError as error:
        raise CorpusError(f"{shown}: {error}") from None
    source = os.fspath(path)
    title = printable_path(os.path.basename(source))
    return LoadedCorpus(corpus, source, title, sha256)


def shown_path(path: str | os.PathLike[str]) -> str:
    """Return ``path`` for a sentence: on one line, in its own direction of writing."""
    return isolated(printable_path(path))


def printable_path(path: str | os.PathLike[str]) -> str:
    """Return ``path`` so that any terminal or label can show it on one line."""
    text = os.fspath(path)
    return text if text and text.isprintable() else repr(text)


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
) -> tuple[Corpus, str]:
    """Return what is in a file, and the SHA-256 of its bytes."""
    check()
    identity = _identity(os.stat(path))
    sha256 = _sums.get(identity, "")
    if (corpus := _kept.find(sha256)) is None:
        data, sha256 = _read_bytes(path, check)
        corpus = _kept.get(sha256, lambda: Corpus(_documents(data, check, tell)))
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
        while chunk := os.read(descriptor, _CHUNK_BYTES):
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


def _documents(
    data: bytearray, check: Callable[[], None], tell: Callable[[float], None]
) -> Documents:
    """Return the documents in ``data``, at least one."""
    if _looks_like_utf16(data):
        raise CorpusError("this looks like UTF-16 text; save it as UTF-8 and try again")
    if (offset := data.find(0)) >= 0:
        raise CorpusError(
            "this is a binary file, not a text "
            f"(a NUL byte at offset {offset:,}, line {_line_at(data, offset):,})"
        )
    found = DocumentsBuilder()
    lines_before = 0
    for lines, done in _blocks_of_lines(data, check):
        found.add([*filter(None, map(str.strip, lines))])
        if max(found.lengths, default=0) > MAX_DOCUMENT_CHARS:
            raise CorpusError(_too_long(lines, lines_before))
        lines_before += len(lines)
        tell(done)
    if not len(found):
        what = "has only blank lines" if data else "is empty"
        raise CorpusError(f"this file {what}; one document a line was wanted")
    return found.finish()


def _too_long(lines: list[str], lines_before: int) -> str:
    number, length = next(
        (number, len(document))
        for number, document in enumerate(map(str.strip, lines), lines_before + 1)
        if len(document) > MAX_DOCUMENT_CHARS
    )
    return (
        f"line {number:,} has {length:,} characters; "
        f"a document is one line of at most {MAX_DOCUMENT_CHARS:,}"
    )


def _looks_like_utf16(data: bytearray) -> bool:
    """Tell by the mark at the start, or by NULs in every other byte alone."""
    sample = data[:1000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    alternates = min(even, odd) == 0 and max(even, odd) > len(sample) // 4
    return data.startswith(_UTF16_MARKS) or alternates


def _blocks_of_lines(
    data: bytearray, check: Callable[[], None]
) -> Iterator[tuple[list[str], float]]:
    """Yield the lines of ``data`` as a file opened in text mode would, in blocks.

    Each with the share of ``data`` that has been read, from 0 to 1.
    """
    utf8 = codecs.getincrementaldecoder("utf-8")()
    decoder = io.IncrementalNewlineDecoder(utf8, translate=True)
    unfinished: list[str] = []  # joined once per line: a line may span every chunk
    for start in range(0, len(data), _CHUNK_BYTES):
        check()
        end = start + _CHUNK_BYTES
        chunk = bytes(data[start:end])
        try:
            text = decoder.decode(chunk, final=end >= len(data))
        except UnicodeDecodeError as error:
            # The decoder puts bytes held back from the chunk before in front.
            offset = start + len(chunk) - len(error.object) + error.start
            raise CorpusError(
                f"this is not UTF-8 text (byte 0x{data[offset]:02x} at offset "
                f"{offset:,}, line {_line_at(data, offset):,}); "
                "save it as UTF-8 and try again"
            ) from None
        lines = text.split("\n")
        unfinished.append(lines[0])
        if len(lines) > 1:
            lines[0] = "".join(unfinished)
            unfinished = [lines.pop()]
            yield lines, min(end / len(data), 1.0)
    yield ["".join(unfinished)], 1.0


def _line_at(data: bytearray, offset: int) -> int:
    """Return the number, from 1, of the line that holds the byte at ``offset``."""
    ends = (b"\n", 1), (b"\r", 1), (b"\r\n", -1)
    number = 1
    for start in range(0, offset, _CHUNK_BYTES):
        stop = min(start + _CHUNK_BYTES, offset)
        number += sum(sign * data.count(end, start, stop) for end, sign in ends)
        number -= data[stop - 1 : stop + 1] == b"\r\n" and stop < offset
    return number


def _identity(status: os.stat_result) -> tuple[int, ...] | None:
    """Return what changes with the file; None where it may change without that."""
    times = status.st_mtime_ns, status.st_ctime_ns
    if time.time_ns() - max(times) < _SETTLED_NS:
        return None
    return status.st_dev, status.st_ino, status.st_size, *times


#: What was read, by the SHA-256 of its bytes.
_kept: Kept[Corpus] = Kept()

#: The SHA-256 of files that were read, by `_identity`.
_sums: dict[tuple[int, ...] | None, str] = {}
