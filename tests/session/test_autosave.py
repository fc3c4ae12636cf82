"""Runs survive a kill, are offered once, and belong to one window at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.session.autosave import (
    begin,
    claim,
    leftovers,
    recovery_folder,
    set_damaged_aside,
)
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.dismissed import (
    dismiss,
    dismissed,
    sweep_dismissed,
    take_back,
)
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import read_run

if TYPE_CHECKING:
    from microgpt_gui.session.autosave import Autosave, Offer
    from microgpt_gui.session.record import RunRecord

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")

CONFIG = RunConfig(dataset="elements", steps=400, n_embd=8, n_head=2, block_size=6)

#: A window that trains and saves at every step, and says each step that is safe.
WINDOW = """
import sys
from pathlib import Path
from microgpt_gui.session.autosave import begin
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from tests.session.test_autosave import CONFIG

autosave = begin(Path(sys.argv[1]))
run = Run(CONFIG, recorder=Recorder())
print(autosave.path, flush=True)
while not run.is_finished:
    run.step()
    autosave.save(run.record(), "Lost")
    print(run.steps_done, flush=True)
sys.stdin.readline()
"""


class Window:
    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(folder)],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.path = Path(self._said())

    def _said(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline().strip()
        assert line
        return line

    def wait_for(self, step: int) -> None:
        while int(self._said()) < step:
            pass

    def kill(self) -> int:
        """Kill it wherever it stands; return the last step that it called safe."""
        self._process.send_signal(signal.SIGKILL)
        assert self._process.stdout
        # communicate() would pass over what the lines before have left in the buffer.
        said = self._process.stdout.read()
        self._process.communicate()
        return max(map(int, said.split("\n")[:-1]), default=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


def record_of(steps: int) -> RunRecord:
    run = Run(CONFIG, recorder=Recorder())
    for _ in range(steps):
        run.step()
    return run.record()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("steps", [1, 2, 7, 20, 41])
def test_a_killed_window_loses_nothing_that_was_safe(folder: Path, steps: int) -> None:
    window = Window(folder)
    window.wait_for(steps)
    assert leftovers(folder) == ()
    last = max(window.kill(), steps)
    (offer,) = leftovers(folder)
    assert (offer.path, offer.name, offer.steps) == (window.path, "Lost", 400)
    assert last <= offer.step <= last + 1
    assert datetime.now(UTC) - offer.when < timedelta(minutes=1)
    saved = read_run(offer.path)
    assert saved.record.figures == record_of(offer.step).figures
    assert saved.record.state == record_of(offer.step).state


def test_two_windows_at_once_keep_their_own(folder: Path) -> None:
    killed, living = Window(folder), Window(folder)
    killed.wait_for(3)
    living.wait_for(3)
    killed.kill()
    assert [offer.path for offer in leftovers(folder)] == [killed.path]
    living.wait_for(10)
    living.kill()
    newest, oldest = leftovers(folder)
    assert (newest.path, oldest.path) == (living.path, killed.path)


def test_a_leftover_is_offered_until_it_is_dismissed(folder: Path) -> None:
    window = Window(folder)
    window.wait_for(2)
    window.kill()
    for _ in range(2):
        begin(folder).end()
        (offer,) = leftovers(folder)
    dismiss(offer)
    assert leftovers(folder) == ()
    assert names_in(folder) == ["dismissed"]
    dismiss(offer)
    assert claim(offer) is None


def left_behind(folder: Path, steps: int) -> Offer:
    """Keep a run, and leave it as a crash would."""
    autosave = begin(folder)
    assert autosave.save(record_of(steps))
    autosave.let_go()
    return next(offer for offer in leftovers(folder) if offer.step == steps)


def test_what_was_dismissed_can_be_taken_back_for_a_month(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for steps in (2, 3):
        dismiss(left_behind(folder, steps))
    sweep_dismissed(folder)
    newest, oldest = sorted(dismissed(folder), key=lambda o: o.step, reverse=True)
    autosave = take_back(newest, folder)
    assert autosave
    assert read_run(autosave.path).record.steps_done == 3
    assert leftovers(folder) == ()  # this window has it
    assert take_back(newest, folder) is None
    assert dismissed(folder) == (oldest,)
    autosave.let_go()
    assert [offer.step for offer in leftovers(folder)] == [3]
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 86_400)
    sweep_dismissed(folder)
    assert dismissed(folder) == (oldest,)
    monkeypatch.setattr(time, "time", lambda: now + 31 * 86_400)
    sweep_dismissed(folder)
    assert dismissed(folder) == ()


def test_what_cannot_be_read_is_set_aside(folder: Path) -> None:
    whole, damaged = left_behind(folder, 2), left_behind(folder, 3)
    damaged.path.write_bytes(b"\0" * 100)
    aside = Path(f"{damaged.path}.damaged")
    assert set_damaged_aside(folder) == (aside,)
    assert aside.read_bytes() == b"\0" * 100
    assert set_damaged_aside(folder) == ()
    assert leftovers(folder) == (whole,)


def test_a_folder_that_cannot_be_looked_into_holds_nothing(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 300)  # as without permission, but for root too
    assert leftovers(folder) == ()
    assert set_damaged_aside(folder) == ()
    assert dismissed(folder) == ()
    sweep_dismissed(folder)
    with pytest.raises(RunFileError, match="cannot be kept safe here"):
        begin(folder)


def test_half_written_files_do_not_pile_up(folder: Path) -> None:
    offer = left_behind(folder, 2)
    strays = [folder / f".{offer.path.name}.{n}.part" for n in range(3)]
    strays += [folder / f".gone.mgpt.{n}.part" for n in range(3)]
    for stray in strays:
        stray.write_bytes(b"half")
    leftovers(folder)  # a window looks for them when it opens
    assert [path for path in strays if path.exists()] == []
    strays[0].write_bytes(b"half")
    autosave = claim(offer)
    assert autosave
    assert not strays[0].exists()
    strays[0].write_bytes(b"half")
    autosave.end()
    assert names_in(folder) == []


def test_only_one_window_gets_a_leftover(folder: Path) -> None:
    window = Window(folder)
    window.wait_for(2)
    window.kill()
    (offer,) = leftovers(folder)
    got: list[Autosave | None] = []
    together = threading.Barrier(8)

    def take() -> None:
        together.wait()
        leftovers(folder)
        got.append(claim(offer))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (mine,) = [autosave for autosave in got if autosave]
    assert len(got) == 8
    assert leftovers(folder) == ()
    assert read_run(mine.path).record.steps_done >= 2
    mine.end()


def test_a_window_that_took_over_and_crashed_gives_it_back(folder: Path) -> None:
    window = Window(folder)
    window.wait_for(2)
    window.kill()
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from microgpt_gui.session.autosave import claim, leftovers\n"
        "(offer,) = leftovers(Path(sys.argv[1]))\n"
        "assert claim(offer)\n"
        "import os, signal\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert [offer.path for offer in leftovers(folder)] == [window.path]


def test_what_was_taken_over_is_saved_into(folder: Path) -> None:
    window = Window(folder)
    window.wait_for(2)
    window.kill()
    (offer,) = leftovers(folder)
    autosave = claim(offer)
    assert autosave
    assert autosave.save(record_of(50))
    assert read_run(offer.path).record.steps_done == 50
    autosave.end()
    assert names_in(folder) == []


def test_a_window_that_closes_leaves_nothing(folder: Path) -> None:
    autosave = begin(folder)
    record = record_of(3)
    assert autosave.save(record)
    autosave.end()
    autosave.end()
    assert not autosave.save(record)
    assert names_in(folder) == []


def test_an_unchanged_run_is_not_written_again(folder: Path) -> None:
    autosave = begin(folder)
    record = record_of(3)
    assert autosave.save(record)
    assert not autosave.save(record_of(3))
    assert autosave.save(record, "Named")
    assert autosave.save(record_of(4), "Named")
    autosave.discard()
    assert not autosave.path.exists()
    assert autosave.save(record_of(4), "Named")
    autosave.end()


def test_what_is_discarded_does_not_come_back(folder: Path) -> None:
    """A save that is on its way on another thread is broken off."""
    autosave = begin(folder)
    records = [record_of(steps) for steps in range(1, 30)]
    started = threading.Event()

    def save_all() -> None:
        for record in records:
            autosave.save(record)
            started.set()

    thread = threading.Thread(target=save_all)
    thread.start()
    started.wait()
    autosave.end()
    thread.join()
    assert names_in(folder) == []


def test_it_saves_beside_the_training(folder: Path) -> None:
    autosave = begin(folder)
    run = Run(CONFIG, recorder=Recorder())
    records = []
    threads = []
    for _ in range(40):
        run.step()
        record = run.record()
        records.append(record)
        thread = threading.Thread(target=autosave.save, args=(record,))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    saved = read_run(autosave.path).record
    assert saved.figures == records[saved.steps_done - 1].figures
    assert saved.state == records[saved.steps_done - 1].state
    autosave.end()


def test_what_died_half_written_is_swept_away(folder: Path) -> None:
    window = Window(folder)
    window.wait_for(2)
    living = begin(folder)
    mine = folder / f".{living.path.name}.1234.part"
    theirs = folder / f".{window.path.name}.5678.part"
    nobodys = folder / ".9-00000000.mgpt.9abc.part"
    for stray in (mine, theirs, nobodys):
        stray.write_text("half a r")
    window.kill()
    begin(folder).end()
    assert mine.exists()
    assert not theirs.exists()
    assert not nobodys.exists()
    assert len(leftovers(folder)) == 1
    living.end()


def test_what_cannot_be_read_is_not_offered(folder: Path) -> None:
    folder.mkdir()
    (folder / "1-00000000.mgpt").write_text("scribble")
    assert leftovers(folder) == ()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RunFileError, match="cannot be kept safe here"):
        begin(tmp_path / "file" / "recovery")
    assert leftovers(tmp_path / "nowhere") == ()


def test_it_is_kept_where_programs_keep_their_state(own_folders: Path) -> None:
    autosave = begin()
    assert autosave.path.parent == recovery_folder()
    assert recovery_folder() == own_folders / "state" / "microgpt-gui" / "recovery"
    assert recovery_folder().stat().st_mode & 0o777 == 0o700
    autosave.end()
