"""A run file whose sums are right, and which cannot be, is refused likewise."""

from __future__ import annotations

import json
import os
import random
import struct
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run_files.container import make_head
from microgpt_gui.session.run_files.layout import tensors_of
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import read_run
from tests.session.run_files.conftest import put_together, taken_apart
from tests.session.run_files.refusal import MAX_BYTES, refusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from microgpt_gui.session.run_files.saved_run import SavedRun

Parts = tuple[dict[str, Any], dict[str, Any], bytearray]


def _entries(parts: Parts) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(parts[1]["segments"])
    return found


def _with_segments(*entries: object) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        first = _entries(parts)[0]
        made = [first | e if isinstance(e, dict) else e for e in entries]
        parts[1]["segments"] = json.dumps(made)

    return change


def _says(key: str, value: object) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        parts[1][key] = value if isinstance(value, str) else json.dumps(value)

    return change


def _without(key: str) -> Callable[[Parts], object]:
    return lambda parts: parts[1].pop(key)


def _number(name: str, place: int, number: float) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        begin = parts[0][name]["data_offsets"][0]
        kind = "<q" if name == "keyframes.steps" else "<d"
        struct.pack_into(kind, parts[2], begin + 8 * place, number)

    return change


def _tensor(name: str, **says: object) -> Callable[[Parts], object]:
    return lambda parts: parts[0].setdefault(name, {}).update(says)


def _text(content: bytes) -> Callable[[Parts], object]:
    def change(parts: Parts) -> None:
        begin, end = parts[0]["text.0"]["data_offsets"]
        parts[2][begin:end] = content
        parts[0]["text.0"] |= {
            "shape": [len(content)],
            "data_offsets": [begin, begin + len(content)],
        }

    return change


STREAM = [3, [*random.Random(1).getstate()[1]], None]

