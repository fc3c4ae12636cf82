"""Reading run files: checked from the outside in, then loaded whole or not at all.

First the size, then the head, then the table of tensors against what the settings call
for; nothing is allocated by what a file merely claims. Then all numbers are read in
pieces, for their sum, and again for their values; only then are they read to be kept.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from array import array
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from microgpt_gui.data.text_file import NO_PATH, shown_path, why_unreadable
from microgpt_gui.engine.config import ConfigError
from microgpt_gui.engine.state import EngineState
from microgpt_gui.session.figures import Figures
from microgpt_gui.session.record import RunRecord
from microgpt_gui.session.run_files.checks import (
    check_alphabet,
    check_keyframe_steps,
    check_numbers,
    numbers_of,
)
from microgpt_gui.session.run_files.head import CUT_SHORT, Contents, read_contents
from microgpt_gui.session.run_files.layout import (
    FIGURES,
    KEYFRAME_STEPS,
    PIECE_BYTES,
    STATE_PREFIXES,
    text_name,
)
from microgpt_gui.session.run_files.problems import RunFileError, TextMissing
from microgpt_gui.session.run_files.saved_run import FileInfo, SavedRun, TextInfo
from microgpt_gui.session.run_files.texts import found, stand_in, unpacked
from microgpt_gui.session.segment import Segment
from microgpt_gui.session.shuffled import shuffled
from microgpt_gui.session.split import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from microgpt_gui.data.dataset import LoadedCorpus


def read_run(
    path: Path,
    check: Callable[[], None] = lambda: None,
    *,
    text: Path | None = None,
    needs_texts: bool = True,
    tell: Callable[[float], None] = lambda _share: None,
) -> SavedRun:
    """Return the run that a file holds, to the last bit.

    Args:
        path: The file.
        check: Called several times a megabyte; whatever it raises stops the reading.
        text: Where the run's text lies, if `TextMissing` said that it was not found.
        needs_texts: False for who only draws samples: texts that are not inside are
            not looked for, and have no documents. Such a run must be neither trained
            nor replayed.
        tell: Called often while a text that is not inside is read and shuffled, with
            the share of that, from 0 to 1.

    Raises:
        TextMissing: A text is not in the file, and not found either.
        NewerFormat: A newer version has written it.
        RunFileError: It is no whole and sound run file; one line for people.
    """
    with _opened(path) as file:
        contents = read_contents(file)
        inside = _checked(file, contents, check)
        datasets: list[LoadedCorpus] = []
        for number, head in enumerate(contents.head.texts):
            dataset = inside.get(number) or (
                found(head, path, text, check, lambda share: tell(share / 2))
                if needs_texts
                else stand_in(head)
            )
            check_alphabet(contents.head.chars, dataset.corpus.vocabulary.chars)
            datasets.append(dataset)
        segments = _segments(
            contents, datasets, check, lambda share: tell((1 + share) / 2)
        )
        return _loaded(file, contents, segments, check)


def describe(path: Path) -> FileInfo:
    """Return what the head of a file says. Takes no longer for a large file.

    Raises:
        NewerFormat: A newer version has written it.
        RunFileError: It is no run file, or not of the length that its head tells.
    """
    with _opened(path) as file:
        contents = read_contents(file)
        head = contents.head
        last_loss = None
        if head.steps_done:
            last = memoryview(bytearray(8))
            file.seek(contents.end_of("figures.losses") - len(last))
            _fill(file, last)
            (last_loss,) = numbers_of(last, "d")
        return FileInfo(
            name=head.name,
            version=head.version,
            size_bytes=os.fstat(file.fileno()).st_size,
            steps_done=head.steps_done,
            last_loss=last_loss,
            configs=tuple((s.start, s.config) for s in head.segments),
            num_params=contents.model.num_params,
            vocab_size=contents.model.vocab_size,
            keyframes=contents.keyframes,
            texts=tuple(
                TextInfo(t.title, t.source, t.sha256, number in contents.text_bytes)
                for number, t in enumerate(head.texts)
            ),
            marks=head.marks,
            trained_s=head.trained_s,
        )


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file; what goes wrong meanwhile is told with its path."""
    shown = shown_path(path)
    try:
        if "\0" in os.fspath(path):
            raise RunFileError("a path cannot contain a NUL character")
        _refuse_unless_regular(os.stat(path))
        # Not to wait for ever if the file became a pipe a moment ago.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(path, flags), "rb", buffering=0) as file:
            _refuse_unless_regular(os.fstat(file.fileno()))
            yield file
    except TextMissing as error:
        message = f"{shown}: {error}"
        raise TextMissing(message, error.title, error.source, error.sha256) from None
    except RunFileError as error:
        raise type(error)(f"{shown}: {error}") from None
    except UnicodeEncodeError:
        raise RunFileError(f"{shown}: {NO_PATH}") from None
    except MemoryError:
        raise RunFileError(f"{shown}: there is not enough memory for it") from None
    except OSError as error:
        raise RunFileError(f"{shown}: {why_unreadable(error)}") from None


