"""A run that leaves the numbers, in the real window: what is said, kept and offered."""

from dataclasses import replace
from math import isfinite, nan

import pytest
from PySide6.QtCore import Qt

from microgpt_gui.cli import main
from microgpt_gui.engine.parameters import flattened, unflattened
from microgpt_gui.gui.panel.export_offer import ink_of
from microgpt_gui.gui.panels.weights import words as weights_words
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.attention_svg import attention_svg
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.questions import SamplesQuestion
from microgpt_gui.session.recorder import Recorder
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.reading import read_run
from microgpt_gui.session.run_files.saved_run import SavedRun
from microgpt_gui.session.run_files.writing import write_run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.attention_panel import click, colour_at, point
from tests.gui.beside import (
    draws_of,
    look_of,
    shelf_of,
    timeline_of,
    workshop_of,
)
from tests.gui.run_files import SMALL, open_file, save
from tests.gui.timeline_bar import begin, panel, press

LEFT = Qt.MouseButton.LeftButton

#: After 40 steps the gradient is no number, though every loss was one.
LATE = RunConfig(
    dataset="elements", steps=60, seed=723, learning_rate=0.25, beta2=0.9999
)

#: Likewise after 8.
SOON = RunConfig(
    dataset="elements",
    steps=200,
    n_layer=3,
    n_embd=2,
    n_head=2,
    learning_rate=0.9,
    beta1=0,
    seed=360,
)


def diverge(qtbot, playground):
    run = playground.run
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.DIVERGED)
    assert all(map(isfinite, run.losses.values))
    assert len(run.losses) == run.step


def drawn(qtbot, run):
    request = SampleRequest(count=3)
    with qtbot.waitSignal(
        draws_of(run).sampled,
        check_params_cb=lambda b: b.is_complete and b.request == request,
    ) as got:
        draws_of(run).sample(request)
    return got.args[0]


def test_a_run_that_diverges_stands_whole_at_its_last_good_step(
    playground, qtbot, tmp_path
):
    run, window = playground.run, playground.window
    bar = window.divergence_bar
    begin(qtbot, playground, LATE)
    assert not bar.text
    diverge(qtbot, playground)
    assert run.step == 40
    assert "diverged at step 41:" in bar.text
    assert "stands at step 40" in bar.text
    assert window.topbar.progress.left.text == "diverged"
    assert run.moment.step == 40  # however quick it was
    loss = panel(playground, "Loss")
    qtbot.waitUntil(lambda: "diverged at step 41" in loss._readout.text)
    assert bar.retreat.text().strip() == (
        "Go back 10 steps with half the learning rate"
    )
    assert bar.retreat.isEnabled()

    # Neither Train nor Step runs into the wall again without a word.
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Period):
        bar.hide()
        press(qtbot, playground, key)
        assert "step 41" in bar.text
        assert (run.state, run.step) == (RunState.DIVERGED, 40)

    # Everything else works as with any run at rest.
    batch = drawn(qtbot, run)
    assert (batch.step, len(batch.samples), batch.problem) == (40, 3, "")
    timeline_of(run).show(5)
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).step == 5)
    timeline_of(run).go_live()
    path = tmp_path / "last.mgpt"
    save(qtbot, window.document, path)
    record = read_run(path).record
    assert record.steps_done == 40
    assert list(record.figures.losses) == list(run.losses.values)

    # Back, and slower: a run of its own.
    with qtbot.waitSignal(run.prepared):
        qtbot.mouseClick(bar.retreat, LEFT)
    assert (run.step, run.state) == (30, RunState.PAUSED)
    assert run.config == replace(LATE, learning_rate=0.125)
    assert not bar.text
    assert not window.actions_of_run.retreat.isEnabled()
    assert [(m.step, m.kind.name) for m in window.timeline.marks] == [(30, "FORK")]
    assert [kept.steps for kept in shelf_of(run).runs] == [40]

    # What was saved leads to the same wall, and is told the same way.
    open_file(qtbot, playground, path)
    assert (run.step, run.state) == (40, RunState.PAUSED)
    diverge(qtbot, playground)
    assert "diverged at step 41:" in bar.text


