"""`train --engine compiled` where the machine code is still to come, or never does."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from microgpt_gui.session.file_lock import release, taken
from tests.cli.conftest import SMALL, command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

LONG = ("train", *SMALL[:-1], "5000", "--engine", "compiled")


def test_a_run_goes_over_to_machine_code_that_another_program_has_made(
    kept_code: Path, microgpt: CommandLine, tmp_path: Path
) -> None:
    whole = microgpt(*LONG)
    assert not whole.stderr
    compiled = kept_code.read_bytes()
    kept_code.unlink()
    lock = taken(kept_code.with_suffix(".lock"))  # as the other program holds it
    assert lock is not None
    with open(tmp_path / "out", "wb") as out:
        run = subprocess.Popen(command(*LONG), stdout=out, stderr=subprocess.PIPE)
    assert run.stderr is not None
    line = run.stderr.readline()
    assert line.startswith(b"microgpt-gui: compiling for this processor")
    kept_code.write_bytes(compiled)
    release(lock, removes_file=True)
    _, rest = run.communicate()
    assert rest.startswith(b"microgpt-gui: compiled since step ")
    assert rest.count(b"\n") == 1
    assert run.returncode == 0
    assert (tmp_path / "out").read_bytes() == whole.stdout


def test_a_loader_that_is_broken_is_quoted_and_python_trains(
    needs_numba: None, microgpt: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "llvmlite.py").write_text("raise RuntimeError('not this LLVM')")
    paths = [str(tmp_path), os.environ["PYTHONPATH"]]
    broken = microgpt(
        *("train", *SMALL, "--engine", "compiled"),
        env={"PYTHONPATH": os.pathsep.join(paths)},
    )
    assert broken.returncode == 0
    assert broken.stderr.startswith(
        b"microgpt-gui: numba could not compile (not this LLVM): Python goes on"
    )
    assert broken.stderr.count(b"\n") == 1


def test_without_numba_python_trains_and_one_line_says_what_to_do(
    without_numba: Path, microgpt: CommandLine
) -> None:
    usual = microgpt("train", *SMALL)
    paths = [os.environ["PYTHONPATH"], str(without_numba)]
    bare = subprocess.run(
        [sys.executable, "-S", *command("train", *SMALL, "--engine", "compiled")[1:]],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
    )
    assert bare.stdout == usual.stdout
    assert bare.stderr == (
        b"microgpt-gui: numba is not installed: Python goes on with the same numbers; "
        b"for speed: pip install 'microgpt-gui[fast]'\n"
    )
