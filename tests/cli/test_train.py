"""`train` prints what microgpt.py prints, and reports it at full precision."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from microgpt_gui.data import DATASETS
from microgpt_gui.data.dataset import BundledFile
from microgpt_gui.engine import ENGINES
from microgpt_gui.session.functions import this_computers_functions
from tests.cli.conftest import SMALL

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine

GOLDEN = Path(__file__).parents[2] / "resources" / "golden"

#: Those whose text comes with the program: file name "DATASET-WHAT.json".
GOLDEN_RUNS = [
    path
    for path in sorted(GOLDEN.glob("*.json"))
    if isinstance(DATASETS[path.stem.split("-")[0]].origin, BundledFile)
]

#: The engines' tests hold these too; through the command line, seconds are enough.
SHORT_STEPS = 500


def marked(path: Path) -> Any:
    is_short = len(json.loads(path.read_text())["losses"]) <= SHORT_STEPS
    return pytest.param(path, marks=() if is_short else pytest.mark.long, id=path.stem)


def as_options(golden: dict[str, Any]) -> list[str]:
    names = {"lr": "learning-rate"}
    return [
        text
        for setting, value in golden["settings"].items()
        for text in ("--" + names.get(setting, setting.replace("_", "-")), str(value))
    ]


def as_printed(run: dict[str, Any]) -> bytes:
    """Rebuild what the script printed of a run."""
    steps = len(run["losses"])
    return "".join(
        [
            f"num docs: {run['num_docs']}\n",
            f"vocab size: {run['vocab_size']}\n",
            f"num params: {run['num_params']}\n",
            *(
                f"step {step:4d} / {steps:4d} | loss {loss:.4f}\r"
                for step, loss in enumerate(run["losses"], start=1)
            ),
            "\n--- inference (new, hallucinated names) ---\n",
            *(
                f"sample {number:2d}: {text}\n"
                for number, text in enumerate(run["samples"], start=1)
            ),
        ]
    ).encode()


def test_there_are_golden_runs():
    assert len(GOLDEN_RUNS) >= 4


@pytest.mark.parametrize("path", [marked(path) for path in GOLDEN_RUNS])
def test_output_and_report_are_the_scripts(path, microgpt: CommandLine, tmp_path):
    golden = json.loads(path.read_text())
    result = microgpt(
        "train",
        "--dataset",
        path.stem.split("-")[0],
        *as_options(golden),
        "--report",
        "r.json",
    )
    assert result.stderr == b""
    assert result.returncode == 0
    assert result.stdout == as_printed(golden)
    report = json.loads((tmp_path / "r.json").read_text())
    for fact in ("num_docs", "vocab_size", "num_params", "samples"):
        assert report[fact] == golden[fact], fact
    if this_computers_functions().are_those_of_the_recording:
        for fact in ("losses", "final_params_sha256"):
            assert report[fact] == golden[fact], fact
    else:  # the script's last digits are others here too
        assert report["losses"] == pytest.approx(golden["losses"], rel=1e-12, abs=0)


def test_report_says_how_the_run_was_made(microgpt: CommandLine, tmp_path):
    microgpt("train", *SMALL, "--samples", "3", "--beta1", "0.9", "--report", "r.json")
    report = json.loads((tmp_path / "r.json").read_text())
    assert len(report["losses"]) == 12
    assert len(report["samples"]) == 3
    assert report["engine"] == "python"
    assert report["steps_per_second"] > 0
    assert report["python"] == platform.python_version()
    assert report["settings"] == {
        "dataset": "elements",
        "documents": "lines",
        "leave_out_mark": False,
        "held_out": 0.0,
        "train_documents": 0,
        "engine": "python",
        "decay_steps": 0,
        "decay_start": 0,
        "seed": 42,
        "steps": 12,
        "n_layer": 1,
        "n_embd": 8,
        "n_head": 2,
        "block_size": 16,
        "learning_rate": 0.01,
        "beta1": 0.9,
        "beta2": 0.99,
        "samples": 3,
        "temperature": 0.5,
    }


def test_quiet_prints_nothing_and_reports_the_same(microgpt: CommandLine, tmp_path):
    loud = microgpt("train", *SMALL, "--report", "loud.json")
    quiet = microgpt("train", *SMALL, "--quiet", "--report", "quiet.json")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")
    reports = [
        json.loads((tmp_path / f"{n}.json").read_text()) for n in ("loud", "quiet")
    ]
    for report in reports:
        del report["steps_per_second"]
    assert reports[0] == reports[1]
    assert loud.stdout == as_printed(reports[0])


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (["Zoé", "Noël", "Jürgen", "Łukasz", "Ægir"], ["--n-head", "1"]),
        (["ab", "ba"], ["--n-layer", "3", "--n-head", "2"]),
        (["x"], ["--block-size", "1", "--n-head", "4"]),
        (["日本", "東京", "a b"], ["--block-size", "2", "--n-head", "8"]),
    ],
    ids=["accents, one head", "three layers", "one letter, block of one", "CJK"],
)
@pytest.mark.usefixtures("kept_code_if_any")
def test_engines_print_the_same_of_any_text(lines, options, microgpt, tmp_path):
    (tmp_path / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    printed = {
        microgpt(
            "train",
            *("--dataset", "words.txt", "--engine", engine, "--n-embd", 8),
            *("--steps", 8, "--samples", 4, "--temperature", "1.5"),
            *options,
        ).stdout
        for engine in ENGINES
    }
    (text,) = printed
    assert text.startswith(b"num docs: %d\n" % len(lines))
    assert text.count(b"\nsample") == 4


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["C", "C, strictly", "ascii"],
)
def test_accents_are_utf8_in_every_locale(locale, microgpt: CommandLine, tmp_path):
    (tmp_path / "words.txt").write_text("éàü\nüàé\n", encoding="utf-8")
    result = microgpt(
        *("train", "--dataset", "words.txt", "--n-embd", "4", "--n-head", "1"),
        *("--steps", "5", "--temperature", "2", "--report", "réport.json"),
        env=locale,
    )
    said = "words.txt: 2 documents of 3 characters; 3 different characters\n"
    assert result.stderr.decode() == f"microgpt-gui: {said}"
    assert result.returncode == 0
    samples = result.stdout.decode("utf-8").split("---\n")[1]
    assert set(samples) & set("éàü")
    report = json.loads((tmp_path / "réport.json").read_text())
    assert samples.splitlines()[0] == f"sample  1: {report['samples'][0]}"


def test_says_what_was_read_of_a_text_beside_what_the_script_prints(
    microgpt: CommandLine, tmp_path
):
    text = tmp_path / "poem.txt"
    text.write_bytes("\ufeffso much\r\n depends\r\n \r\nupon\n\na red\n".encode())
    small = ("--steps", "5", "--n-embd", "4", "--n-head", "1", "--dataset", text)
    told = microgpt("train", *small)
    assert told.returncode == 0
    assert told.stdout.startswith(b"num docs: 4\nvocab size: 15\n")
    about = "microgpt-gui: poem.txt: "
    said = told.stderr.decode().splitlines()
    read = "documents of 4 to {} characters (median 5); 14 different characters"
    assert said[0] == f"{about}4 {read.format(8)}"
    assert said[1].startswith(f"{about}it begins with a byte order mark")
    assert len(said) == 2
    options = ("--documents", "paragraphs", "--leave-out-mark", "--block-size", "9")
    told = microgpt("train", *small, *options, "--temperature", "2", "--samples", "9")
    assert told.stdout.startswith(b"num docs: 3\nvocab size: 15\n")
    samples = told.stdout.decode().partition("---\n")[2]
    assert len(samples.splitlines()) == 9
    assert "\\n" in samples
    said = told.stderr.decode().splitlines()
    assert said == [
        f"{about}3 {read.format(16)}",
        f"{about}1 of 3 documents is longer than the context (block_size 9) holds, "
        "and cut; "
        "--block-size 17 holds them all",
    ]
    text.write_text("a" * 256 + "\n" + "b" * 9)
    told = microgpt("train", *small, "--steps", "1", "--samples", "0")
    assert b"holds, and cut; --block-size 256 holds more of each\n" in told.stderr
    told = microgpt("train", *small, "--steps", "1", "--block-size", "256")
    assert b"256) holds, and cut; that is the longest context there is" in told.stderr
    quiet = microgpt("train", *small, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"")


def test_no_samples_leave_the_heading(microgpt: CommandLine):
    result = microgpt("train", *SMALL, "--samples", "0")
    assert result.stdout.endswith(b"\n--- inference (new, hallucinated names) ---\n")


def test_trains_without_qt_numpy_and_display(tmp_path):
    """As on a server where only the command line is wanted."""
    code = (
        "import sys\n"
        "for name in ('PySide6', 'shiboken6', 'pyqtgraph', 'numpy', 'superqt'):\n"
        "    sys.modules[name] = None\n"
        "from microgpt_gui.cli import main\n"
        f"sys.exit(main(['train', *{SMALL!r}, '--report', 'r.json']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PYTHONPATH": os.environ["PYTHONPATH"]},
        capture_output=True,
        check=False,
    )
    assert result.stderr == b""
    assert result.returncode == 0
    assert (tmp_path / "r.json").exists()


def test_documents_held_out_are_told_and_kept_by_a_run_that_goes_on(
    microgpt: CommandLine, tmp_path
):
    apart = ("--dataset", "elements", "--held-out", "0.1", "--train-documents", "9")
    small = (*apart, "--n-embd", "4", "--n-head", "1")
    told = microgpt("train", *small, "--steps", "11", "--save", "a.mgpt")
    said = "microgpt-gui: Elements: trains on 9 of 118 documents, 12 held out\n"
    assert told.stderr.decode() == said
    assert told.stdout.startswith(b"num docs: 118\n")
    for name, *options in (
        ("on", "--resume", "a.mgpt", "--steps", "15"),
        ("anew", *small, "--steps", "15", "--decay-steps", "11"),
    ):
        microgpt("train", *options, "--quiet", "--report", f"{name}.json")
    on, anew = (
        json.loads((tmp_path / f"{name}.json").read_text()) for name in ("on", "anew")
    )
    assert on["losses"] == anew["losses"]
    assert on["settings"]["train_documents"] == 9