HARM: dict[str, Callable[[Parts], object]] = {
    "no settings": _with_segments(),
    "settings no objects": _with_segments(3),
    "settings no list": _says("segments", {"start": 0}),
    "settings no JSON": _says("segments", "{"),
    "settings in thousands of lists": _says("segments", "[" * 100_000),
    "late start": _with_segments({"start": 1}),
    "unordered starts": _with_segments({}, {"start": 4}, {"start": 2}),
    "equal starts": _with_segments({}, {"start": 0}),
    "start after the end": _with_segments({}, {"start": 7}),
    "start no number": _with_segments({"start": True}),
    "another model in mid-course": _with_segments({}, {"start": 2, "n_embd": 2}),
    "unknown engine": _with_segments({"engine": "e" * 100_000}),
    "n_embd of text": _with_segments({"n_embd": "1"}),
    "n_embd of truth": _with_segments({"n_embd": True}),
    "n_embd too large": _with_segments({"n_embd": 10**30}),
    "n_head does not divide": _with_segments({"n_head": 2}),
    "learning rate none": _with_segments({"learning_rate": 0}),
    "learning rate infinite": _says("segments", '[{"learning_rate":1e999}]'),
    "beta of nothing": _with_segments({"beta1": None}),
    "unknown setting": _with_segments({"colour": 3}),
    "missing setting": _says("segments", '[{"start":0,"text":0,"order":1}]'),
    "no such text": _with_segments({"text": 1}),
    "text before the first": _with_segments({"text": -1}),
    "no such order": _with_segments({"order": -1}),
    "steps below none": _says("steps_done", "-1"),
    "steps beyond all": _says("steps_done", "1000001"),
    "steps no number": _says("steps_done", "six"),
    "steps with endless digits": _says("steps_done", "9" * 5000),
    "other steps": _says("steps_done", "5"),
    "no steps": _without("steps_done"),
    "no name": _without("name"),
    "long name": _says("name", "n" * 201),
    "no alphabet": _says("alphabet", ""),
    "alphabet unordered": _says("alphabet", "ba"),
    "alphabet repeats": _says("alphabet", "aab"),
    "another alphabet": _says("alphabet", "ac"),
    "alphabet of half a character": _says("alphabet", "ab\ud800"),
    "huge alphabet": _says("alphabet", "".join(map(chr, range(0x4E00, 0x9FFF)))),
    "short stream": _says("random_stream", [3, STREAM[1][:-1], None]),
    "stream of another kind": _says("random_stream", [2, STREAM[1], None]),
    "stream word too large": _says("random_stream", [3, [2**32, *STREAM[1][1:]], None]),
    "stream at no place": _says("random_stream", [3, [*STREAM[1][:-1], 625], None]),
    "stream of zeros": _says("random_stream", [3, [0] * 624 + [1], None]),
    "stream of fractions": _says("random_stream", [3, [0.5] * 625, None]),
    "stream with a text": _says("random_stream", [*STREAM[:2], "x"]),
    "no stream": _says("random_stream", "null"),
    "texts no list": _says("texts", 3),
    "text without a sum": _says(
        "texts", [{"title": "t", "source": "s", "sha256": "", "path": ""}]
    ),
    "text with more": _says("texts", [{"title": "t", "other": "s"}]),
    "mark of no kind": _says("marks", [[1, "spot", ""]]),
    "mark in the future": _says("marks", [[7, "save", ""]]),
    "mark too short": _says("marks", [[1]]),
    "marks without end": _says("marks", [[1, "save", ""]] * 10_001),
    "name no text": lambda parts: parts[1].update(name=3),
    "weight not a number": _number("wte", 0, float("nan")),
    "weight infinite": _number("layer0.mlp_fc2", 3, float("inf")),
    "mean infinite": _number("adam.m.wpe", 0, float("-inf")),
    "square below zero": _number("adam.v.wte", 1, -1.0),
    "keyframe not a number": _number("keyframes.parameters", 20, float("nan")),
    "loss not a number": _number("figures.losses", 2, float("nan")),
    "norm below zero": _number("figures.gradient_norms", 2, -1.0),
    "keyframes unordered": _number("keyframes.steps", 1, 0),
    "keyframe in the future": _number("keyframes.steps", 1, 7),
    "keyframe before the beginning": _number("keyframes.steps", 0, -1),
    "no first keyframe": _number("keyframes.steps", 0, 1),
    "tensor of another type": _tensor("wte", dtype="I64"),
    "tensor of no type": _tensor("wte", dtype=[["F64"]]),
    "tensor of another shape": _tensor("wte", shape=[1, 3]),
    "tensor of a fraction": _tensor("wte", shape=[3.0, 1]),
    "tensor of truth": _tensor("wte", shape=[3, True]),
    "tensor without end": _tensor("wte", shape=[2**62, 2**62]),
    "tensor over another": _tensor("wpe", data_offsets=[0, 8]),
    "tensor backwards": _tensor("wpe", data_offsets=[32, 24]),
    "tensor outside": _tensor("wpe", data_offsets=[2**60, 2**60 + 8]),
    "tensor of its own": _tensor("x", dtype="F64", shape=[0], data_offsets=[0, 0]),
    "tensor missing": lambda parts: parts[0].pop("adam.v.wte"),
    "tensor no object": lambda parts: parts[0].update(wte=3),
    "keyframes without end": _tensor("keyframes.steps", shape=[2**40]),
    "keyframes below none": _tensor("keyframes.steps", shape=[-1]),
    "keyframes of text": _tensor("keyframes.steps", shape=["2"]),
    "text without end": _tensor("text.0", shape=[2**40]),
    "text with an empty line": _text(b"ab\n\nba\n"),
    "text of empty lines": _text(b"\n"),
    "text without an end": _text(b"ab\nba"),
    "text with a long line": _text(b"ab\n" + b"a" * 10_001 + b"\n"),
    "text with a return": _text(b"ab\r\nba\n"),
    "text no UTF-8": _text(b"ab\n\xff\n"),
    "text with other letters": _text(b"abc\n"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HARM)
def test_what_cannot_be_is_refused_though_its_sums_are_right(
    kind: str, tiny_file: Path
) -> None:
    parts = taken_apart(tiny_file)
    HARM[kind](parts)
    table, metadata, data = parts
    put_together(tiny_file, table, metadata, bytes(data))
    refusal(tiny_file)


def test_what_is_put_together_unchanged_is_read(
    tiny: SavedRun, tiny_file: Path
) -> None:
    table, metadata, data = taken_apart(tiny_file)
    put_together(tiny_file, table, metadata, bytes(data))
    assert replace(read_run(tiny_file), version="") == tiny


def test_a_large_damaged_file_is_refused_without_being_held(
    tiny_file: Path,
) -> None:
    """As large as a file of many keyframes: it is read once, in pieces."""
    _, metadata, _ = taken_apart(tiny_file)
    entries = json.loads(metadata["segments"])
    entries[0] |= {"n_embd": 128, "n_layer": 4}
    metadata["segments"] = json.dumps(entries)
    model = RunConfig(n_embd=128, n_layer=4, n_head=1, block_size=1).model(3)
    tensors = tensors_of(model, steps=6, keyframes=3, text_bytes={0: 8})
    head = make_head(tensors, metadata)
    tiny_file.write_bytes(head)
    os.truncate(tiny_file, len(head) + sum(tensor.size_bytes for tensor in tensors))
    assert tiny_file.stat().st_size > MAX_BYTES
    tracemalloc.start()
    with pytest.raises(RunFileError, match="damaged"):
        read_run(tiny_file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MAX_BYTES / 8
