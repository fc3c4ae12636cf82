"""`verify` in a process of its own: what it prints, and its exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.session.functions import this_computers_functions
from microgpt_gui.session.golden import GOLDENS
from tests.cli.conftest import complaint
from tests.this_computer import agreement, is_recorded_library

if TYPE_CHECKING:
    import subprocess

    from tests.cli.conftest import CommandLine

ROOT = Path(__file__).parents[2]


def lines_of(result: subprocess.CompletedProcess[bytes]) -> list[str]:
    """Return what was printed, without the words on another C library."""
    lines = result.stdout.decode().splitlines()
    if not is_recorded_library():
        assert lines.pop(0) == this_computers_functions().words
    return lines


def test_quick_look_prints_a_line_for_each_run(microgpt: CommandLine) -> None:
    result = microgpt("verify", "--quick", "--engine", "python")
    *lines, total = lines_of(result)
    assert (result.returncode, result.stderr) == (0, b"")
    assert [line.split()[:2] for line in lines] == [["python", n] for n in GOLDENS]
    for line in lines:
        _, _, verdict = line.split(maxsplit=2)
        assert agreement("python").sub("", verdict).startswith("the first 50 of ")
    assert total == f"all 4 runs are {this_computers_functions().wanted}"


def test_wrong_number_is_found_and_tells_by_the_exit_status(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    """The program as it is installed, but with one loss of one recording spoilt."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "microgpt_gui", site / "microgpt_gui")
    for folder in ("data", "golden"):
        shutil.copytree(ROOT / "resources" / folder, site / "resources" / folder)
    path = site / "resources" / "golden" / "elements-short-block.json"
    recorded = json.loads(path.read_text())
    recorded["losses"][11] += 1e-9
    path.write_text(json.dumps(recorded))

    result = microgpt(
        *("verify", "--quick", "--engine", "python"), env={"PYTHONPATH": str(site)}
    )
    *others, spoilt, total = lines_of(result)
    assert (result.returncode, result.stderr) == (1, b"")
    assert all(agreement("python").search(line) for line in others)
    assert "elements-short-block  differs from step 12 on" in spoilt
    assert total == f"1 of 4 runs are not {this_computers_functions().wanted}"


def test_unknown_engine_is_a_misuse(microgpt: CommandLine) -> None:
    result = microgpt("verify", "--engine", "fortran")
    assert result.returncode == 2
    assert "fortran" in complaint(result)
