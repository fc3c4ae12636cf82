"""The exported program trains to the run's own numbers, under plain interpreters."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.cli import main
from microgpt_gui.engine.base import Diverged
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.exports import script
from microgpt_gui.session.exports.script import script_files
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.segment import Segment

if TYPE_CHECKING:
    from pathlib import Path

ODD = RunConfig(
    dataset="elements",
    seed=7,
    steps=14,
    n_layer=2,
    n_embd=6,
    n_head=1,
    block_size=3,
    learning_rate=0.03,
    decay_steps=9,
    beta1=0.7,
    beta2=0.95,
)

#: What decides how the C library computes is the program's and the script's alike.
SAME_LIBRARY = {n: os.environ[n] for n in ("GLIBC_TUNABLES",) if n in os.environ}


def works(python: str | None) -> bool:
    """Say whether it is there; what a version manager puts there may only complain."""
    if python is None:
        return False
    done = subprocess.run([python, "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


#: From 3.12 on, the built-in sum() rounds in another way.
OTHERS = [shutil.which(f"python3.{minor}") for minor in (11, 12, 13, 14)]
INTERPRETERS = [sys.executable, *(python for python in OTHERS if works(python))]


def trained(config: RunConfig, steps: int | None = None) -> Run:
    run = Run(config, recorder=Recorder())
    for _ in range(config.steps if steps is None else steps):
        run.step()
    return run


def execute(
    path: Path, *options: str, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Run the program as somebody would who has no packages and another locale."""
    return subprocess.run(
        [python, "-I", "-S", path, *options],
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]} | SAME_LIBRARY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def written(run: Run, folder: Path, **options: object) -> Path:
    files = script_files(run.record(), "run", **options)  # type: ignore[arg-type]
    for name, data in files.texts.items():
        (folder / name).write_bytes(data)
    path = folder / "run.py"
    path.write_bytes(files.script.encode())
    return path


def losses_of(done: subprocess.CompletedProcess[str]) -> list[float]:
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    lines = [line for line in done.stdout.split("\n") if " | loss " in line]
    return [float(line.split(" | loss ")[1]) for line in lines]


def samples_of(done: subprocess.CompletedProcess[str]) -> list[str]:
    lines = [line for line in done.stdout.split("\n") if line.startswith("sample ")]
    return [line.split(": ", 1)[1] for line in lines]


def check_equal(run: Run, path: Path, python: str = sys.executable) -> None:
    """The program goes to the run's end, as the run itself does now."""
    while not run.is_finished:
        run.step()
    done = execute(path, "--exact", python=python)
    assert losses_of(done) == list(run.record().figures.losses)
    assert samples_of(done) == list(run.script_samples(20, 0.5))


@pytest.mark.parametrize("python", INTERPRETERS)
@pytest.mark.parametrize("engine", ["python", "autograd"])
def test_odd_settings_give_the_same_numbers(
    python: str, engine: str, tmp_path: Path
) -> None:
    run = trained(replace(ODD, engine=engine))
    check_equal(run, written(run, tmp_path), python)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"n_layer": 1, "n_head": 6, "block_size": 1},
        {"n_layer": 3, "n_embd": 4, "n_head": 2, "block_size": 30},
        {"beta1": 0.0, "beta2": 0.0, "learning_rate": 0.001},
        {"dataset": "sums", "decay_steps": 0},
        {"dataset": "elements", "held_out": 0.97, "train_documents": 3, "steps": 8},
        {"dataset": "cities", "n_embd": 8, "n_head": 8},
    ],
)
def test_every_shape_gives_the_same_numbers(
    settings: dict[str, object], tmp_path: Path
) -> None:
    run = trained(replace(ODD, **settings))  # type: ignore[arg-type]
    check_equal(run, written(run, tmp_path))


