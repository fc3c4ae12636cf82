"""Whatever happens while a run is written, what was there before is there still."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from array import array
from dataclasses import replace
from math import inf, nan
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.data.corpus import Corpus
from microgpt_gui.data.documents import Documents
from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.run_files.saved_run import Mark, SavedRun
from microgpt_gui.session.run_files.writing import write_run
from tests.session.run_files.conftest import SMALL, trained

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.session.record import RunRecord

ROOT = Path(__file__).parents[3]


@pytest.fixture
def longer() -> SavedRun:
    return SavedRun(trained(SMALL, 25), "Longer")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refusal(path: Path, saved: SavedRun) -> str:
    with pytest.raises(RunFileError) as raised:
        write_run(path, saved)
    message = str(raised.value)
    assert message.isprintable()
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def failing(number: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_keeps_the_old_file(
    call: str, tiny_file: Path, longer: SavedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tiny_file.read_bytes()
    monkeypatch.setattr(os, call, failing(errno.ENOSPC))
    assert refusal(tiny_file, longer) == "the disk is full"
    assert tiny_file.read_bytes() == before
    assert names_in(tiny_file.parent) == ["tiny.mgpt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits there")
def test_a_file_that_may_not_grow_so_large_keeps_the_old_one(
    tiny_file: Path, longer: SavedRun
) -> None:
    """A limit of the system, met in the middle of the numbers."""
    write_run(tiny_file.with_name("longer.mgpt"), longer)
    before = tiny_file.read_bytes()
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from microgpt_gui.session.run_files.reading import read_run\n"
        "from microgpt_gui.session.run_files.writing import write_run\n"
        "saved = read_run(Path('longer.mgpt'))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    write_run(Path('tiny.mgpt'), saved)\n"
        "except ValueError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tiny_file.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "tiny.mgpt: the disk is full\n"
    assert tiny_file.read_bytes() == before
    assert names_in(tiny_file.parent) == ["longer.mgpt", "tiny.mgpt"]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="all is allowed to root"
)
def test_a_folder_that_is_closed_keeps_the_old_file(
    tiny_file: Path, longer: SavedRun
) -> None:
    before = tiny_file.read_bytes()
    tiny_file.parent.chmod(0o500)
    try:
        assert refusal(tiny_file, longer) == "no permission to write here"
        assert tiny_file.read_bytes() == before
    finally:
        tiny_file.parent.chmod(0o700)


def test_says_why_a_place_is_none(tiny: SavedRun, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "no such folder" in refusal(tmp_path / "none" / "a.mgpt", tiny)
    assert "folder; a file was wanted" in refusal(tmp_path, tiny)
    assert "not a folder" in refusal(tmp_path / "file" / "a.mgpt", tiny)
    assert "device or a pipe" in refusal(Path("/dev/null"), tiny)
    assert Path("/dev/null").is_char_device()


def test_what_is_called_off_leaves_nothing(tiny_file: Path, longer: SavedRun) -> None:
    before = tiny_file.read_bytes()
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 9:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_run(tiny_file, longer, check)
    assert tiny_file.read_bytes() == before
    assert names_in(tiny_file.parent) == ["tiny.mgpt"]


def test_what_could_not_be_read_again_is_not_written(
    tiny: SavedRun, tiny_file: Path
) -> None:
    before = tiny_file.read_bytes()
    record, (segment,) = tiny.record, tiny.record.segments

    def with_number(number: float, part: str, place: int = 3) -> RunRecord:
        numbers = array("d", getattr(record.state, part))
        numbers[place] = number
        return replace(record, state=replace(record.state, **{part: numbers}))

    def with_loss(number: float) -> RunRecord:
        figures = record.figures.first(len(record.figures))
        figures.losses[-1] = number
        return replace(record, figures=figures)

    def with_documents(*docs: str) -> RunRecord:
        dataset = replace(segment.dataset, corpus=Corpus(Documents.of(docs)))
        return replace(record, segments=(replace(segment, dataset=dataset),))

    for strange in (
        SavedRun(record, marks=(Mark(100, "save"),)),
        SavedRun(with_number(nan, "parameters")),
        SavedRun(with_number(inf, "parameters")),
        SavedRun(with_number(inf, "m")),
        SavedRun(with_number(-1.0, "v")),
        SavedRun(with_number(nan, "v")),
        SavedRun(with_loss(nan)),
        SavedRun(with_documents("ab\nba")),
        SavedRun(with_documents("ab", "")),
        SavedRun(with_documents("a" * 10_001)),
        SavedRun(with_documents("abc")),
        SavedRun(replace(record, keyframes=record.keyframes[1:])),
        SavedRun(replace(record, chars="".join(map(chr, range(0x10000, 0x90000))))),
    ):
        assert refusal(tiny_file, strange).startswith("not written: ")
        assert tiny_file.read_bytes() == before
        assert names_in(tiny_file.parent) == ["tiny.mgpt"]
    assert "524,288 different characters" in refusal(tiny_file, strange)


def test_a_link_stays_a_link_and_permissions_stay(
    tiny_file: Path, longer: SavedRun
) -> None:
    link = tiny_file.with_name("link.mgpt")
    link.symlink_to(tiny_file)
    tiny_file.chmod(0o640)
    write_run(link, longer)
    assert link.is_symlink()
    assert read_run(tiny_file).record == longer.record
    assert stat.S_IMODE(tiny_file.stat().st_mode) == 0o640


def test_two_that_write_one_file_leave_one_of_theirs(
    tiny: SavedRun, longer: SavedRun, tmp_path: Path
) -> None:
    path = tmp_path / "run.mgpt"

    def write(saved: SavedRun) -> None:
        for _ in range(10):
            write_run(path, saved)

    threads = [threading.Thread(target=write, args=(s,)) for s in (tiny, longer)]
    for thread in threads:
        thread.start()
    write_run(path, tiny)
    for _ in range(20):
        assert read_run(path).record in (tiny.record, longer.record)
    for thread in threads:
        thread.join()
    assert names_in(tmp_path) == ["run.mgpt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_program_leaves_the_old_file_or_the_new_one(
    tiny: SavedRun, longer: SavedRun, tmp_path: Path
) -> None:
    write_run(tmp_path / "a", tiny)
    write_run(tmp_path / "b", longer)
    write_run(tmp_path / "run.mgpt", tiny)
    code = (
        "from pathlib import Path\n"
        "from microgpt_gui.session.run_files.reading import read_run\n"
        "from microgpt_gui.session.run_files.writing import write_run\n"
        "both = [read_run(Path(name)) for name in 'ab']\n"
        "for number in range(10**9):\n"
        "    write_run(Path('run.mgpt'), both[number % 2])\n"
        "    print(flush=True)\n"
    )
    for number in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout
            for _ in range(1 + 3 * number):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        record = read_run(tmp_path / "run.mgpt").record
        assert record in (tiny.record, longer.record)
