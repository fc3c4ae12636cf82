"""Pipes that close, disks that fill, terminals that are watched, and Ctrl+C."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.cli import interrupt
from tests.cli.conftest import SMALL, command, complaint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import CommandLine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")

LONG = (*SMALL[:-1], "1000000")


@pytest.fixture(autouse=True)
def interrupts_are_heard() -> Iterator[None]:
    """Also by the children of tests in a shell's background, which are made deaf."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: the person's and the program's."""
    person, program = os.openpty()
    yield person, program
    for end in (person, program):
        os.close(end)


def read_until(end: int, wanted: bytes, deadline_s: float = 60) -> bytes:
    """Return what comes from ``end`` until ``wanted`` is there."""
    text = b""
    stop_s = time.monotonic() + deadline_s
    while wanted not in text:
        left_s = stop_s - time.monotonic()
        assert select.select([end], [], [], max(left_s, 0))[0], text
        text += os.read(end, 65_536)
    return text


def test_output_comes_while_it_trains():
    """Also into a pipe, where Python alone would hold back 8,192 bytes."""
    with subprocess.Popen(command("train", *LONG), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        text = read_until(process.stdout.fileno(), b"step    2")
        process.kill()
    assert text.startswith(b"num docs: 118\nvocab size: 25\n")


def test_reader_that_leaves_ends_it_quietly():
    with subprocess.Popen(
        command("train", *LONG), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == b"num docs: 118\n"
        process.stdout.close()
        assert process.wait(60) == 128 + signal.SIGPIPE
        assert process.stderr.read() == b""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_full_disk_for_the_output(microgpt: CommandLine):
    with open("/dev/full", "wb") as full:
        result = microgpt("train", *SMALL, stdout=full)
    assert complaint(result).startswith("standard output cannot be written: ")
    assert result.returncode == 1


def test_closed_output_does_not_stop_the_report(microgpt: CommandLine, tmp_path):
    result = microgpt(
        *("train", *SMALL, "--report", "r.json"), preexec_fn=lambda: os.close(1)
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert (tmp_path / "r.json").exists()


#: A command that is interrupted again while it says that it was interrupted.
TWICE = """
import io, os, signal, sys
from microgpt_gui.cli import main
class Pressed(io.TextIOWrapper):
    def write(self, text):
        os.kill(os.getpid(), signal.SIGINT)
        return super().write(text)
sys.stderr = Pressed(sys.stderr.buffer)
sys.exit(main())
"""


def test_interrupt_ends_with_one_line_however_often_it_comes():
    with subprocess.Popen(
        [sys.executable, "-c", TWICE, "train", *LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        read_until(process.stdout.fileno(), b"step    1")
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert said == b"microgpt-gui: interrupted\n"
    assert process.returncode == 130


def test_keys_pressed_twice_in_haste_ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or what --save would write were lost."""
    with interrupt.patient_end() as asked:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        assert isinstance(asked(), KeyboardInterrupt)
        monkeypatch.setattr(interrupt, "_AT_ONCE_S", -1.0)
        with pytest.raises(KeyboardInterrupt):  # who still waits may insist
            signal.raise_signal(signal.SIGINT)


def test_interrupt_on_a_terminal_leaves_the_last_line_alone(terminal):
    person, program = terminal
    with subprocess.Popen(
        command("train", *LONG), stdout=program, stderr=program
    ) as process:
        text = read_until(person, b"step    1")
        process.send_signal(signal.SIGINT)
        text += read_until(person, b"interrupted\r\n")
        assert process.wait(60) == 130
    # The carriage return of the last step, then a new line for the message.
    assert text.endswith(b"\r\r\nmicrogpt-gui: interrupted\r\n")


@pytest.mark.parametrize("options", [(), ("--quiet",)], ids=["redirected", "quiet"])
def test_bar_shows_on_a_terminal_that_shows_no_steps(options, terminal):
    person, program = terminal
    result = subprocess.run(
        command("train", *SMALL, *options),
        stdout=subprocess.PIPE,
        stderr=program,
        check=True,
    )
    text = read_until(person, b"\n").decode()
    assert "100%" in text
    assert "12 / 12 steps" in text
    assert text.endswith("\r\n")
    assert bool(result.stdout) == (not options)
    assert "100%" not in result.stdout.decode()


def test_bar_keeps_away_from_a_terminal_that_shows_steps(terminal):
    person, program = terminal
    subprocess.run(command("train", *SMALL), stdout=program, stderr=program, check=True)
    text = read_until(person, b"sample 20")
    assert b"step   12" in text
    assert b"%" not in text


def test_a_large_text_is_loaded_in_sight(
    terminal: tuple[int, int], tmp_path: Path
) -> None:
    person, program = terminal
    large = tmp_path / "large.txt"
    block = "\n".join(f"line{number}" for number in range(20_000)) + "\n"
    large.write_text(block * 150)
    arguments = ("train", "--dataset", large, "--steps", "1", "--samples", "1")
    with subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=program
    ) as process:
        text = read_until(person, b"left").decode()
        assert process.stdout is not None
        output = process.stdout.read()
    assert "━" in text and "loading the text" in text
    assert output.startswith(b"num docs: 3000000\n")