def test_paragraphs_are_documents_there_too(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = tmp_path / "poem.txt"
    text.write_bytes("\ufeffSo much\r\n  depends\r\n \r\nupon\n\n\na\nred\n".encode())
    options = ["--documents", "paragraphs", "--leave-out-mark", "--steps", "9"]
    options += ["--n-embd", "4", "--n-head", "2", "--temperature", "1.5"]
    assert main(["train", "--dataset", str(text), *options]) == 0
    printed = capsysbinary.readouterr().out
    assert b"num docs: 3\n" in printed
    assert b"\\n" in printed.partition(b"---")[2]
    config = RunConfig(
        dataset=str(text),
        documents="paragraphs",
        leave_out_mark=True,
        steps=9,
        n_embd=4,
        n_head=2,
    )
    run = trained(config)
    assert run.info.chars[:2] == "\n "
    done = execute(written(run, tmp_path, temperature=1.5))
    assert done.stdout.encode() == printed.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    exact = losses_of(execute(tmp_path / "run.py", "--exact"))
    assert exact == list(run.record().figures.losses)
    # One text in two ways, one after the other.
    other = replace(config, documents="lines", steps=14)
    lines = load_dataset(str(text), lambda: None, reading=other.reading)
    forked = run.record().going_on(Segment.begin(9, other, lines))
    goes_on = Run(forked, recorder=Recorder.of(forked))
    assert "\n" not in "".join(goes_on.segments[1].docs)
    while not goes_on.is_finished:
        goes_on.step()
    exact = losses_of(execute(written(goes_on, tmp_path), "--exact"))
    assert exact == list(goes_on.record().figures.losses)


def test_live_changes_and_forks_are_done_again(tmp_path: Path) -> None:
    run = trained(replace(ODD, dataset="dinosaurs", steps=12), 4)
    run.change(learning_rate=0.1)
    run.step()
    run.change(steps=20, decay_steps=0)
    run.step()
    elements = load_dataset("elements", lambda: None)
    config = replace(
        run.config,
        dataset="elements",
        seed=8,
        beta1=0.5,
        steps=15,
        learning_rate=0.3,
        decay_start=6,
    )
    forked = run.record().going_on(Segment.begin(6, config, elements))
    child = Run(forked, recorder=Recorder.of(forked))
    for _ in range(3):
        child.step()
    dinosaurs = load_dataset("dinosaurs", lambda: None)
    back = replace(config, dataset="dinosaurs", seed=7, engine="autograd")
    again = child.record().going_on(Segment.begin(9, back, dinosaurs))
    grandchild = Run(again, recorder=Recorder.of(again))
    grandchild.step()
    assert len(grandchild.record().segments) == 5
    path = written(grandchild, tmp_path)
    assert path.read_text(encoding="utf-8").count("\nTyrannosaurus") <= 1  # one copy
    check_equal(grandchild, path)


def test_a_run_that_was_shortened_keeps_the_steps_it_has_done(tmp_path: Path) -> None:
    run = trained(ODD, 10)
    run.change(steps=5)
    check_equal(run, written(run, tmp_path))


def test_samples_go_on_where_the_stream_stands(tmp_path: Path) -> None:
    run = trained(ODD)
    list(run.script_samples(3, 0.5))
    check_equal(run, written(run, tmp_path))


def test_it_prints_what_the_command_prints(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    run = trained(replace(RunConfig(), dataset="elements", steps=12))
    path = written(run, tmp_path, samples=5, temperature=0.8)
    done = subprocess.run([sys.executable, path], capture_output=True, check=True)
    options = ["--samples", "5", "--temperature", "0.8"]
    main(["train", "--dataset", "elements", "--steps", "12", *options])
    assert done.stdout == capsysbinary.readouterr().out


LETTERS = [
    "Ærøskøbing",
    "naïve café",
    "שלום עולם",
    "مرحبا",
    "👩‍🔬🧪",
    'say """hi"""',
    '"',
    "back\\slash\\",
    "tab\tstop",
    "zero\u200bwidth \u202eoverride\u202c",
    "\ufeffmark",
    "next\u2028line\x85\x0bfeed\x0cend",
    "{braces} %s $x",
    "# The texts: end",
]


@pytest.mark.parametrize("limit", [10**6, 0])
def test_any_letters_come_through(
    limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "MAX_EMBEDDED_BYTES", limit)
    text = tmp_path / 'a "strange"\nname\\.txt'
    text.write_text("\n".join(LETTERS), encoding="utf-8", newline="\n")
    run = trained(replace(ODD, dataset=str(text), steps=16, block_size=12))
    assert set(run.info.docs) == set(LETTERS)
    path = written(run, tmp_path)
    source = path.read_text(encoding="utf-8")
    assert all(c.isprintable() or c == "\n" for c in source)
    assert ("Ærøskøbing" in source) == (limit > 0)
    check_equal(run, path)


def test_a_large_text_lies_beside_it_and_is_checked(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text("".join(f"document {i}\n" for i in range(20_000)), encoding="utf-8")
    run = trained(replace(ODD, dataset=str(big), steps=3))
    path = written(run, tmp_path)
    beside = tmp_path / "run-text.txt"
    assert path.stat().st_size < 20_000
    assert "beside it, in run-text.txt" in path.read_text(encoding="utf-8")
    check_equal(run, path)
    beside.write_bytes(beside.read_bytes()[:-3])
    refused = execute(path)
    assert refused.returncode == 1
    assert (
        refused.stderr
        == f"{beside}: this is not the text that the run has learnt from\n"
    )
    beside.unlink()
    missing = execute(path)
    assert missing.returncode == 1
    assert f"{beside}: the text to learn from is wanted here" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_a_runaway_is_told(tmp_path: Path) -> None:
    wild = replace(ODD, learning_rate=1.0, steps=50, decay_steps=0, beta1=0, beta2=0)
    run = trained(wild, 1)
    path = written(run, tmp_path)
    with pytest.raises(Diverged) as told:
        check_equal(run, path)
    done = execute(path)
    assert done.returncode == 1
    [step] = re.findall(r"diverged at step (\d+)", done.stderr)
    assert f"at step {step}:" in str(told.value)
    assert "Traceback" not in done.stderr


def test_it_says_what_it_claims(tmp_path: Path) -> None:
    exact = " ".join(script_files(trained(ODD, 1).record(), "x").script.split())
    assert "Under CPython every loss and every sample is that run's own" in exact
    assert "on any computer whose C library rounds" in exact
    other = script_files(trained(replace(ODD, engine="numpy"), 1).record(), "x").script
    assert "differ in their last digits" in other


def test_a_number_that_is_none_ends_it_where_the_run_ends(tmp_path: Path) -> None:
    sizes = {"n_layer": 3, "n_embd": 2, "n_head": 2}
    config = replace(ODD, **sizes, learning_rate=0.9, beta1=0, seed=360, steps=200)
    config = replace(config, block_size=16, beta2=0.99, decay_steps=0)
    run = Run(config, recorder=Recorder())
    with pytest.raises(Diverged) as told:
        while True:
            run.step()
    assert told.value.__cause__ is None  # nothing but looking at it tells
    done = execute(written(run, tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"\ntraining diverged at step {told.value.step + 1}\n"
