"""Runs saved in files and opened again, with real threads and real files."""

import shutil

import pytest

from microgpt_gui.gui.files.documents import Document
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.run_files import with_suffix
from microgpt_gui.session.run_files.reading import describe, read_run
from tests.gui.beside import looks_of, shelf_of, timeline_of, workshop_of
from tests.gui.run_files import LONG, SMALL, begin, losses, open_run, save, train


@pytest.fixture
def document(run, qtbot):
    """Of a small untrained run."""
    document = Document(workshop_of(run))
    begin(qtbot, run, SMALL)
    yield document
    document.shut_down()


@pytest.fixture
def saved(run, document, qtbot, tmp_path):
    """The file of a run that is trained to its end."""
    path = tmp_path / "first.mgpt"
    train(qtbot, run)
    save(qtbot, document, path)
    return path


def test_going_on_after_opening_equals_not_having_stopped(
    run, document, qtbot, tmp_path
):
    path = tmp_path / "half"
    train(qtbot, run, steps=10)
    step, trained_s = run.step, shelf_of(run).current_trained_s
    save(qtbot, document, path)
    train(qtbot, run)
    whole = losses(run)
    open_run(qtbot, document, with_suffix(path))
    assert (run.step, run.state) == (step, RunState.PAUSED)
    assert shelf_of(run).current_trained_s == trained_s > 0
    train(qtbot, run)
    assert losses(run) == whole


def test_a_changed_setting_is_a_change(run, document, qtbot, saved):
    run.change(steps=80)
    assert document.is_modified
    run.change(steps=60)
    assert not document.is_modified


def test_training_goes_on_while_it_is_saved(run, document, qtbot, tmp_path):
    begin(qtbot, run, LONG)
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    clicked_at = run.step
    save(qtbot, document, tmp_path / "a.mgpt")
    assert run.state is RunState.TRAINING
    at = run.step
    qtbot.waitUntil(lambda: run.step > at)
    run.pause()
    held = read_run(tmp_path / "a.mgpt").record
    assert held.steps_done >= clicked_at
    assert list(held.figures.losses) == losses(run)[: held.steps_done]
    assert document.is_modified


def damaged(path):
    data = bytearray(path.read_bytes())
    data[-40] ^= 1
    path.write_bytes(data)


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-1000])


def foreign(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))


def gone(path):
    path.unlink()


def folder(path):
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [damaged, cut_short, foreign, gone, folder])
def test_a_bad_file_is_explained_and_replaces_nothing(
    run, document, qtbot, saved, tmp_path, spoil
):
    bad = tmp_path / "bad.mgpt"
    shutil.copy(saved, bad)
    spoil(bad)
    before, info = losses(run), run.info
    with qtbot.waitSignal(document.failed) as failing:
        document.open(bad)
    assert str(bad) in failing.args[0]
    assert (losses(run), run.info) == (before, info)
    assert document.path == saved


def test_a_place_that_cannot_be_written_is_explained(run, document, qtbot, saved):
    run.change(steps=80)
    nowhere = saved.parent / "no such folder" / "a.mgpt"
    with qtbot.waitSignal(document.failed) as failing:
        document.save(nowhere)
    assert str(nowhere) in failing.args[0]
    assert document.path == saved
    assert document.is_modified


def test_a_full_disk_keeps_the_old_file(run, document, qtbot, saved, monkeypatch):
    before = saved.read_bytes()
    run.change(steps=80)

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("microgpt_gui.atomic_file.os.fsync", full)
    with qtbot.waitSignal(document.failed) as failing:
        document.save(saved)
    assert "full" in failing.args[0].lower()
    assert saved.read_bytes() == before
    assert document.is_modified
    assert list(saved.parent.iterdir()) == [saved]


def test_a_file_that_is_deleted_meanwhile_is_written_again(run, document, qtbot, saved):
    saved.unlink()
    save(qtbot, document, saved)
    assert describe(saved).steps_done == 60


