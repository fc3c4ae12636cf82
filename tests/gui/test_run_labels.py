"""A label says what the numbers were made with, whatever has been typed since."""

from dataclasses import replace

from PySide6.QtCore import Qt

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.session.exports.names import caption
from tests.gui.beside import shelf_of
from tests.gui.run_panel_reading import enter_number
from tests.gui.timeline_bar import begin, panel, press, train_to_the_end

NAME = "elements, n_embd 8, steps 60"


def rows(playground):
    runs = panel(playground, "Runs").list.runs
    return [runs.said(row) for row in range(runs.rowCount())]


def legend(playground):
    return panel(playground, "Loss")._readout._legend.accessibleName()


def settled(qtbot, playground, text):
    """Wait until the legend says ``text``: it is drawn with the next frame."""
    qtbot.waitUntil(lambda: text in legend(playground))


def test_a_rate_typed_at_the_end_is_not_the_rate_of_the_run(playground, qtbot):
    run, window = playground.run, playground.window
    base = replace(run.config, n_head=4)
    begin(qtbot, playground, base)
    train_to_the_end(qtbot, playground)
    enter_number(panel(playground, "Run"), "learning_rate", "0.1")
    qtbot.waitUntil(lambda: run.info.config.learning_rate == 0.1)
    assert rows(playground)[0].name == NAME
    assert window.windowTitle().startswith(f"[*]{NAME} - ")
    assert "learning rate 0.01" in caption(run.recipe)
    with qtbot.waitSignal(run.prepared):
        press(qtbot, playground, Qt.Key.Key_R)
    settled(qtbot, playground, "previous run: learning rate 0.01 instead of 0.1")
    now, before = rows(playground)
    assert (now.name, now.changes) == (
        "elements, learning rate 0.1, n_embd 8, steps 60",
        "learning rate 0.01 to 0.1",
    )
    assert (before.name, before.changes) == (NAME, "first run")
    train_to_the_end(qtbot, playground)
    settled(qtbot, playground, "previous run: learning rate 0.01 instead of 0.1")
    assert run.recorder.figures.learning_rates[0] == 0.1

    with qtbot.waitSignals([run.started, run.prepared]):
        shelf_of(run).take_up(shelf_of(run).runs[0])
    assert rows(playground)[0].name == NAME
    assert "learning rate 0.01" in caption(run.recipe)


def test_a_change_on_the_way_is_told_with_its_step(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    for _ in range(25):
        run.step_once()
    qtbot.waitUntil(lambda: run.step == 25)
    enter_number(panel(playground, "Run"), "learning_rate", "0.05")
    told = "learning rate 0.01 then 0.05 from step 25"
    assert told not in shelf_of(run).current_name
    run.step_once()
    qtbot.waitUntil(lambda: run.step == 26)
    assert told in shelf_of(run).current_name
    qtbot.waitUntil(lambda: told in window.windowTitle())
    assert told in rows(playground)[0].name
    assert told in caption(run.recipe)
    assert "learning rate 0.01 ·" in f"{caption(run.recipe_at(25))} ·"
    train_to_the_end(qtbot, playground)

    # A file's run is called by what it is, not by what it was called when saved.
    path = tmp_path / "mine.mgpt"
    with qtbot.waitSignal(window.document.saved):
        window.document.save(path)
    run.change(learning_rate=0.2)
    run.reset()
    qtbot.waitUntil(lambda: run.state is RunState.READY)
    settled(qtbot, playground, f"previous run: {told} instead of 0.2")
    assert rows(playground)[0].changes == (
        "learning rate (0.01 then 0.05 from step 25) to 0.2"
    )
    with qtbot.waitSignals([run.started, run.prepared]):
        window.document.open(path)
    assert told in rows(playground)[0].name
    assert told in shelf_of(run).runs[0].name
    # A change may be on its way as the run gives way: some steps have it, or none.
    begin(qtbot, playground, replace(run.config, steps=1000))
    run.train()
    qtbot.waitUntil(lambda: run.step > 10)
    run.change(learning_rate=0.5)
    run.reset()
    kept = shelf_of(run).runs[0]
    qtbot.waitUntil(lambda: run.state is RunState.READY)
    rates = kept.recorder.figures.learning_rates[: kept.steps]
    for step, rate in enumerate(rates):
        config = next(c for s, c in reversed(kept.recipe.stretches) if s <= step)
        assert rate == config.learning_rate_at(step)
