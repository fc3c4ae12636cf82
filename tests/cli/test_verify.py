"""`verify` in a process of its own: what it prints, and its exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from microgpt_gui.session.golden import GOLDENS
from tests.cli.conftest import complaint

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine

ROOT = Path(__file__).parents[2]


def test_quick_look_prints_a_line_for_each_run(microgpt: CommandLine) -> None:
    result = microgpt("verify", "--quick", "--engine", "python")
    lines = result.stdout.decode().splitlines()
    assert (result.returncode, result.stderr) == (0, b"")
    assert [line.split()[:2] for line in lines[:-1]] == [["python", n] for n in GOLDENS]
    assert all("identical: the first 50 of " in line for line in lines[:-1])
    assert lines[-1] == "all 4 runs are as recorded"


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
    *others, spoilt, total = result.stdout.decode().splitlines()
    assert (result.returncode, result.stderr) == (1, b"")
    assert all("identical" in line for line in others)
    assert "elements-short-block  differs from step 12 on" in spoilt
    assert total == "1 of 4 runs are not as recorded"


def test_unknown_engine_is_a_misuse(microgpt: CommandLine) -> None:
    result = microgpt("verify", "--engine", "fortran")
    assert result.returncode == 2
    assert "fortran" in complaint(result)
