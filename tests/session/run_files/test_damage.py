"""What is not a whole and sound run file is refused, soon and in one line."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from microgpt_gui.session.run_files.metadata import FORMAT_VERSION
from microgpt_gui.session.run_files.problems import NewerFormat, RunFileError
from microgpt_gui.session.run_files.reading import describe, read_run
from tests.session.run_files.conftest import put_together, taken_apart
from tests.session.run_files.refusal import refusal

if TYPE_CHECKING:
    from microgpt_gui.session.run_files.saved_run import SavedRun


def test_every_cut_is_refused(tiny_file: Path) -> None:
    for size in reversed(range(tiny_file.stat().st_size)):
        os.truncate(tiny_file, size)
        with pytest.raises(RunFileError):
            read_run(tiny_file)
        if size % 100 == 0:
            with pytest.raises(RunFileError):
                describe(tiny_file)


def test_every_flipped_bit_is_refused(tiny_file: Path) -> None:
    content = tiny_file.read_bytes()
    with open(tiny_file, "r+b", buffering=0) as file:
        for place, byte in enumerate(content):
            os.pwrite(file.fileno(), bytes([byte ^ 1 << place % 8]), place)
            with pytest.raises(RunFileError):
                read_run(tiny_file)
            os.pwrite(file.fileno(), bytes([byte]), place)
    read_run(tiny_file)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_mixed_into_a_file_is_refused(
    tiny_file: Path, data: st.DataObject
) -> None:
    content = tiny_file.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    stop = data.draw(st.integers(start, min(start + 50, len(content))))
    mixed = content[:start] + data.draw(st.binary(max_size=60)) + content[stop:]
    other = tiny_file.with_name("mixed.mgpt")
    other.write_bytes(mixed)
    if mixed == content:
        read_run(other)
    else:
        refusal(other)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(noise=st.binary(max_size=3000), length=st.integers(0, 3000))
def test_noise_is_refused(tmp_path: Path, noise: bytes, length: int) -> None:
    path = tmp_path / "noise"
    for content in (noise, length.to_bytes(8, "little") + b"{" + noise):
        path.write_bytes(content)
        refusal(path)


def test_says_what_is_wrong_with_a_damaged_file(tiny_file: Path) -> None:
    content = tiny_file.read_bytes()
    begin = 8 + int.from_bytes(content[:8], "little")
    for place in (begin + 10, len(content) - 1):
        changed = bytearray(content)
        changed[place] ^= 1
        tiny_file.write_bytes(changed)
        assert refusal(tiny_file).startswith("the file is damaged")
    tiny_file.write_bytes(content[:-100])
    assert refusal(tiny_file).startswith("the file is cut short: 100 of")
    tiny_file.write_bytes(content[: begin - 5])
    assert refusal(tiny_file) == "the file is cut short"
    tiny_file.write_bytes(content + b"x")
    assert refusal(tiny_file) == "the file has 1 bytes too many"
    tiny_file.write_bytes(b"")
    assert refusal(tiny_file) == "the file is empty"


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "astray").symlink_to(tmp_path / "nowhere")
    (tmp_path / "to-pipe").symlink_to(tmp_path / "pipe")
    (tmp_path / "plain").write_text("x")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(tmp_path / "socket"))
        assert "device or a pipe" in refusal(tmp_path / "socket")
    assert "folder" in refusal(tmp_path)
    assert "device or a pipe" in refusal(tmp_path / "pipe")
    assert "device or a pipe" in refusal(tmp_path / "to-pipe")
    assert "device or a pipe" in refusal(Path("/dev/zero"))
    assert "no such file" in refusal(tmp_path / "astray")
    assert "no such file" in refusal(tmp_path / "none")
    assert "symbolic links" in refusal(tmp_path / "loop")
    assert "not a folder" in refusal(tmp_path / "plain" / "run")
    assert "NUL" in refusal(Path("a\0b"))


def test_a_link_to_a_run_is_as_good_as_it(tiny: SavedRun, tiny_file: Path) -> None:
    link = tiny_file.with_name("link")
    link.symlink_to(tiny_file)
    assert read_run(link).record == tiny.record


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + bytes(5000),
        b"\x80\x04\x95" + bytes(5000),
        b'{"num_docs": 3}' * 50,
        (2**63).to_bytes(8, "little") + b"{}",
        (2**64 - 1).to_bytes(8, "little"),
        (2).to_bytes(8, "little") + b"{}",
        (2).to_bytes(8, "little") + b"[]",
        (4).to_bytes(8, "little") + b"null",
        (200_000).to_bytes(8, "little") + b"[" * 200_000,
        (2_000_000).to_bytes(8, "little") + b"[" + b"[]," * 600_000 + b" " * 200_000,
        (2_000_000).to_bytes(8, "little") + b'{"a":' * 400_000,
        (2_000_000).to_bytes(8, "little") + b"9" * 2_000_000,
        (60_000).to_bytes(8, "little")
        + b'{"__metadata__":{"format":NaN}}'
        + b" " * 60_000,
    ],
)
def test_foreign_files_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    refusal(tmp_path / "file")


def test_a_safetensors_file_of_another_program_is_refused(tmp_path: Path) -> None:
    import numpy as np
    from safetensors.numpy import save_file

    save_file({"wte": np.zeros((3, 1))}, tmp_path / "a", metadata={"format": "pt"})
    save_file({"wte": np.zeros((3, 1))}, tmp_path / "b")
    for name in ("a", "b"):
        assert refusal(tmp_path / name) == "this is not a run of this program"


def test_a_file_from_the_future_is_told_apart(tiny_file: Path) -> None:
    table, metadata, data = taken_apart(tiny_file)
    metadata |= {"format_version": str(FORMAT_VERSION + 1), "app_version": "9.1.0"}
    put_together(tiny_file, table, metadata, bytes(data))
    with pytest.raises(NewerFormat, match=r"newer version of this program \('9.1.0';"):
        read_run(tiny_file)


def test_huge_claims_allocate_nothing(tiny_file: Path) -> None:
    table, metadata, data = taken_apart(tiny_file)
    entries = json.loads(metadata["segments"])
    entries[0] |= {"n_embd": 128, "n_head": 1, "n_layer": 8, "block_size": 256}
    entries[0]["steps"] = 1_000_000
    metadata |= {"segments": json.dumps(entries), "steps_done": "1000000"}
    put_together(tiny_file, table, metadata, bytes(data))
    os.truncate(tiny_file, 2**41)
    assert "does not fit its settings" in refusal(tiny_file)
