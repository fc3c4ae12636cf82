"""Runs that are saved, gone on with, sampled from and described on the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from microgpt_gui import __version__
from microgpt_gui.engine import ENGINES
from tests.cli.conftest import SMALL, command, complaint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

#: SMALL stopped at step 5, as if it were to reach 12.
HALF = (*SMALL[:-1], "5", "--decay-steps", "12")


def report_of(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text())
    del report["steps_per_second"]
    return report


@pytest.fixture
def saved(microgpt: CommandLine) -> None:
    result = microgpt("train", *HALF, "--save", "half.mgpt")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_a_resumed_run_gives_what_a_whole_one_does(
    engine: str, microgpt: CommandLine, tmp_path: Path
) -> None:
    chosen = ("--engine", engine)
    whole = microgpt("train", *SMALL, *chosen, "--report", "whole.json")
    microgpt("train", *HALF, *chosen, "--quiet", "--save", "run.mgpt")
    rest = microgpt(
        *("train", "--resume", "run.mgpt", "--steps", "12", "--report", "rest.json"),
        *("--save", "run.mgpt"),
    )
    assert report_of(tmp_path / "rest.json") == report_of(tmp_path / "whole.json")
    steps = whole.stdout.split(b"\r")
    assert rest.stdout.split(b"\r")[1:] == steps[6:]
    again = microgpt("train", "--resume", "run.mgpt")
    assert again.stdout.split(b"\n")[-21:] == whole.stdout.split(b"\n")[-21:]


def test_goes_on_where_neither_numpy_nor_safetensors_nor_qt_is(
    saved: None, tmp_path: Path
) -> None:
    code = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph', 'numpy', 'safetensors'):\n"
        "    sys.modules[name] = None\n"
        "from microgpt_gui.cli import main\n"
        "for line in (['train', '--resume', 'half.mgpt', '--save', 'b.mgpt'],\n"
        "             ['sample', 'b.mgpt'], ['info', 'b.mgpt']):\n"
        "    assert main(line) == 0\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PYTHONPATH": os.environ["PYTHONPATH"]},
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    assert done.returncode == 0


def test_more_steps_alone_make_no_jump_of_the_learning_rate(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    microgpt("train", *SMALL, "--quiet", "--save", "run.mgpt")
    microgpt(
        *("train", "--resume", "run.mgpt", "--steps", "20", "--save", "more.mgpt"),
        *("--report", "more.json"),
    )
    report = report_of(tmp_path / "more.json")
    assert (report["settings"]["steps"], report["settings"]["decay_steps"]) == (20, 12)
    assert len(report["losses"]) == 20
    told = microgpt("info", "more.mgpt").stdout.decode()
    assert "from step 12  steps 12 to 20, decay_steps 0 to 12" in told


def test_live_settings_and_the_engine_can_be_others(
    saved: None, microgpt: CommandLine, tmp_path: Path
) -> None:
    done = microgpt(
        *("train", "--resume", "half.mgpt", "--steps", "9", "--decay-steps", "30"),
        *("--learning-rate", "0.02", "--engine", "autograd", "--report", "r.json"),
        *("--n-embd", "8"),  # as it is
    )
    assert done.returncode == 0, done.stderr
    settings = report_of(tmp_path / "r.json")["settings"]
    assert (settings["engine"], settings["learning_rate"]) == ("autograd", 0.02)
    assert (settings["steps"], settings["decay_steps"]) == (9, 30)


def test_settings_of_a_resumed_run_are_held_against_its_own(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    text = tmp_path / "poem.txt"
    text.write_text("so\nmuch\n\ndepends\n\n" * 150_000)  # too large to be inside
    own = ("--documents", "paragraphs", "--n-embd", 6, "--n-head", 3)
    begun = ("train", "--dataset", text, "--steps", 2, *own, "--save", "r.mgpt")
    assert microgpt(*begun).returncode == 0
    goes_on = ("train", "--resume", "r.mgpt", "--steps", 3, "--samples", 0)
    # Each of them would not go with what a new run has by default.
    done = microgpt(*goes_on, "--documents", "paragraphs", "--n-embd", 6)
    assert done.returncode == 0, done.stderr
    (tmp_path / "other.txt").write_text("so\nmuch\n")
    for other in ("other.txt", "names"):
        result = microgpt(*goes_on, "--dataset", other)
        wanted = f"--dataset: {other} is not the text that the run in r.mgpt learns fr"
        assert wanted in complaint(result)
        assert (result.returncode, result.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--n-embd", 16), "argument --n-embd: the run in half.mgpt has 8, and only"),
        (("--seed", 1), "argument --seed: the run in half.mgpt has 42, and only a new"),
        (("--dataset", "names"), "argument --dataset: the run in half.mgpt has"),
        (("--beta1", 0.5), "have another --decay-steps, --engine, --learning-rate"),
        (("--steps", 4), "argument --steps: the run has done 5 steps already"),
        (("--learning-rate", 7), "argument --learning-rate: learning_rate must be"),
        (("--engine", "steam"), "argument --engine: engine must be one of"),
    ],
)
def test_says_what_a_run_that_goes_on_cannot_have(
    arguments: tuple[object, ...], wanted: str, saved: None, microgpt: CommandLine
) -> None:
    result = microgpt("train", "--resume", "half.mgpt", *arguments)
    assert result.returncode == 2
    assert result.stdout == b""
    assert wanted in complaint(result)


def test_samples_are_those_that_training_printed(microgpt: CommandLine) -> None:
    trained = microgpt("train", *SMALL, "--save", "run.mgpt").stdout.decode()
    printed = [line[11:] for line in trained.split("\n") if line.startswith("sample ")]
    drawn = microgpt("sample", "run.mgpt").stdout.decode()
    assert drawn.split("\n") == [*printed, ""]


def test_samples_follow_seed_temperature_count_and_prompt(
    saved: None, microgpt: CommandLine
) -> None:
    def drawn(*options: object) -> list[str]:
        result = microgpt("sample", "half.mgpt", *options)
        assert result.returncode == 0, result.stderr
        return result.stdout.decode().splitlines()

    seven = drawn("--seed", 7, "--count", 5)
    assert len(seven) == 5
    assert seven == drawn("--seed", 7, "--count", 5)
    assert seven != drawn("--seed", 8, "--count", 5)
    assert seven != drawn("--seed", 7, "--count", 5, "--temperature", 2)
    assert all(line.startswith("ti") for line in drawn("--prompt", "ti"))
    upper = microgpt("sample", "half.mgpt", "--prompt", "TI", "--seed", 7)
    assert all(line.startswith(b"ti") for line in upper.stdout.splitlines())
    assert "“t” and “i” are taken instead" in upper.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (("--prompt", "é"), "argument --prompt: 'é' is not one of this vocabulary's"),
        (("--count", 0), "count must be from 1 to 200, not 0"),
        (("--temperature", 0), "temperature must be from 0.05 to 2"),
        (("--seed", -1), "seed must be from 0 to 2147483647"),
    ],
)
def test_says_what_cannot_be_drawn(
    arguments: tuple[object, ...], wanted: str, saved: None, microgpt: CommandLine
) -> None:
    result = microgpt("sample", "half.mgpt", *arguments)
    assert result.returncode == 2
    assert wanted in complaint(result)


def test_info_says_what_is_inside(saved: None, microgpt: CommandLine) -> None:
    told = microgpt("info", "half.mgpt").stdout.decode()
    for words in (
        "5 of 5, last loss",
        "n_embd 8, n_head 2",
        "Elements (inside)",
        "falls to 0 at step 12",
        f"microgpt-gui {__version__}",
    ):
        assert words in told


@pytest.mark.parametrize("arguments", [("sample",), ("info",), ("train", "--resume")])
def test_says_in_one_line_what_is_no_run(
    arguments: tuple[str, ...], saved: None, microgpt: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "cut.mgpt").write_bytes((tmp_path / "half.mgpt").read_bytes()[:-9])
    (tmp_path / "text.mgpt").write_text("Not a run, but some words." * 9)
    for name, wanted in (
        ("cut.mgpt", "cut.mgpt: the file is cut short"),
        ("text.mgpt", "text.mgpt: this is not a run of this program"),
        ("none.mgpt", "none.mgpt: there is no such file"),
        (".", ".: this is a folder"),
    ):
        result = microgpt(*arguments, name)
        assert result.returncode == 1
        assert result.stdout == b""
        assert complaint(result).startswith(wanted)


def test_sees_before_training_that_a_place_cannot_be_written(
    microgpt: CommandLine,
) -> None:
    result = microgpt("train", *SMALL, "--save", "none/run.mgpt")
    assert result.returncode == 1
    assert result.stdout == b""
    assert "no such folder" in complaint(result)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl C is no signal there")
def test_ctrl_c_saves_what_is_done(microgpt: CommandLine, tmp_path: Path) -> None:
    long = (*SMALL[:-1], "1000000")
    with subprocess.Popen(
        command("train", *long, "--save", "run.mgpt"),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        seen = b""
        while b"step   20 " not in seen:
            seen += process.stdout.read1()
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        said = process.stderr.read().decode()
    assert process.returncode == 130
    assert said.startswith("microgpt-gui: stopped after step ")
    done = int(said.split()[4].rstrip(";"))
    assert "--resume run.mgpt goes on from there" in said
    told = microgpt("info", "run.mgpt").stdout.decode()
    assert f"{done:,} of 1,000,000" in told


def test_sampling_opens_nothing_but_the_run(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    text = tmp_path / "large.txt"
    text.write_text("so much depends upon\n" * 110_000)
    begun = ("train", *SMALL[2:], "--dataset", text, "--quiet")
    assert microgpt(*begun, "--save", "r.mgpt").returncode == 0
    code = (
        "import os, sys\n"
        "from microgpt_gui.cli import main\n"
        "opened = set()\n"
        "def note(event, given):\n"
        "    if event == 'open' and not isinstance(given[0], int):\n"
        "        opened.add(str(given[0]))\n"
        "sys.addaudithook(note)\n"
        "main(['sample', 'r.mgpt', '--count', '2'])\n"
        "print(*(p for p in opened if not p.endswith(('.py', '.pyc'))), sep='\\n')\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True
    )
    assert result.stdout.split(b"\n")[2:] == [b"r.mgpt", b""], result.stderr
