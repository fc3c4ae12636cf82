"""The wheel works on its own, and a checkout sets itself up."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from microgpt_gui import __version__

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build it as pip does, but with the hatchling that is installed: no network."""
    folder = tmp_path_factory.mktemp("wheel")
    code = (
        "import sys\n"
        "from hatchling.build import build_wheel\n"
        "print(build_wheel(sys.argv[1]))\n"
    )
    built = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / built.stdout.splitlines()[-1]


def test_wheel_holds_the_package_and_its_resources(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {p.relative_to(ROOT).as_posix() for p in ROOT.glob("microgpt_gui/**/*.py")}
    for path in (ROOT / "resources").rglob("*"):
        if path.is_file():
            name = path.relative_to(ROOT / "resources").as_posix()
            wanted.add(f"microgpt_gui/_resources/{name}")
    assert wanted <= inside
    assert not {name for name in inside - wanted if ".dist-info/" not in name}


def test_wheel_has_the_command_and_the_licence(wheel):
    info = f"microgpt_gui-{__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        archive.getinfo(f"{info}/licenses/LICENSE")
    assert "microgpt-gui = microgpt_gui.cli:main" in entry_points


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> dict[str, str]:
    """The environment of a computer that has the wheel alone, and no checkout."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return os.environ | {"PYTHONPATH": str(folder)}


def test_wheel_trains_in_an_empty_folder(installed, tmp_path):
    subprocess.run(
        [
            *(sys.executable, "-m", "microgpt_gui", "train", "--dataset", "elements"),
            *("--steps", "5", "--quiet", "--report", "r.json"),
        ],
        cwd=tmp_path,
        env=installed,
        check=True,
    )
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["num_docs"] == 118
    assert report["version"] == __version__


def test_wheel_shows_its_window_in_an_empty_folder(installed, tmp_path):
    """Fonts, icons and styles are all there."""
    shown = subprocess.run(
        [
            *(sys.executable, "-m", "microgpt_gui", "demo", "--screenshot", "w.png"),
            *("--dataset", "elements", "--steps", "20"),
        ],
        cwd=tmp_path,
        env=installed | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert shown.stderr == ""
    assert shown.returncode == 0
    assert shown.stdout.count(",") == 19  # between twenty names
    assert (tmp_path / "w.png").read_bytes().startswith(b"\x89PNG")


def test_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["project"]["scripts"] == {"microgpt-gui": "microgpt_gui.cli:main"}


def test_the_tests_of_machine_code_are_not_all_left_out():
    """As they are where numba is not installed, which they say in the summary."""
    if sys.version_info >= (3, 16) or platform.machine() == "ARM64":
        pytest.skip("there is no numba for it")
    assert find_spec("numba")
    assert find_spec("llvmlite")


def test_the_setup_script_is_posix():
    if not Path("/bin/sh").exists():
        pytest.skip("there is no POSIX shell here")
    subprocess.run(["/bin/sh", "-n", ROOT / ".ci" / "setup"], check=True)


def test_the_display_decides_what_make_run_does(tmp_path):
    if not sys.platform.startswith("linux"):
        pytest.skip("a display is always there")
    command = [sys.executable, "-m", "microgpt_gui.gui.display"]
    path = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()
        for display, status in (
            ({}, 1),
            ({"DISPLAY": ""}, 1),
            ({"DISPLAY": ":7654"}, 1),
            ({"WAYLAND_DISPLAY": "wayland-1"}, 1),  # of a session that is no more
            ({"WAYLAND_DISPLAY": "wayland-0"}, 0),
        ):
            done = subprocess.run(command, cwd=ROOT, env=path | display, check=False)
            assert done.returncode == status, display


def test_python_that_is_too_old_is_refused(tmp_path):
    """The setup says what it wants before it makes anything."""
    if not Path("/bin/sh").exists():
        pytest.skip("there is no POSIX shell here")
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    folder = tmp_path / "checkout"
    (folder / ".ci").mkdir(parents=True)
    (folder / ".ci" / "setup").write_bytes((ROOT / ".ci" / "setup").read_bytes())
    (folder / "pyproject.toml").touch()
    done = subprocess.run(
        ["/bin/sh", folder / ".ci" / "setup"],
        env=os.environ | {"PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr
    assert not (folder / ".venv").exists()
