"""Making documents of the bytes of a text, or saying why they are none."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.documents import DocumentsBuilder
from microgpt_gui.data.reading import BYTE_ORDER_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.data.documents import Documents
    from microgpt_gui.data.reading import Reading

    #: Lines, or documents, and the share of the text that has been read.
    _Block = tuple[list[str], float]

MAX_DOCUMENT_CHARS = 10_000

#: White space at both ends of a paragraph does not count, but is not endless either.
_MAX_RAW_CHARS = 10 * MAX_DOCUMENT_CHARS

#: Of text that is made lines of in one call: even where each has two letters, none of
#: them holds the interpreter lock, and the window with it, for more than 2 ms.
_CHUNK_BYTES = 1 << 16

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_WANTED = {
    "lines": "one document a line was wanted",
    "paragraphs": "paragraphs between blank lines were wanted",
}


def documents_in(
    data: bytes | bytearray,
    reading: Reading,
    check: Callable[[], None] = lambda: None,
    tell: Callable[[float], None] = lambda _share: None,
) -> Documents:
    """Return the documents in ``data``, at least one.

    Args:
        data: A text in UTF-8.
        reading: What one document is, and whether a byte order mark is part of it.
        check: Called several times a megabyte; whatever it raises stops the work.
        tell: Called as often with the share that is done, from 0 to 1.

    Raises:
        CorpusError: It holds something else than documents of at most
            `MAX_DOCUMENT_CHARS`; one line for people.
    """
    if _looks_like_utf16(data):
        raise CorpusError("this looks like UTF-16 text; save it as UTF-8 and try again")
    if (offset := data.find(0)) >= 0:
        raise CorpusError(
            "this is a binary file, not a text "
            f"(a NUL byte at offset {offset:,}, line {_line_at(data, offset):,})"
        )
    found = DocumentsBuilder()
    blocks = _blocks_of_lines(data, check)
    if reading.leave_out_mark:
        blocks = _without_mark(blocks)
    parted = _lines if reading.documents == "lines" else _paragraphs
    for docs, done in parted(blocks):
        found.add(docs)
        tell(done)
    if not len(found):
        what = "has only blank lines" if data else "is empty"
        raise CorpusError(f"this file {what}; {_WANTED[reading.documents]}")
    return found.finish()


def _without_mark(blocks: Iterator[_Block]) -> Iterator[_Block]:
    for number, (lines, done) in enumerate(blocks):
        if number == 0:
            lines[0] = lines[0].removeprefix(BYTE_ORDER_MARK)
        yield lines, done


def _lines(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Yield documents of one line each."""
    lines_before = 0
    for lines, done in blocks:
        docs = [*filter(None, map(str.strip, lines))]
        if max(map(len, docs), default=0) > MAX_DOCUMENT_CHARS:
            raise CorpusError(_too_long(lines, lines_before))
        lines_before += len(lines)
        yield docs, done


def _paragraphs(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Yield documents of all lines from one blank line to the next."""
    begun: list[str] = []  # the lines of a paragraph that may go on
    size = number = 0
    for lines, done in blocks:
        docs = []
        for line in lines:
            number += 1
            if line and not line.isspace():
                begun.append(line)
                size += len(line) + 1
                if size > _MAX_RAW_CHARS:
                    raise CorpusError(_endless(number))
            elif begun:
                docs.append(_paragraph(begun, number))
                size = 0
        yield docs, done
    if begun:
        yield [_paragraph(begun, number + 1)], 1.0


def _paragraph(lines: list[str], end: int) -> str:
    """Return what ``lines`` are, which are emptied; the blank one is number ``end``."""
    document = "\n".join(lines).strip()
    if len(document) > MAX_DOCUMENT_CHARS:
        raise CorpusError(_endless(end - 1))
    lines.clear()
    return document


def _endless(number: int) -> str:
    return (
        f"the paragraph that line {number:,} belongs to has more than "
        f"{MAX_DOCUMENT_CHARS:,} characters; that is the most of a document, and only "
        "a blank line ends a paragraph"
    )


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


def _looks_like_utf16(data: bytes | bytearray) -> bool:
    """Tell by the mark at the start, or by NULs in every other byte alone."""
    sample = data[:1000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    alternates = min(even, odd) == 0 and max(even, odd) > len(sample) // 4
    return data.startswith(_UTF16_MARKS) or alternates


def _blocks_of_lines(
    data: bytes | bytearray, check: Callable[[], None]
) -> Iterator[_Block]:
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


def _line_at(data: bytes | bytearray, offset: int) -> int:
    """Return the number, from 1, of the line that holds the byte at ``offset``."""
    ends = (b"\n", 1), (b"\r", 1), (b"\r\n", -1)
    number = 1
    for start in range(0, offset, _CHUNK_BYTES):
        stop = min(start + _CHUNK_BYTES, offset)
        number += sum(sign * data.count(end, start, stop) for end, sign in ends)
        number -= data[stop - 1 : stop + 1] == b"\r\n" and stop < offset
    return number
