"""What cannot be used ends in one clear line, the right status and no traceback."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import SMALL, command, complaint

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--steps", "0"], "--steps: steps must be a whole number from 1 to 1000000"),
        (["--steps", "many"], "--steps: a whole number was wanted, not 'many'"),
        (["--steps", "1.5"], "--steps: a whole number was wanted"),
        (["--steps"], "--steps: expected one argument"),
        (["--seed", "-1"], "--seed: seed must be a whole number from 0"),
        (["--n-layer", "9"], "--n-layer: n_layer must be a whole number from 1 to 8"),
        (["--n-head", "3"], "--n-head: n_head must divide n_embd: 16 allows 1, 2, 4"),
        (["--n-embd", "0"], "--n-embd: n_embd must be a whole number from 1 to 128"),
        (["--block-size", "999"], "--block-size: block_size must be"),
        (["--learning-rate", "nan"], "--learning-rate: learning_rate must be above 0"),
        (["--learning-rate", "fast"], "--learning-rate: a number was wanted"),
        (["--beta1", "1"], "--beta1: beta1 must be at least 0 and below 1"),
        (["--beta2", "inf"], "--beta2: beta2 must be at least 0 and below 1"),
        (["--held-out", "1"], "--held-out: held_out must be a share of at least 0 and"),
        (["--train-documents", "32470"], "train_documents must be 0 (all) to 32469"),
        (["--samples", "-1"], "--samples: samples must be from 0"),
        (["--temperature", "0"], "--temperature: temperature must be from 0.05 to 2"),
        (["--temperature", "nan"], "--temperature: temperature must be from 0.05"),
        (["--engine", "gpu"], "--engine: engine must be one of python, autograd"),
        (["--dataset", ""], "--dataset: dataset must name a dataset or a text file"),
        (["--report", ""], "--report: the path of a file was wanted"),
        (["--step", "5"], "unrecognized arguments: --step 5"),
        (["--nonsense\nx"], r"unrecognized arguments: --nonsense\nx"),
        (["extra"], "unrecognized arguments: extra"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_option(arguments, wanted, microgpt: CommandLine):
    result = microgpt("train", *arguments)
    assert wanted in complaint(result)
    assert (result.returncode, result.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["tarin"], "no file and no command 'tarin' (choose from 'train', 'demo'"),
        (["dinosaurs"], "; --dataset dinosaurs opens the window on that dataset"),
        (["words.txt", "--n-head", "5"], "--n-head: n_head must divide n_embd"),
        (["run.mgpt", "--n-layer", "2"], "the run in run.mgpt has its own settings"),
        (["a.txt", "--dataset", "names"], "--dataset: a.txt is the text to learn from"),
        (["a.txt", "b.txt"], "unrecognized arguments: b.txt"),
        (["demo"], "--screenshot"),
        (["demo", "--screenshot", "x.png", "--n-head", "5"], "n_head must divide"),
        (["download", "names"], "'names' (choose from"),
    ],
)
def test_bad_command(arguments, wanted, microgpt: CommandLine):
    result = microgpt(*arguments)
    assert wanted in complaint(result)
    assert (result.returncode, result.stdout) == (2, b"")


BAD_FILES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n\t\n", "has only blank lines"),
    "binary": (b"\x7fELF\x00\x01\x02" * 100, "is a binary file"),
    "latin-1": ("Zoé\n".encode("latin-1"), "not UTF-8"),
    "utf-16": ("Zoé\n".encode("utf-16"), "UTF-16"),
    "huge line": (b"a" * 3_000_000 + b"\n", "line 1 has 3,000,000 characters"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_file(kind, microgpt: CommandLine, tmp_path):
    content, wanted = BAD_FILES[kind]
    (tmp_path / "some text.txt").write_bytes(content)
    result = microgpt("train", "--dataset", "some text.txt")
    said = complaint(result)
    assert said.startswith("some text.txt: ")
    assert wanted in said
    assert len(said) < 300
    assert (result.returncode, result.stdout) == (1, b"")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("nowhere.txt", "there is no such file and no such dataset; the datasets are"),
        ("folder/nowhere.txt", "there is no such file"),
        ("folder", "this is a folder; a text file was wanted"),
        ("text.txt/inner.txt", "a part of this path is a file"),
        (os.devnull, "this is a device or a pipe"),
        ("two\nlines.txt", "there is no such file"),
    ],
)
def test_bad_path(name, wanted, microgpt: CommandLine, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.txt").write_text("a\n")
    result = microgpt("train", "--dataset", name)
    assert wanted in complaint(result)
    assert (result.returncode, result.stdout) == (1, b"")


def test_picture_without_a_folder_is_refused_at_once(microgpt: CommandLine):
    result = microgpt("demo", "--screenshot", "nowhere/window.png")
    assert complaint(result) == (
        "nowhere/window.png: there is no such folder to write in"
    )
    assert (result.returncode, result.stdout) == (1, b"")


def test_dataset_wins_over_a_folder_of_its_name(microgpt: CommandLine, tmp_path):
    (tmp_path / "elements").mkdir()
    result = microgpt("train", *SMALL)
    assert result.returncode == 0
    assert result.stdout.startswith(b"num docs: 118\n")


def test_training_that_breaks_down_says_at_which_step(microgpt: CommandLine):
    result = microgpt("train", "--dataset", "names", "--learning-rate", "1", "--quiet")
    assert complaint(result) == (
        "training diverged at step 2: its numbers left the range that a computer can "
        "hold; a smaller --learning-rate keeps them in it"
    )
    assert result.returncode == 1


class TestReport:
    """A report that cannot be written is refused before the training."""

    @pytest.mark.parametrize(
        ("path", "wanted"),
        [
            ("nowhere/r.json", "there is no such folder"),
            ("text.txt/r.json", "a part of this path is a file"),
            (".", "this is a folder"),
            (os.devnull, "this is a device or a pipe"),
        ],
    )
    def test_bad_place(self, path, wanted, microgpt: CommandLine, tmp_path):
        (tmp_path / "text.txt").write_text("a\n")
        result = microgpt("train", *SMALL, "--report", path)
        assert wanted in complaint(result)
        assert (result.returncode, result.stdout) == (1, b"")

    @pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
    def test_full_disk_keeps_the_old_file(self, microgpt: CommandLine, tmp_path):
        import resource

        old = tmp_path / "r.json"
        old.write_text("the old report")
        result = microgpt(
            *("train", *SMALL, "--report", "r.json"),
            # A limit on the size of files fails as a full disk does, and needs no root.
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)),
        )
        assert complaint(result) == "r.json: the disk is full"
        assert result.returncode == 1
        assert result.stdout.startswith(b"num docs: 118\n")
        assert old.read_text() == "the old report"
        assert list(tmp_path.iterdir()) == [old]

    @pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX modes")
    def test_mode_and_links_stay(self, microgpt: CommandLine, tmp_path):
        target = tmp_path / "real.json"
        target.write_text("old")
        target.chmod(0o640)
        (tmp_path / "link.json").symlink_to(target)
        microgpt("train", *SMALL, "--report", "link.json", umask=0o022)
        microgpt("train", *SMALL, "--report", "new.json", umask=0o022)
        assert (tmp_path / "link.json").is_symlink()
        assert target.read_text().startswith("{")
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert stat.S_IMODE((tmp_path / "new.json").stat().st_mode) == 0o644


def test_window_without_display_says_what_needs_none(microgpt: CommandLine):
    gone = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}
    if not sys.platform.startswith("linux"):
        pytest.skip("a display is always there")
    result = microgpt(env=gone)
    assert "there is no display" in complaint(result)
    assert result.returncode == 1
    result = microgpt("./train", env=gone)  # a file, though a command is called so
    assert "train: there is no such file" in complaint(result)
    assert result.returncode == 1


def test_a_library_that_cannot_be_loaded_is_named_in_a_line(tmp_path):
    (tmp_path / "numpy.py").write_text(
        "try:\n    import _cut.short\nexcept ImportError as error:\n"
        "    raise ImportError('PLEASE READ THIS') from error\n"
    )
    folders = (str(tmp_path), os.environ["PYTHONPATH"])
    result = subprocess.run(
        command("train", *SMALL, "--engine", "numpy"),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        check=False,
    )
    wanted = "a library cannot be loaded: No module named '_cut' (the README's"
    assert complaint(result).startswith(wanted)
    assert (result.returncode, result.stdout) == (1, b"")