def _refuse_unless_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise RunFileError("this is a folder; a run file was wanted")
    if not stat.S_ISREG(status.st_mode):
        raise RunFileError("this is a device or a pipe; a run file was wanted")


def _pieces(
    file: BinaryIO, size: int, check: Callable[[], None]
) -> Iterator[memoryview]:
    """Yield the next ``size`` bytes; each piece holds good until the next one."""
    buffer = memoryview(bytearray(min(size, PIECE_BYTES)))
    while size:
        check()
        piece = buffer[: min(size, PIECE_BYTES)]
        _fill(file, piece)
        yield piece
        size -= len(piece)


def _fill(file: BinaryIO, piece: memoryview) -> None:
    done = 0
    while done < len(piece):
        count = file.readinto(piece[done:])  # type: ignore[attr-defined]  # unbuffered
        if not count:
            raise RunFileError(f"{CUT_SHORT}: it became shorter while it was read")
        done += count


def _checked(
    file: BinaryIO, contents: Contents, check: Callable[[], None]
) -> dict[int, LoadedCorpus]:
    """Read all, twice, and keep nothing but the texts, by number."""
    # First the sum alone, which is quick: a damaged file is not worth more.
    digest = hashlib.sha256()
    file.seek(contents.begin)
    whole = sum(tensor.size_bytes for tensor in contents.tensors)
    for piece in _pieces(file, whole, check):
        digest.update(piece)
    _check_sum(digest.hexdigest(), contents)
    small: dict[str, bytes] = {}
    file.seek(contents.begin)
    for tensor in contents.tensors:
        for piece in _pieces(file, tensor.size_bytes, check):
            if tensor.dtype == "F64":
                check_numbers(tensor.name, piece)
            else:
                small[tensor.name] = small.get(tensor.name, b"") + piece
    steps = numbers_of(small.get(KEYFRAME_STEPS, b""), "q")
    check_keyframe_steps(steps, contents.head.steps_done)
    return {
        number: unpacked(small[text_name(number)], contents.head.texts[number])
        for number in contents.text_bytes
    }


def _check_sum(data_sha256: str, contents: Contents) -> None:
    if data_sha256 != contents.head.data_sha256:
        raise RunFileError("the file is damaged: its numbers are not as written")


def _segments(
    contents: Contents,
    datasets: list[LoadedCorpus],
    check: Callable[[], None],
    tell: Callable[[float], None],
) -> tuple[Segment, ...]:
    segments = []
    for head in contents.head.segments:
        dataset = datasets[head.text]
        if count := len(dataset.corpus.docs):  # none where no texts are needed
            try:
                split(head.config, count)
            except ConfigError as error:
                raise RunFileError(f"its settings cannot be: {error}") from None
        docs = shuffled(dataset.corpus.docs, head.order, check, tell)
        segments.append(Segment(head.start, head.config, dataset, docs))
    return tuple(segments)


def _loaded(
    file: BinaryIO,
    contents: Contents,
    segments: tuple[Segment, ...],
    check: Callable[[], None],
) -> SavedRun:
    """Read all once more, to keep it."""
    head, num_params = contents.head, contents.model.num_params
    digest = hashlib.sha256()
    file.seek(contents.begin)

    def numbers(count: int, typecode: str = "d") -> array[Any]:
        """Return the next numbers of the file."""
        result = array(typecode, [0]) * count
        view = memoryview(result).cast("B")
        for start in range(0, len(view), PIECE_BYTES):
            check()
            piece = view[start : start + PIECE_BYTES]
            _fill(file, piece)
            digest.update(piece)
        if sys.byteorder == "big":
            result.byteswap()
        return result

    state = EngineState(head.steps_done, *(numbers(num_params) for _ in STATE_PREFIXES))
    steps = numbers(contents.keyframes, "q")
    parts = [[numbers(num_params) for _ in steps] for _ in STATE_PREFIXES]
    figures = Figures(*(numbers(head.steps_done) for _ in FIGURES))
    for size in contents.text_bytes.values():
        for piece in _pieces(file, size, check):
            digest.update(piece)
    _check_sum(digest.hexdigest(), contents)  # it may have changed in between
    record = RunRecord(
        segments=segments,
        chars=head.chars,
        stream=head.stream,
        state=state,
        keyframes=tuple(map(EngineState, steps, *parts)),
        figures=figures,
    )
    return SavedRun(record, head.name, head.marks, head.version, head.trained_s)
