"""The head of a run file: what is inside, and where, before a number is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from microgpt_gui.session.run_files.container import (
    LENGTH_BYTES,
    MAX_HEAD_BYTES,
    Tensor,
    check_head_sum,
    check_table,
    parse_head,
)
from microgpt_gui.session.run_files.layout import (
    KEYFRAME_STEPS,
    MAX_KEYFRAME_BYTES,
    tensors_of,
    text_name,
)
from microgpt_gui.session.run_files.metadata import Head, check_format, parsed
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.texts import MAX_INSIDE_BYTES

if TYPE_CHECKING:
    from microgpt_gui.engine.config import ModelConfig

#: What is told of files that end too early, wherever that is noticed.
CUT_SHORT = "the file is cut short"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, as its head tells and its size confirms.

    Attributes:
        head: What it says in words.
        model: The sizes of its model.
        keyframes: How many there are.
        text_bytes: The size of each text that is inside, by its number.
        tensors: All, in the order of the file.
        begin: Of the first tensor, in bytes from the file's.
    """

    head: Head
    model: ModelConfig
    keyframes: int
    text_bytes: dict[int, int]
    tensors: tuple[Tensor, ...]
    begin: int

    def end_of(self, name: str) -> int:
        """Return where the tensor called ``name`` ends, in bytes from the file's."""
        end = self.begin
        for tensor in self.tensors:
            end += tensor.size_bytes
            if tensor.name == name:
                return end
        raise KeyError(name)


def read_contents(file: BinaryIO) -> Contents:
    """Read the head of a file that stands at its beginning.

    Raises:
        NewerFormat: A newer version has written it.
        RunFileError: It is no run file, or it is damaged or cut short.
        OSError: It cannot be read.
    """
    size = os.fstat(file.fileno()).st_size
    start = file.read(LENGTH_BYTES)
    length = int.from_bytes(start, "little")
    if not size:
        raise RunFileError("the file is empty")
    if len(start) < LENGTH_BYTES or not 2 <= length <= MAX_HEAD_BYTES:
        raise RunFileError("this is not a run of this program")
    if size < LENGTH_BYTES + length:
        begins = file.read(1) == b"{"
        raise RunFileError(CUT_SHORT if begins else "this is not a run of this program")
    raw = file.read(length)
    contents = contents_of(raw)
    end = contents.begin + sum(tensor.size_bytes for tensor in contents.tensors)
    if size != end:
        raise RunFileError(
            f"{CUT_SHORT}: {end - size:,} of {end:,} bytes are missing"
            if size < end
            else f"the file has {size - end:,} bytes too many"
        )
    return contents


def contents_of(raw: bytes) -> Contents:
    """Return what a head tells: see `read_contents`.

    Args:
        raw: The head without its length.
    """
    table, metadata = parse_head(raw)
    check_format(metadata)
    check_head_sum(raw, metadata)
    head = parsed(metadata)
    model = head.segments[-1].config.model(len(head.chars) + 1)
    keyframes = _count(table, KEYFRAME_STEPS, head.steps_done + 1)
    if keyframes * model.num_params * 24 > MAX_KEYFRAME_BYTES:
        raise RunFileError("it has more earlier states than can be read")
    text_bytes = {
        number: size
        for number in range(len(head.texts))
        if (size := _count(table, text_name(number), MAX_INSIDE_BYTES))
    }
    tensors = tensors_of(model, head.steps_done, keyframes, text_bytes)
    check_table(table, tensors)
    return Contents(
        head, model, keyframes, text_bytes, tensors, LENGTH_BYTES + len(raw)
    )


def _count(table: dict[str, Any], name: str, most: int) -> int:
    """Return how many numbers the one-dimensional tensor ``name`` has."""
    match table.get(name, {"shape": [0]}):
        case {"shape": [int(count)]} if 0 <= count <= most:
            return count
    raise RunFileError(f"its tensor {name} is not of a size that it can have")
