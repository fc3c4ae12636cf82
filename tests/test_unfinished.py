"""What a program that is killed leaves half-written, and who clears it away."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from microgpt_gui.session.autosave import unfinished_folder
from microgpt_gui.unfinished import sweep

#: Begins to write a file and a folder, says so, and waits to be killed.
WRITER = """
import sys, time
from pathlib import Path
from microgpt_gui.atomic_file import replacing
from microgpt_gui.gui.jobs.new_folder import new_folder
from microgpt_gui.unfinished import note_in

notes, where = map(Path, sys.argv[1:])
note_in(notes)
with replacing(where / "run.mgpt") as file, new_folder(where / "film") as folder:
    file.write(b"half")
    (folder.path / "001.png").write_bytes(b"half")
    print("begun", flush=True)
    time.sleep(600)
"""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX")


class Writer:
    """A program in the middle of its writing."""

    def __init__(self, notes, where):
        command = [sys.executable, "-c", WRITER, str(notes), str(where)]
        self.program = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self.program.stdout.readline() == b"begun\n"

    def kill(self):
        with self.program:
            self.program.kill()


@pytest.fixture
def places(tmp_path):
    notes, where = tmp_path / "notes", tmp_path / "wörter\nund Bilder"
    where.mkdir()
    return notes, where


def test_what_was_killed_is_cleared_away_and_nothing_else(places):
    notes, where = places
    (where / "mine.part").write_text("of the person")
    (where / "run.mgpt").write_text("whole")
    dead, living = Writer(*places), Writer(*places)
    try:
        dead.kill()
        assert len(list(where.iterdir())) == 6
        (notes / "no number").write_text(str(where / "mine.part"))
        (notes / "0-forged").write_text(str(where / "mine.part"))
        sweep(notes)
        assert len(list(where.iterdir())) == 4  # those of the living are in use
        assert (where / "run.mgpt").read_text() == "whole"
        assert len([n for n in notes.iterdir() if n.name[0] in "123456789"]) == 2
    finally:
        living.kill()
    sweep(notes)
    assert {path.name for path in where.iterdir()} == {"mine.part", "run.mgpt"}
    assert {note.name for note in notes.iterdir()} == {"no number", "0-forged"}


def test_the_next_window_clears_it_away(places, playground, qtbot):
    _, where = places
    Writer(unfinished_folder(), where).kill()
    assert len(list(where.iterdir())) == 2
    playground.window.recovery.look()
    qtbot.waitUntil(lambda: not list(where.iterdir()))
    assert not list(Path(unfinished_folder()).iterdir())