def test_saving_twice_at_once_leaves_both_files(run, document, qtbot, tmp_path):
    train(qtbot, run, steps=5)
    for name in ("a", "b", "b", "a"):
        document.save(tmp_path / name)
    qtbot.waitUntil(lambda: not document.is_saving)
    assert {p.name for p in tmp_path.iterdir()} == {"a.mgpt", "b.mgpt"}
    assert not document.is_modified


def test_a_run_that_is_reset_at_once_is_saved_all_the_same(
    run, document, qtbot, tmp_path
):
    begin(qtbot, run, LONG)
    run.train()
    qtbot.waitUntil(lambda: run.step > 30)
    before, at = losses(run), run.step
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "a.mgpt")
        run.new_seed()
    held = read_run(tmp_path / "a.mgpt").record
    assert held.steps_done == at
    assert list(held.figures.losses) == before
    assert held.config.seed == 42
    assert document.path is None  # the window's run is another one
    (kept,) = shelf_of(run).runs
    assert document.unsaved_steps_of(kept) == kept.steps - at


def test_saving_while_it_loads_waits_for_the_run(run, document, qtbot, tmp_path):
    run.start(SMALL)
    save(qtbot, document, tmp_path / "a.mgpt")
    assert describe(tmp_path / "a.mgpt").steps_done == 0
    assert run.state is RunState.READY


def test_without_a_run_there_is_nothing_to_save(run, document, qtbot, tmp_path):
    with qtbot.waitSignal(run.failed):
        run.start(type(SMALL)(dataset=str(tmp_path / "no.txt")))
    with qtbot.waitSignal(document.failed) as failing:
        document.save(tmp_path / "a.mgpt")
    assert "no run" in failing.args[0]
    assert not document.is_saving


def test_opening_while_saving_does_both(run, document, qtbot, saved, tmp_path):
    begin(qtbot, run, LONG)
    run.train()
    qtbot.waitUntil(lambda: run.step > 10)
    with qtbot.waitSignals([document.saved, document.opened]):
        document.save(tmp_path / "b.mgpt")
        document.open(saved)
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert document.path == saved
    assert describe(tmp_path / "b.mgpt").config.steps == LONG.steps


def test_the_newer_wish_counts(run, document, qtbot, saved):
    document.open(saved)
    begin(qtbot, run, LONG)
    assert document.opening is None
    assert (run.step, document.path) == (0, None)


def test_a_run_taken_up_again_has_its_file_again(run, document, qtbot, saved):
    begin(qtbot, run, LONG)
    (kept,) = shelf_of(run).runs
    assert document.unsaved_steps_of(kept) == 0
    with qtbot.waitSignal(run.prepared):
        shelf_of(run).take_up(kept)
    assert (document.path, document.is_modified) == (saved, False)


def test_a_run_replaced_while_it_loads_confuses_no_files(
    run, document, qtbot, saved, tmp_path
):
    other = tmp_path / "other.mgpt"
    shutil.copy(saved, other)
    begin(qtbot, run, LONG)
    (kept,) = shelf_of(run).runs
    document.take_up(read_run(other), other)
    begin(qtbot, run, LONG)  # at once
    assert shelf_of(run).runs == [kept]
    with qtbot.waitSignal(run.prepared):
        shelf_of(run).take_up(kept)
    assert document.path == saved


def test_a_fork_has_no_file_until_it_is_saved(run, document, qtbot, saved, tmp_path):
    with qtbot.waitSignal(looks_of(run).answered):
        timeline_of(run).show(20)
    with qtbot.waitSignal(run.prepared):
        timeline_of(run).fork(run.config)
    assert document.path is None
    assert document.is_modified
    save(qtbot, document, tmp_path / "fork.mgpt")
    marks = [(m.step, m.kind) for m in describe(tmp_path / "fork.mgpt").marks]
    assert marks == [(20, "fork"), (20, "save")]
    assert describe(saved).steps_done == 60


def test_names_come_along(run, document, qtbot, tmp_path):
    train(qtbot, run, steps=3)
    shelf_of(run).rename_current("the good one")
    save(qtbot, document, tmp_path / "a.mgpt")
    begin(qtbot, run, SMALL)
    open_run(qtbot, document, tmp_path / "a.mgpt")
    assert shelf_of(run).current_name == "the good one"
