"""Files of the first format still open; `tests/format1` holds some.

The newer format has settings that those do not name, and the time of training.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import describe, read_run
from microgpt_gui.session.run_files.saved_run import Mark, SavedRun
from microgpt_gui.session.run_files.writing import write_run
from tests.session.run_files.conftest import put_together, taken_apart

FORMAT1 = Path(__file__).parents[2] / "format1"


def test_a_run_of_the_first_format_goes_on(tmp_path: Path) -> None:
    saved = read_run(FORMAT1 / "words.mgpt")
    record = saved.record
    assert (saved.name, saved.version, saved.trained_s) == ("Words", "0.1.0", None)
    assert saved.marks == (Mark(0, "start"), Mark(5, "save", "here"))
    assert record.segments[0].dataset.corpus.docs[:] == ("\ufeffemma", "olivia", "Zoë")
    assert (record.config.documents, record.config.leave_out_mark) == ("lines", False)
    text = tmp_path / "words.txt"
    text.write_bytes("\ufeffemma\r\nolivia\r\n\r\nZoë\r\n".encode())
    run = Run(record, recorder=Recorder.of(record))
    anew = Run(replace(record.config, dataset=str(text)))
    while not run.is_finished:
        run.step()
    losses = [anew.step() for _ in range(run.steps_done)]
    assert run.record().figures.losses.tolist() == losses
    # What it becomes when it is saved again is the newer format's.
    write_run(tmp_path / "again.mgpt", SavedRun(record, trained_s=12.5))
    assert taken_apart(tmp_path / "again.mgpt")[1]["format_version"] == "2"
    assert read_run(tmp_path / "again.mgpt").record == record
    assert describe(tmp_path / "again.mgpt").trained_s == 12.5


def test_a_fork_of_the_first_format_opens() -> None:
    saved = read_run(FORMAT1 / "fork.mgpt")
    first, last = saved.record.segments
    assert (first.start, last.start) == (0, 4)
    assert last.config == replace(
        first.config, learning_rate=0.02, seed=8, steps=9, engine="python"
    )
    assert saved.record.steps_done == 9
    assert len(saved.record.keyframes) == 2
    assert describe(FORMAT1 / "fork.mgpt").trained_s is None


@pytest.mark.parametrize("trained_s", ["-1.0", "nan", "inf", "1e300", "soon"])
def test_a_time_that_cannot_be_is_refused(tiny_file: Path, trained_s: str) -> None:
    table, metadata, data = taken_apart(tiny_file)
    put_together(tiny_file, table, metadata | {"trained_s": trained_s}, bytes(data))
    with pytest.raises(RunFileError, match=r"cannot be"):
        read_run(tiny_file)


def test_settings_that_a_later_format_has_are_checked(tiny_file: Path) -> None:
    table, metadata, data = taken_apart(tiny_file)
    segments = metadata["segments"]
    for wrong in ('"documents":"verses"', '"documents":7', '"leave_out_mark":0'):
        key = wrong.partition(":")[0]
        right = '"documents":"lines"' if "doc" in key else '"leave_out_mark":false'
        assert right in segments
        other = metadata | {"segments": segments.replace(right, wrong)}
        put_together(tiny_file, table, other, bytes(data))
        with pytest.raises(RunFileError, match=r"its setting"):
            read_run(tiny_file)
    assert RunConfig().documents == "lines"
