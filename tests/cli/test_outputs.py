"""Nothing that a command writes takes the place of what it reads, or writes as well."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.session.same_place import is_same_place
from tests.cli.conftest import SMALL, complaint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine


@pytest.fixture
def folder(microgpt: CommandLine, tmp_path: Path) -> Path:
    """Hold a run, a text, and other ways to each of them."""
    assert microgpt("train", *SMALL, "--quiet", "--save", "r.mgpt").returncode == 0
    (tmp_path / "mine.txt").write_text("Lena\nTom\n")
    (tmp_path / "link.txt").symlink_to("mine.txt")
    os.link(tmp_path / "mine.txt", tmp_path / "hard.txt")
    (tmp_path / "here").symlink_to(".")
    (tmp_path / "kept.mgpt").write_text("kept")
    (tmp_path / "kept.mgpt").chmod(0o444)
    return tmp_path


def test_an_output_wants_a_place_of_its_own(
    microgpt: CommandLine, folder: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    text = ("train", "--dataset", "mine.txt", "--steps", "3")
    for arguments, wanted in (
        (("--save", "x", "--report", "x"), "--save: x is the file that --report"),
        (("--save", "x", "--report", folder / "here" / "x"), "--report writes to"),
        (("--save", "-", "--report", "-"), "--save: - is the file that --report"),
        (("--report", "new/"), "--report: the path of a file was wanted, not 'new/'"),
        (("--save", "mine.txt"), "--save: mine.txt is the file that --dataset reads"),
        (("--report", "link.txt"), "link.txt is the file that --dataset reads"),
        (("--report", "hard.txt"), "hard.txt is the file that --dataset reads"),
        (("--save", "kept.mgpt"), "kept.mgpt: this file is read-only"),
        (("--report", "kept.mgpt"), "kept.mgpt: this file is read-only"),
    ):
        result = microgpt(*text, *arguments)
        assert wanted in complaint(result)
        assert (result.returncode, result.stdout) == (2, b"")
    for line, wanted in (
        (("train", "--resume", "r.mgpt", "--report", "here/r.mgpt"), "--resume reads"),
        (("demo", "--dataset", "mine.txt", "--screenshot", "hard.txt"), "--dataset"),
        (("bench", "--dataset", "mine.txt", "--json", "link.txt"), "--dataset reads"),
    ):
        result = microgpt(*line)
        assert wanted in complaint(result)
        assert (result.returncode, result.stdout) == (2, b"")
    after = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before


def test_a_text_that_a_resumed_run_learns_from_stays(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    text = tmp_path / "large.txt"
    text.write_text("so much depends upon\n" * 110_000)
    begun = ("train", *SMALL[2:], "--dataset", "large.txt", "--quiet")
    assert microgpt(*begun, "--save", "r.mgpt").returncode == 0
    result = microgpt("train", "--resume", "r.mgpt", "--save", "large.txt")
    assert "large.txt is the file that the run learns from" in complaint(result)
    assert result.returncode == 2
    assert text.stat().st_size == 21 * 110_000


def test_what_is_printed_into_a_file_is_not_replaced(
    microgpt: CommandLine, folder: Path
) -> None:
    before = (folder / "r.mgpt").read_bytes()
    for line, name, wanted in (
        (("sample", "r.mgpt"), "r.mgpt", "FILE.mgpt: r.mgpt is the file that standard"),
        (("train", "--dataset", "mine.txt"), "mine.txt", "it would be spoilt"),
        (("train", "--report", "/dev/stdout"), "both", "it would be replaced"),
    ):
        with (folder / name).open("ab") as stdout:
            result = microgpt(*line, stdout=stdout)
        assert wanted in complaint(result)
        assert result.returncode == 2
    assert (folder / "r.mgpt").read_bytes() == before
    assert (folder / "mine.txt").read_text() == "Lena\nTom\n"
    both = folder / "both"
    with both.open("wb") as stdout:
        result = microgpt("train", *SMALL, "--report", "both", stdout=stdout)
    assert "both is the file that standard output goes to" in complaint(result)
    assert result.returncode == 2
    with both.open("wb") as stdout:
        result = microgpt("train", *SMALL, "--save", "other", stdout=stdout)
    assert result.returncode == 0
    assert both.read_bytes().startswith(b"num docs: 118\n")


def test_what_no_file_can_hold_is_refused_before_training(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    chars = [chr(0x20000 + number) for number in range(400_000)]
    lines = ("".join(chars[at : at + 9000]) for at in range(0, len(chars), 9000))
    (tmp_path / "signs.txt").write_text("\n".join(lines), encoding="utf-8")
    line = ("train", "--dataset", "signs.txt", "--save", "r.mgpt")
    result = microgpt(*line)
    assert complaint(result) == (
        "--save: the run cannot be saved: its text has 400,000 different characters, "
        "and a run file has room for 393,216"
    )
    assert (result.returncode, result.stdout) == (1, b"")
    assert not (tmp_path / "r.mgpt").exists()


def test_going_on_in_the_runs_own_file_is_ordinary(
    microgpt: CommandLine, folder: Path
) -> None:
    line = ("train", "--resume", "r.mgpt", "--steps", "14", "--save", "here/r.mgpt")
    assert microgpt(*line).returncode == 0
    assert b"14 of 14" in microgpt("info", "r.mgpt").stdout


def test_names_are_told_apart_as_the_file_system_does(tmp_path: Path) -> None:
    (tmp_path / "is folding").touch()
    folds = (tmp_path / "IS FOLDING").exists()
    one, other = tmp_path / "run.json", tmp_path / "Run.JSON"
    assert is_same_place(one, other) == folds
    one.touch()
    assert is_same_place(one, other) == folds
    assert not is_same_place(one, tmp_path / "other.json")
    assert not is_same_place(tmp_path / os.devnull, tmp_path / os.devnull)
    assert len(list(tmp_path.iterdir())) == 2  # asking leaves nothing behind
