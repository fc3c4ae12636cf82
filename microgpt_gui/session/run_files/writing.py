"""Writing run files: the whole new one takes the old one's place, or nothing happens.

In pieces, straight from the record's arrays: nothing is copied, and no call holds the
interpreter lock for longer than a moment, whatever the size.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from microgpt_gui.data.text_file import shown_path
from microgpt_gui.session.keyframes import Keyframes, size_bytes
from microgpt_gui.session.run_files.checks import (
    check_alphabet,
    check_keyframe_steps,
    check_numbers,
)
from microgpt_gui.session.run_files.container import LENGTH_BYTES, make_head
from microgpt_gui.session.run_files.head import contents_of
from microgpt_gui.session.run_files.layout import (
    FIGURES,
    MAX_KEYFRAME_BYTES,
    PIECE_BYTES,
    STATE_PREFIXES,
    tensors_of,
)
from microgpt_gui.session.run_files.metadata import as_metadata, head_of, is_same
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.texts import packed, unpacked
from microgpt_gui.session.writable import CannotWrite, replacing_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.run_files.saved_run import SavedRun


def write_run(
    path: Path,
    saved: SavedRun,
    check: Callable[[], None] = lambda: None,
    *,
    keyframe_bytes: int = MAX_KEYFRAME_BYTES,
) -> None:
    """Write a run so that `read_run` gives it back, to the last bit.

    May be called from any thread. What goes wrong leaves the disk as it was.

    Args:
        path: The file; an old one is replaced when the new one is whole and safe.
        saved: The run.
        check: Called several times a megabyte; whatever it raises stops the writing.
        keyframe_bytes: What the keyframes may take; they are thinned out to that, but
            for the first and the last.

    Raises:
        RunFileError: It cannot be written; one line for people.
    """
    record = saved.record
    if sum(map(size_bytes, record.keyframes)) > keyframe_bytes:
        keyframes = Keyframes(keyframe_bytes, record.keyframes).all()
        record = replace(record, keyframes=keyframes)
        saved = replace(saved, record=record)
    texts: list[LoadedCorpus] = []
    for segment in record.segments:
        if not any(is_same(text, segment) for text in texts):
            texts.append(segment.dataset)
    inside = {
        number: data for number, text in enumerate(texts) if (data := packed(text))
    }
    metadata = as_metadata(head_of(saved, texts, set(inside)))
    model = record.config.model(len(record.chars) + 1)
    tensors = tensors_of(
        model,
        record.steps_done,
        len(record.keyframes),
        {number: len(data) for number, data in inside.items()},
    )
    try:
        # Nothing is written that could not be read again.
        contents = contents_of(make_head(tensors, metadata)[LENGTH_BYTES:])
        check_keyframe_steps(
            [k.steps_done for k in record.keyframes], record.steps_done
        )
        for number, text in enumerate(texts):
            check_alphabet(record.chars, text.corpus.vocabulary.chars)
            if number in inside:
                unpacked(inside[number], contents.head.texts[number])
        with replacing_file(path) as file:
            digest = hashlib.sha256()
            head = make_head(tensors, metadata)
            file.write(head)
            for name, piece in _pieces(record, inside.values()):
                check()
                if name:
                    check_numbers(name, piece)
                digest.update(piece)
                file.write(piece)
            written = file.tell() - len(head)
            if written != sum(tensor.size_bytes for tensor in tensors):
                raise RunFileError("its numbers do not fit its settings")
            file.seek(0)
            file.write(make_head(tensors, metadata, digest.hexdigest()))
    except CannotWrite as error:
        raise RunFileError(str(error)) from None
    except RunFileError as error:
        raise RunFileError(f"{shown_path(path)}: not written: {error}") from None


def _pieces(
    record: RunRecord, texts: Iterable[bytes]
) -> Iterator[tuple[str, memoryview]]:
    """Yield what goes behind the head, in the order of `layout.tensors_of`.

    Each piece has the name by which its numbers are checked; empty for other things.
    """
    wholes: list[tuple[str, array[Any] | bytes]] = [
        (f"{prefix}*", getattr(record.state, part))
        for part, prefix in STATE_PREFIXES.items()
    ]
    wholes.append(("", array("q", [state.steps_done for state in record.keyframes])))
    for part in STATE_PREFIXES:
        name = f"keyframes.{part}"
        wholes += [(name, getattr(state, part)) for state in record.keyframes]
    wholes += [(f"figures.{name}", getattr(record.figures, name)) for name in FIGURES]
    wholes += [("", text) for text in texts]
    for name, whole in wholes:
        data = _little_endian(whole) if isinstance(whole, array) else whole
        view = memoryview(data).cast("B")
        for start in range(0, len(view), PIECE_BYTES):
            yield name, view[start : start + PIECE_BYTES]


def _little_endian(numbers: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
