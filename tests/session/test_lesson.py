"""The list of the runs in a folder: written, read again, and not believed blindly."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.session.lesson import (
    LIST,
    Entry,
    read_list,
    run_file_name,
    unused_path,
    write_list,
)
from microgpt_gui.session.run_files.problems import RunFileError

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_listed_comes_back(tmp_path: Path) -> None:
    first = (
        Entry("a.mgpt", "A", is_named=True, is_current=True),
        Entry("b.mgpt", "B", overlay=3, is_hidden=True),
    )
    for entry in first:
        (tmp_path / entry.file).touch()
    write_list(tmp_path, first)
    assert read_list(tmp_path) == first
    later = Entry("c.mgpt", "C", is_current=True)
    (tmp_path / "b.mgpt").unlink()
    write_list(tmp_path, [later])  # another window's, in the same folder
    assert read_list(tmp_path) == (later, Entry("a.mgpt", "A", is_named=True))


def test_without_a_list_the_run_files_are_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(RunFileError, match="there are no runs in this folder"):
        read_list(tmp_path)
    for name in ("b.mgpt", "a.MGPT", "other.txt", ".a.mgpt.0.part"):
        (tmp_path / name).touch()
    for content in (b"[" * 100_000, b"\xff", b"{}", b'{"format": "other", "runs": []}'):
        (tmp_path / LIST).write_bytes(content)
        assert {entry.file for entry in read_list(tmp_path)} == {"b.mgpt", "a.MGPT"}
    write_list(tmp_path, [Entry("b.mgpt")])
    assert (tmp_path / f"{LIST}.damaged").read_bytes() == content
    with pytest.raises(RunFileError, match="no such file"):
        read_list(tmp_path / "nowhere")


def test_a_list_names_nothing_outside_its_folder(tmp_path: Path) -> None:
    runs = [
        {"file": "../a.mgpt"},
        {"file": "/a.mgpt"},
        {"file": "a.txt"},
        {"file": 7},
        None,
        {"file": "half \ud800.mgpt"},
        {"file": "good.mgpt", "overlay": -1, "name": 7, "is_hidden": 1},
    ]
    content = {"format": "microgpt-gui runs", "version": 1, "runs": runs}
    (tmp_path / LIST).write_text(json.dumps(content))
    assert read_list(tmp_path) == (Entry("good.mgpt"),)


def test_file_names_are_free_and_fit_any_system(tmp_path: Path) -> None:
    assert run_file_name('a/b: "why?" <1|2> ') == "a b why 1 2.mgpt"
    assert run_file_name(" ../.. ") == "run.mgpt"
    assert (
        run_file_name("\u2068\u05d0\u05d1\u2069, steps 5")
        == "\u05d0\u05d1, steps 5.mgpt"
    )
    for letter in ("a", "\u0e01\u0e35", "\U00010330"):
        name = run_file_name(letter * 100)
        assert len(name) <= 85
        assert len(name.encode()) <= 245
        assert name.removesuffix(".mgpt").removesuffix(letter) != name
    (tmp_path / "a.mgpt").touch()
    second = unused_path(tmp_path, "a", [])
    assert second.name == "a-2.mgpt"
    assert unused_path(tmp_path, "A", [second]).name in ("A.mgpt", "A-3.mgpt")
    assert unused_path(tmp_path, "A", [tmp_path / "a.mgpt"]).name == "A-2.mgpt"
