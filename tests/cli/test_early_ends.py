"""Training that does not come to its last step, and what is kept of it."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from microgpt_gui.engine.graph_size import available_bytes, graph_nodes
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run_files.reading import read_run
from tests.cli.conftest import SMALL, command, complaint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

#: After some steps their loss is NaN, which nothing but looking at it tells.
WILD = ("--dataset", "dinosaurs", "--learning-rate", "0.2")

ENDLESS = (*SMALL[:-1], "1000000", "--save", "run.mgpt")


def strictly_read(path: Path) -> Any:
    """Read JSON as its standard has it: without NaN and infinities."""

    def refuse(name: str) -> NoReturn:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(path.read_text(), parse_constant=refuse)


@pytest.mark.parametrize("engine", ["python", "numpy"])
def test_a_run_that_diverges_is_left_as_it_last_was(
    engine: str, microgpt: CommandLine, tmp_path: Path
) -> None:
    options = (*WILD, "--engine", engine)
    bare = microgpt("train", *options)
    line = complaint(bare)
    step, _ = line.removeprefix("training diverged at step ").split(": its numbers ")
    last = int(step) - 1
    assert bare.returncode == 1
    *_, shown, end = bare.stdout.decode().split("\r")
    assert shown.startswith(f"step {last:4d} / 1000 | loss ")
    assert end == ""

    result = microgpt("train", *options, "--save", "r.mgpt", "--report", "r.json")
    assert complaint(result) == f"{line}; r.mgpt has the run up to step {last}"
    assert (result.returncode, result.stdout) == (1, bare.stdout)
    report = strictly_read(tmp_path / "r.json")
    assert len(report["losses"]) == last
    assert all(map(math.isfinite, report["losses"]))
    assert report["samples"] == []
    record = read_run(tmp_path / "r.mgpt").record
    assert record.steps_done == last
    assert record.figures.losses.tolist() == report["losses"]

    # Going on leads to the same wall, and the file stays as good as it was.
    again = microgpt(
        *("train", "--resume", "r.mgpt", "--save", "r.mgpt", "--report", "s.json"),
        "--quiet",
    )
    assert complaint(again) == complaint(result)
    assert (again.returncode, again.stdout) == (1, b"")
    assert read_run(tmp_path / "r.mgpt").record.state == record.state
    other = strictly_read(tmp_path / "s.json")
    assert other["final_params_sha256"] == report["final_params_sha256"]
    assert other["losses"] == report["losses"]
    drawn = microgpt("sample", "r.mgpt", "--count", "3")
    assert drawn.returncode == 0
    assert drawn.stdout.count(b"\n") == 3


def start(tmp_path: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("train", *ENDLESS, *arguments),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def wait_for_step(stream: Any, number: int) -> None:
    text = b""
    while b"step %4d" % number not in text:
        text += os.read(stream.fileno(), 65_536)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(
    ("name", "status"),
    [("SIGTERM", 143), ("SIGHUP", 129), ("SIGPIPE", 141)],
)
def test_steps_done_are_saved_when_the_system_ends_it(
    name: str, status: int, tmp_path: Path
) -> None:
    with start(tmp_path) as process:
        assert process.stdout is not None
        wait_for_step(process.stdout, 3)
        if name == "SIGPIPE":
            process.stdout.close()
        else:  # a shell passes on what the terminal has said already
            process.send_signal(getattr(signal, name))
            process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=60)
    assert process.returncode == status
    first, *rest = said.decode().splitlines()
    done = int(first.removeprefix("microgpt-gui: stopped after step ").split(";")[0])
    assert rest == ([] if name == "SIGPIPE" else [f"microgpt-gui: ended by {name}"])
    assert read_run(tmp_path / "run.mgpt").record.steps_done == done >= 3


#: Makes its standard input the terminal that it belongs to, and becomes a command.
IN_FRONT = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
def test_steps_done_are_saved_when_the_terminal_is_closed(tmp_path: Path) -> None:
    terminal, end = os.openpty()
    train = command("train", *ENDLESS)
    with subprocess.Popen(
        [sys.executable, "-c", IN_FRONT, *train],
        cwd=tmp_path,
        start_new_session=True,
        **dict.fromkeys(("stdin", "stdout", "stderr"), end),
    ) as process:
        os.close(end)
        text = b""
        while b"step    3" not in text:
            text += os.read(terminal, 65_536)
        os.close(terminal)
    assert process.returncode == 129
    assert read_run(tmp_path / "run.mgpt").record.steps_done >= 3


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_what_was_started_with_nohup_does_not_hear_of_the_terminal(
    tmp_path: Path,
) -> None:
    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with start(tmp_path, preexec_fn=ignore) as process:
        assert process.stdout is not None
        wait_for_step(process.stdout, 1)
        process.send_signal(signal.SIGHUP)
        wait_for_step(process.stdout, 50)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 143


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_run_that_cannot_be_saved_is_sampled_and_reported_all_the_same(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    import resource

    def limit() -> None:  # it fails as a full disk does, where a report still fits
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    outputs = ("--save", "run.mgpt", "--report", "r.json")
    result = microgpt("train", *SMALL, *outputs, preexec_fn=limit)
    assert complaint(result) == "run.mgpt: the disk is full"
    assert result.returncode == 1
    assert result.stdout.count(b"sample ") == 20
    assert len(strictly_read(tmp_path / "r.json")["samples"]) == 20
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]
    result = microgpt("train", *WILD, *outputs, preexec_fn=limit)
    assert complaint(result).endswith("keeps them in it; run.mgpt: the disk is full")
    assert 0 < len(strictly_read(tmp_path / "r.json")["losses"]) < 1000


def test_a_graph_that_does_not_fit_is_told_in_a_line(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "long.txt").write_text("ab" * 128)
    config = RunConfig(n_layer=8, n_embd=64, block_size=256)
    needed = 112 * graph_nodes(config.model(3), 256)
    available = available_bytes()
    if available is None or available > needed:
        pytest.skip("it fits")
    result = microgpt(
        *("train", "--dataset", "long.txt", "--engine", "autograd", "--quiet"),
        *("--n-layer", "8", "--n-embd", "64", "--block-size", "256"),
    )
    assert result.returncode == 1
    assert complaint(result).startswith("one step of the autograd engine would make ")


def test_steps_that_take_minutes_are_told_before_the_first(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("ab" * 128)
    with subprocess.Popen(
        command(
            *("train", "--dataset", "long.txt", "--block-size", "256"),
            *("--n-layer", "8", "--n-embd", "128", "--n-head", "8"),
        ),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        wanted = (
            b"microgpt-gui: Slow: each step may take about 1 min, 1,000 steps about "
        )
        assert any(line.startswith(wanted) for line in process.stderr)
        process.kill()