def test_a_run_of_fewer_steps_goes_back_to_its_start(playground, qtbot):
    run, bar = playground.run, playground.window.divergence_bar
    begin(qtbot, playground, SOON)
    draws_of(run).sample_every(500, SampleRequest(count=2))
    with qtbot.waitSignal(draws_of(run).sampled, check_params_cb=lambda b: b.step == 8):
        diverge(qtbot, playground)
    assert bar.retreat.text().strip() == "Go back 8 steps with half the learning rate"
    with qtbot.waitSignal(run.prepared):
        qtbot.mouseClick(bar.retreat, LEFT)
    assert (run.step, run.state) == (0, RunState.READY)
    assert run.config == replace(SOON, learning_rate=0.45)
    run.train()
    qtbot.waitUntil(lambda: run.step > 0)


def test_paused_in_the_last_step_a_run_is_finished(run, qtbot):
    with qtbot.waitSignal(run.prepared):
        run.start(replace(SOON, learning_rate=0.01, steps=9))
    run.train()
    while len(run.recorder.figures) < 9:
        pass  # the window has heard of no step yet
    run.pause()
    assert run.state is RunState.PAUSED
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert run.step == 9


@pytest.fixture
def mute_run(tmp_path):
    """The file of a run whose weights are finite, and nothing that comes of them."""
    run = Run(SMALL, recorder=Recorder())
    run.step()
    record = run.record()
    model = record.config.model(len(record.chars) + 1)
    matrices = unflattened(model, record.state.parameters)
    for name in ("layer0.attn_wq", "layer0.attn_wk"):
        matrices[name] = [[1e200 * w for w in row] for row in matrices[name]]
    state = replace(record.state, parameters=flattened(model, matrices))
    path = tmp_path / "mute.mgpt"
    write_run(path, SavedRun(replace(record, state=state)))
    return path


def test_a_model_that_predicts_nothing_says_so_on_the_command_line(mute_run, capsys):
    assert main(["sample", str(mute_run)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("microgpt-gui: error: the model predicts nothing here")
    assert said.err.count("\n") == 1


def test_numbers_that_are_none_have_a_look_of_their_own(playground, qtbot, mute_run):
    run, theme = playground.run, playground.appearance.theme
    attention = panel(playground, "Attention")
    heat_map = attention.heat_map
    open_file(qtbot, playground, mute_run)
    qtbot.waitUntil(lambda: heat_map.look is attention.wish.answer is not None)
    look = heat_map.look
    head = look.attention[0][0]
    query = next(q for q, row in enumerate(head) if not isfinite(row[0]))
    assert colour_at(attention, 0, query, 0).name() == theme.map_odd
    point(attention, 0, query, 0)
    assert "is no number (nan): the weights have grown too large" in (
        heat_map.accessibleDescription()
    )
    click(attention, 0)
    # Whatever number it is: three hundred digits in a cell once ended the program.
    short = look.labels[:3]
    row = (1e300, nan, 5e-324)
    far = tuple(((row[:1], row[:2], row),) * 2 for _ in range(1))
    heat_map.show_look(replace(look, labels=short, attention=far), 3)
    heat_map.viewport().resize(900, 700)
    heat_map.grab()
    picture = attention_svg(look, ink_of(theme), "a run", head=(0, 0))
    assert theme.map_odd in picture
    assert "NaN" not in picture and "nan" not in picture

    # Sampling says so, too; the samples of another moment are as they were.
    assert drawn(qtbot, run).problem.startswith("The model predicts nothing here")
    timeline_of(run).show(0)
    before = workshop_of(run).wish(run)
    before.want(timeline_of(run).place, SamplesQuestion(SampleRequest(count=3)))
    qtbot.waitUntil(lambda: before.answer is not None and before.answer.is_complete)
    assert before.answer.problem == ""
    timeline_of(run).go_live()
    diverge(qtbot, playground)
    assert "diverged at step 2:" in playground.window.divergence_bar.text

    weights = panel(playground, "Weights")
    weights.raise_()
    playground.window.grab()
    reading = weights_words.reading(matrices(run.moment)[3], 0, 0, run.info.chars, 2)
    assert len(reading) < 120
