"""A text of more than a million lines: loaded in sight, given up, gone on with."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from microgpt_gui.app import Opening
from microgpt_gui.gui.panels.run_settings import RunPanel
from microgpt_gui.gui.run.controller import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.reading.questions import TextQuestion
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from tests.gui.beside import comparison_of, looks_of, shelf_of, timeline_of, workshop_of
from tests.gui.run_panel_reading import chosen, press, words


@pytest.fixture
def large(tmp_path):
    """A file of 1.4 million lines, of which no two in a row are alike."""
    path = tmp_path / "large.txt"
    letters = "abcdefghijklmnopqrstuvwxyz" * 1000
    block = "\n".join(letters[i : i + 5 + i % 7] for i in range(0, 21_000, 3)) + "\n"
    # Of each test another: what one has left would be read already.
    own = "".join(filter(str.isalpha, tmp_path.name))
    path.write_text(f"{own}\n" + block * 200)
    return path


class Turns(QTimer):
    """Counts the calls on the window's thread between two turns of its event loop.

    Calls and not seconds: how many there are is no matter of how busy the machine is,
    or how quick its Python.
    """

    def __init__(self):
        super().__init__(interval=10)
        self.most = self._calls = 0
        self.timeout.connect(self._note)
        self.start()
        sys.setprofile(self._count)  # of this thread alone

    def end(self):
        sys.setprofile(None)
        self.stop()
        self._note()

    def _count(self, _frame, event, _argument):
        if event in ("call", "c_call"):
            self._calls += 1

    def _note(self):
        self.most = max(self.most, self._calls)
        self._calls = 0


def train_to(run, qtbot, steps):
    run.train()
    qtbot.waitUntil(lambda: run.step >= steps)
    run.pause()


def weights_of(run, qtbot):
    with qtbot.waitSignal(run.recorded) as answer:
        run.request_record()
    return answer.args[0].state.parameters


def test_a_large_text_is_loaded_in_sight_and_can_be_given_up(playground, large, qtbot):
    run, progress = playground.run, playground.window.topbar.progress
    (panel,) = (p for p in playground.window.docks.panels if isinstance(p, RunPanel))
    train_to(run, qtbot, 60)
    before, height = run.info, playground.window.topbar.height()
    panel.open_text_file(str(large))
    qtbot.waitUntil(lambda: "%" in words(panel))
    assert "Reading large.txt … " in words(panel)
    press(panel, "Cancel")
    assert chosen(panel, "Dataset") == "Elements"
    assert "%" not in words(panel)
    assert run.info is before

    run.start(replace(run.config, dataset=str(large)))
    qtbot.waitUntil(progress.cancel.isVisible)
    assert progress.left.text.startswith("loading ")
    assert progress.left.text.endswith("%")
    assert 0 < progress.bar.value() < progress.bar.maximum()
    assert playground.window.topbar.height() == height
    QTest.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert not progress.cancel.isVisible()
    assert playground.window.notice.text == "Loading was cancelled."
    qtbot.waitUntil(lambda: run.info is not None)
    assert run.info.title == "Elements"
    assert run.state is RunState.FINISHED
    assert run.step == 60
    assert progress.step.text == "step 60 / 60"

    opening = Opening(playground, before.config, large)  # as the program starts with it
    playground.painted.done.emit()
    qtbot.waitUntil(progress.cancel.isVisible)
    QTest.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run.info is not None)
    assert run.info.title == "Names"
    assert run.step == 0
    assert run.state is RunState.READY
    assert playground.window.notice.text == "Loading was cancelled."
    opening.deleteLater()


def test_an_untrained_run_is_there_again_when_another_seed_is_given_up(
    playground, large, qtbot
):
    run, progress = playground.run, playground.window.topbar.progress
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, dataset=str(large)))
    run.change(learning_rate=0.004)
    shelf_of(run).rename_current("mine")
    weights, docs = weights_of(run, qtbot), run.info.docs
    run.new_seed()
    qtbot.waitUntil(progress.cancel.isVisible)
    with qtbot.assertNotEmitted(run.started):  # it is on its way there
        run.train()
        run.reset()
    run.new_seed()  # what it goes back to is not what only loads
    qtbot.waitUntil(progress.cancel.isVisible)
    QTest.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert playground.window.notice.text == "Loading was cancelled."
    qtbot.waitUntil(lambda: run.info is not None)
    assert (run.config.seed, run.config.learning_rate) == (42, 0.004)
    assert run.state is RunState.READY
    assert run.info.docs is docs, "they were read or shuffled anew"
    assert weights_of(run, qtbot) == weights
    assert shelf_of(run).current_name == "mine"
    assert shelf_of(run).runs == []
    train_to(run, qtbot, 2)


def test_a_file_of_a_run_of_a_large_text_is_opened_in_sight(
    playground, large, tmp_path, qtbot
):
    path = tmp_path / "own.microgpt"
    trained = Run(RunConfig(dataset=str(large), steps=2), recorder=Recorder())
    trained.step()
    write_run(path, SavedRun(trained.record()))
    del trained
    load_dataset("names", lambda: None)  # now that is what was read last
    run, document = playground.run, playground.window.document
    progress, before = playground.window.topbar.progress, run.info
    document.open(path)
    qtbot.waitUntil(progress.cancel.isVisible)
    assert progress.left.text.startswith("opening ")
    QTest.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert not progress.cancel.isVisible()
    assert progress.left.text == "untrained"
    assert document.opening is None
    assert run.info is before
    with qtbot.waitSignal(document.opened):
        document.open(path)
    qtbot.waitUntil(lambda: run.info is not None and run.step == 1)
    assert not progress.cancel.isVisible()


def test_the_text_of_a_fork_is_loaded_in_sight(playground, large, qtbot):
    run, progress = playground.run, playground.window.topbar.progress
    with qtbot.waitSignal(run.prepared):
        run.start(run.config.on("names"))
    train_to(run, qtbot, 20)
    before = run.info
    timeline_of(run).show(10)
    other = replace(run.config, dataset=str(large))
    timeline_of(run).fork(other)
    qtbot.waitUntil(progress.cancel.isVisible)
    assert progress.left.text.startswith("loading ")
    QTest.mouseClick(progress.cancel, Qt.MouseButton.LeftButton)
    assert not progress.cancel.isVisible()
    assert (run.info, timeline_of(run).at) == (before, 10)
    with qtbot.waitSignal(timeline_of(run).forked):
        timeline_of(run).fork(other)
    qtbot.waitUntil(lambda: run.info is not None and run.state is RunState.PAUSED)
    assert run.info.title == "large.txt"
    assert run.step == 10
    assert not progress.cancel.isVisible()


def test_the_window_never_walks_through_all_documents(playground, large, qtbot):
    run = playground.run
    with qtbot.waitSignal(run.prepared):
        run.start(replace(run.config, dataset=str(large), steps=100_000))
    docs = run.info.docs
    walk = Turns()
    assert sum(1 for _ in docs.documents) == len(docs) == 1_400_001
    walk.end()
    assert walk.most > len(docs)
    turns = Turns()
    train_to(run, qtbot, 30)
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert run.info.docs is docs, "the same order was drawn twice"
    train_to(run, qtbot, 10)
    with qtbot.waitSignal(run.prepared):
        run.new_seed()
    assert run.info.docs != docs
    assert run.info.docs.documents is docs.documents
    train_to(run, qtbot, 10)
    shelf_of(run).compare(shelf_of(run).runs[-1])
    beside = workshop_of(run).wish(run)
    with qtbot.waitSignal(beside.answered):
        beside.want(comparison_of(run).place_at(10), TextQuestion(""))
    with qtbot.waitSignal(looks_of(run).answered):
        timeline_of(run).show(5)
    with qtbot.waitSignal(run.prepared):
        shelf_of(run).take_up(shelf_of(run).runs[-1])
    train_to(run, qtbot, 40)
    for kept in list(shelf_of(run).runs):
        shelf_of(run).delete(kept)
    run.request_record()
    with qtbot.waitSignal(run.recorded):
        pass
    turns.end()
    assert turns.most < len(docs) / 10
