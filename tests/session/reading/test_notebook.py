"""The README's example for notebooks does what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run

ROOT = Path(__file__).parents[3]


def example() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, _, section = readme.partition("## From a notebook\n")
    section, _, _ = section.partition("\n## ")
    lines = section.splitlines()
    return dedent(
        "\n".join(line for line in lines if not line or line.startswith("    "))
    )


def test_the_example_runs_and_its_numbers_are_the_run_s(tmp_path, monkeypatch):
    recorder = Recorder()
    run = Run(RunConfig(dataset="dinosaurs", steps=120), recorder=recorder)
    live = []
    while not run.is_finished:
        live.append(run.moment())
        run.step()
    write_run(tmp_path / "run.mgpt", SavedRun(run.record()), lambda: None)
    monkeypatch.chdir(tmp_path)
    found = {}
    exec(example(), found)
    assert found["moment"] == run.moment()
    assert found["earlier"] == live[100]
    assert sum(found["text"].attention[0][3][4]) == pytest.approx(1)
    assert found["text"].labels[-1] == "a"
    assert found["stages"].layers[0].attention == found["text"].attention[0]
    after = found["stages"].layers[0].after[4]
    assert found["way"].numbers["l0.after"] == (after,)
    assert len(found["batch"].samples) == 5
    assert found["step"].loss == recorder.figures.losses[99]
    assert found["step"].after.parameters == live[100].weights


def test_nothing_of_it_needs_qt_or_numpy(tmp_path):
    recorder = Recorder()
    run = Run(RunConfig(dataset="dinosaurs", steps=120, n_embd=8), recorder=recorder)
    while not run.is_finished:
        run.step()
    write_run(tmp_path / "run.mgpt", SavedRun(run.record()), lambda: None)
    without = (
        "import sys\n"
        "for name in ('numpy', 'PySide6', 'pyqtgraph'):\n"
        "    sys.modules[name] = None\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
    )
    subprocess.run(
        [sys.executable, "-c", without + example()], cwd=tmp_path, check=True
    )
