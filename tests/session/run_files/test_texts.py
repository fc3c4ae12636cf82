"""Texts go with a run; those that are too large are found again, or missed in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.data.corpus_error import CorpusError
from microgpt_gui.data.pasted import keep_pasted
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.problems import RunFileError, TextMissing
from microgpt_gui.session.run_files.reading import describe, read_run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.session.run_files.conftest import put_together, taken_apart, trained

if TYPE_CHECKING:
    from pathlib import Path

    from microgpt_gui.session.record import RunRecord

#: One line that is 2 MiB would be refused; so many are just too much to be inside.
LARGE = "".join(f"{number:06x}\n" for number in range(300_000))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RunRecord]:
    text = tmp_path_factory.mktemp("large") / "hex.txt"
    text.write_text(LARGE)
    config = RunConfig(dataset=str(text), steps=4, n_embd=2, n_head=1, block_size=2)
    return text, trained(config, 3)


@pytest.fixture
def run_file(large: tuple[Path, RunRecord], tmp_path: Path) -> Path:
    path = tmp_path / "run.mgpt"
    write_run(path, SavedRun(large[1]))
    large[0].write_text(LARGE)
    return path


def test_a_small_text_goes_with_the_run(tmp_path: Path) -> None:
    text = tmp_path / "my.txt"
    text.write_text("one\r\n  two  \n\nthree")
    record = trained(RunConfig(dataset=str(text), steps=4, n_embd=2, n_head=1), 2)
    write_run(tmp_path / "run", SavedRun(record))
    text.unlink()
    assert read_run(tmp_path / "run").record == record


def test_paragraphs_without_the_mark_go_with_the_run(tmp_path: Path) -> None:
    text = tmp_path / "poem.txt"
    text.write_bytes("\ufeffone\r\ntwo\r\n\r\n  three\n\n".encode())
    config = RunConfig(
        dataset=str(text),
        documents="paragraphs",
        leave_out_mark=True,
        steps=4,
        n_embd=2,
        n_head=1,
    )
    record = trained(config, 2)
    write_run(tmp_path / "run", SavedRun(record))
    text.unlink()
    came = read_run(tmp_path / "run").record
    assert came == record
    assert set(came.segments[0].docs) == {"one\ntwo", "three"}
    assert describe(tmp_path / "run").config == config
    # A line break can be written as it is shown.
    run = Run(came)
    assert run.look("one↵two").labels[1:] == tuple("one\ntwo")
    *_, drawn = run.samples(SampleRequest(count=2, prompt="one↵t"))
    assert all(sample.text.startswith("one\nt") for sample in drawn.samples)


def test_a_pasted_text_comes_back_with_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = keep_pasted(b"emma\nava\n\nzoe")
    config = RunConfig(dataset=name, steps=4, n_embd=2, n_head=1)
    record = trained(config, 2)
    write_run(tmp_path / "run", SavedRun(record))
    monkeypatch.setattr("microgpt_gui.data.pasted._texts", {})  # another process
    with pytest.raises(CorpusError, match="pasted into another window"):
        Run(config)
    assert read_run(tmp_path / "run").record == record
    # Now it can be begun anew, and be read in another way.
    assert Run(config).info.segments == record.segments
    paragraphs = Run(replace(config, documents="paragraphs"))
    assert set(paragraphs.info.docs) == {"emma\nava", "zoe"}
    table, metadata, data = taken_apart(tmp_path / "run")
    data[-1] ^= 1
    put_together(tmp_path / "run", table, metadata, bytes(data))
    with pytest.raises(RunFileError, match="another one than it says"):
        read_run(tmp_path / "run")


def test_a_large_text_stays_where_it_is(
    large: tuple[Path, RunRecord], run_file: Path
) -> None:
    assert not describe(run_file).texts[0].is_inside
    assert run_file.stat().st_size < 100_000
    assert read_run(run_file).record == large[1]


def test_a_large_text_is_found_beside_the_run(
    large: tuple[Path, RunRecord], run_file: Path
) -> None:
    large[0].unlink()
    (run_file.parent / "hex.txt").write_text(LARGE)
    record = read_run(run_file).record
    assert record.segments[0].docs == large[1].segments[0].docs
    assert record.state == large[1].state
    write_run(run_file, SavedRun(record))  # which tells where it lies now
    (run_file.parent / "deep").mkdir()
    run_file = run_file.rename(run_file.parent / "deep" / "run.mgpt")
    assert read_run(run_file).record == record


def test_a_large_text_is_found_where_it_is_said_to_be(
    large: tuple[Path, RunRecord], run_file: Path
) -> None:
    large[0].unlink()
    moved = run_file.parent / "moved.txt"
    moved.write_text(LARGE)
    record = read_run(run_file, text=moved).record
    assert record.segments[0].docs == large[1].segments[0].docs
    assert record.segments[0].dataset.source == str(moved)


def test_a_missing_text_is_told(large: tuple[Path, RunRecord], run_file: Path) -> None:
    large[0].write_text("other\n")
    with pytest.raises(TextMissing) as raised:
        read_run(run_file)
    error = raised.value
    dataset = large[1].segments[0].dataset
    assert (error.title, error.source) == ("hex.txt", dataset.source)
    assert error.sha256 == dataset.sha256
    assert f"{dataset.source} is another text now" in str(error)
    assert f"{run_file.parent / 'hex.txt'}: there is no such file" in str(error)
    assert str(error).isprintable()


def test_samples_need_no_text(large: tuple[Path, RunRecord], run_file: Path) -> None:
    *_, wanted = Run(large[1]).samples(SampleRequest(count=5))
    large[0].unlink()
    *_, drawn = Run(read_run(run_file, needs_texts=False).record).samples(
        SampleRequest(count=5)
    )
    assert [s.text for s in drawn.samples] == [s.text for s in wanted.samples]


def test_a_hostile_path_of_a_text_is_not_waited_for(
    large: tuple[Path, RunRecord], tmp_path: Path
) -> None:
    record = large[1]
    segment = record.segments[0]
    for place in ("/dev/zero", "a\0b", "/proc/self/mem", "a\ud800b", str(tmp_path)):
        dataset = replace(segment.dataset, source=place)
        other = replace(record, segments=(replace(segment, dataset=dataset),))
        write_run(tmp_path / "run", SavedRun(other))
        with pytest.raises(RunFileError) as raised:
            read_run(tmp_path / "run")
        assert str(raised.value).isprintable()
