"""`bench` in a process of its own: shape and sanity of its figures, never times."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.gui.panels import PANELS
from tests.cli.conftest import complaint

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

WHEN = ("rest", "training")

SMALL = ("--dataset", "elements", "--n-embd", "8", "--n-head", "2")


@pytest.fixture
def figures_of(microgpt: CommandLine) -> Any:
    """Run `bench` and return the JSON of its standard output."""

    def run(*arguments: object) -> dict[str, Any]:
        result = microgpt("bench", *arguments, "--json", "-")
        assert (result.returncode, result.stderr) == (0, b"")
        figures: dict[str, Any] = json.loads(result.stdout)
        return figures

    return run


@pytest.mark.usefixtures("kept_code")
def test_engines_are_shown_as_a_table_and_as_json(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    quick = ("--rounds", 1, "--seconds", 0.1, "--markdown")
    text = tmp_path / "mine.txt"
    text.write_text("Lena\nTom\n")
    own = (*SMALL, "--dataset", text)
    result = microgpt("bench", *quick, *own, "--json", "bench.json")
    assert (result.returncode, result.stderr) == (0, b"")
    figures = json.loads((tmp_path / "bench.json").read_text())
    engines = ["script", *ENGINES]
    assert [entry["engine"] for entry in figures["engines"]] == engines
    assert figures["machine"]["cpu"]
    assert figures["settings"]["dataset"] == "mine.txt"  # and no folder
    lines = result.stdout.decode().splitlines()
    assert figures["machine"]["cpu"] in lines[0]
    heading, rule, *rows = [line.split("|")[1:-1] for line in lines[2:] if "|" in line]
    assert [cell.strip() for cell in heading[:2]] == ["engine", "steps/s"]
    assert {cell.strip("-:") for cell in rule} == {""}
    assert [row[0].strip() for row in rows] == engines
    assert {len(row) for row in rows} == {len(heading)}


def test_start_is_timed_from_the_command(figures_of: Any) -> None:
    figures = figures_of("--start", "--rounds", 1)
    start_ms = figures["start_ms"]
    assert 0 < start_ms["low"] <= start_ms["median"] <= start_ms["high"]
    assert 0 < figures["imports_share"] < 1
    packages = [cost["package"] for cost in figures["imports"]]
    assert {"PySide6", "pyqtgraph", "microgpt_gui"} <= set(packages)
    assert len(packages) <= 10
    costs = [cost["ms"] for cost in figures["imports"]]
    assert costs == sorted(costs, reverse=True)


def test_window_is_measured_while_it_trains(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    text = tmp_path / "alike.txt"  # its documents are equally long, so steps are, too
    text.write_text("emma\nanna\nleni\nkian\n")
    arguments = ("--window", "--engine", "python", "--seconds", 1, "--dataset", text)
    result = microgpt("bench", *arguments, "--json", "window.json")
    assert (result.returncode, result.stderr) == (0, b"")
    [window] = json.loads((tmp_path / "window.json").read_text())["engines"]
    assert window["engine"] == "python"
    assert window["at_rest"]["count"] > 50
    lateness = window["lateness"]
    assert 0 <= lateness["p50"] <= lateness["p95"] <= lateness["p99"] <= lateness["max"]
    assert lateness["p99"] <= lateness["p999"] <= lateness["max"]
    assert lateness["count"] > 10
    beyond = lateness["p99"] - window["at_rest"]["p99"]
    assert window["beyond_rest_ms"]["median"] == pytest.approx(beyond)
    assert window["peak_bytes"] is None or window["peak_bytes"] > 50 * 2**20
    assert window["key"]["count"] >= 2
    assert window["look"]["count"] >= 2
    assert window["click"]["count"] >= 1
    assert window["slide"]["count"] >= 1
    assert 0 < window["watched"]["median"] < 0.1
    assert 0 <= window["drawn"]["median"] < 0.5
    assert window["frames_per_s"]["median"] > 1
    assert window["gui_cpu_ms"]["median"] > 0
    assert window["gil_releases"] is None or window["gil_releases"] > 1
    before_and_after = window["headless_steps_per_s"]
    headless = (before_and_after["low"] + before_and_after["high"]) / 2
    share = window["share"]["median"]
    assert share == pytest.approx(window["steps_per_s"]["median"] / headless)
    assert 0.01 < share < 100  # however busy the machine was at times
    lines = result.stdout.decode().splitlines()
    assert lines[2].split() == ["python"]
    assert any(line.startswith("training: timer late") for line in lines)
    for title in ("letter to its picture", "letter clicked", "temperature to"):
        assert any(line.startswith(title) for line in lines)
    assert any(line.startswith("share") and line.endswith("%") for line in lines)


@pytest.mark.long  # four times the window is styled anew, at rest and training
def test_other_themes_and_sizes_are_timed(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    arguments = ("--restyle", "--engine", "python", "--runs", 1)
    result = microgpt("bench", *arguments, "--json", "restyle.json")
    assert (result.returncode, result.stderr) == (0, b"")
    [figures] = json.loads((tmp_path / "restyle.json").read_text())["engines"]
    assert figures.pop("engine") == "python"
    names = {f"{what}_{when}_ms" for what in ("theme", "zoom") for when in WHEN}
    assert set(figures) == names
    assert all(0 < each["low"] <= each["median"] for each in figures.values())
    assert result.stdout.decode().splitlines()[3].startswith("python")


@pytest.mark.long  # it compiles
@pytest.mark.usefixtures("needs_numba")
def test_the_window_is_watched_while_machine_code_takes_over(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    result = microgpt("bench", "--takeover", "--json", "takeover.json", timeout=600)
    assert (result.returncode, result.stderr) == (0, b"")
    found = json.loads((tmp_path / "takeover.json").read_text())
    assert found["after_s"]["median"] > 1
    assert found["before"]["count"] > 50
    assert found["longest_ms"]["median"] > 0
    assert found["after"]["count"] > 10
    assert "it took over after" in " ".join(result.stdout.decode().split())


@pytest.mark.long  # it comes to every view in turn
def test_every_view_is_measured_while_it_trains(
    microgpt: CommandLine, tmp_path: Path
) -> None:
    arguments = ("--views", "--engine", "numpy", "--seconds", 0.4)
    result = microgpt("bench", *arguments, "--json", "views.json")
    assert (result.returncode, result.stderr) == (0, b"")
    views = json.loads((tmp_path / "views.json").read_text())["views"]["numpy"]
    titles = [panel.title for panel in PANELS]
    assert [view["title"] for view in views] == titles
    for view in views:
        assert 0 <= view["watched"] < 0.5
        assert view["gui"] > 0
        assert view["lateness"]["count"] > 2
    lines = result.stdout.decode().splitlines()
    assert all(any(line.startswith(title) for line in lines) for title in titles)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rounds", "0"), "rounds must be from 1 to 1000, not 0"),
        (("--seconds", "x"), "a number was wanted, not 'x'"),
        (("--scale", "--window"), "not allowed with argument"),
        (("--engine", "fortran"), "fortran"),
        (("--engine", "script", "--scale"), "script is timed only beside the engines"),
        (("--n-head", "3"), "n_head"),
    ],
)
def test_misuse_is_told(
    microgpt: CommandLine, arguments: tuple[str, ...], said: str
) -> None:
    result = microgpt("bench", *arguments)
    assert result.returncode == 2
    assert said in complaint(result)


@pytest.mark.parametrize("what", [(), ("--scale",), ("--window",)])
def test_missing_text_is_told_before_anything_is_measured(
    microgpt: CommandLine, what: tuple[str, ...]
) -> None:
    result = microgpt("bench", *what, "--dataset", "none.txt")
    assert result.returncode == 1
    assert "none.txt: there is no such file" in complaint(result)


def test_place_for_the_figures_is_tried_first(microgpt: CommandLine) -> None:
    result = microgpt("bench", "--rounds", 1000, "--json", "nowhere/bench.json")
    assert result.returncode == 1
    assert "there is no such folder" in complaint(result)
