"""The command line in a process of its own, as people run it."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

#: Few and small enough that a run takes a fraction of a second.
SMALL = ("--dataset", "elements", "--n-embd", "8", "--n-head", "2", "--steps", "12")


class CommandLine(Protocol):
    def __call__(
        self, *arguments: object, **options: Any
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture(autouse=True)
def own_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the package beside these tests from any folder, installed or not."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@pytest.fixture(autouse=True)
def no_other_interpreter() -> None:
    """End what engines in Python have left for the next: a fork may not inherit it.

    What is called between fork and exec (``preexec_fn``) would crash the child. The
    program itself does not fork.
    """
    if sys.version_info >= (3, 14):
        from concurrent import interpreters

        from microgpt_gui.engine.isolated import interpreter

        if len(interpreters.list_all()) > 1:
            gc.collect()
        while interpreter._spares:
            interpreter._spares.pop().close()


@pytest.fixture
def microgpt(tmp_path: Path) -> CommandLine:
    """Run `python -m microgpt_gui` in an empty folder; gives bytes and exit status."""

    def run(
        *arguments: object, env: dict[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        if "stdout" not in options:
            options["stdout"] = subprocess.PIPE
        options.setdefault("timeout", 100)
        return subprocess.run(
            command(*arguments),
            cwd=tmp_path,
            env=os.environ | (env or {}),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
            **options,
        )

    return run


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "microgpt_gui", *map(str, arguments)]


def complaint(result: subprocess.CompletedProcess[bytes]) -> str:
    """Return the one line on standard error that says what is wrong."""
    text = result.stderr.decode()
    assert text.startswith("microgpt-gui: error: "), text
    assert text.endswith("\n"), text
    assert text.count("\n") == 1, text
    return text.removeprefix("microgpt-gui: error: ").rstrip("\n")
