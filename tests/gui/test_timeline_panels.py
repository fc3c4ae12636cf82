"""Every panel follows the moment that the timeline shows, in the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from tests.gui.beside import timeline_of
from tests.gui.timeline_bar import LONG, begin, panel, train_to_the_end

LEFT = Qt.MouseButton.LeftButton
SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2)


@pytest.fixture
def finished(playground, qtbot):
    train_to_the_end(qtbot, playground)
    return playground


def point_in_loss(loss, step):
    plot = loss._plot
    at = plot.to_pixels(step, sum(plot.y_range) / 2)
    return plot.view.mapToScene(at).toPoint()


def samples_then(config, steps, request):
    run = Run(config)
    for _ in range(steps):
        run.step()
    *_, batch = run.samples(request)
    return batch.samples


def test_the_attention_and_its_words_are_of_then(finished, qtbot):
    attention = panel(finished, "Attention")
    qtbot.waitUntil(lambda: attention.subject.startswith("step 60, "))
    live = attention.subject
    timeline_of(finished.run).show(20)
    qtbot.waitUntil(lambda: attention.subject.startswith("step 20, "))
    assert attention.heat_map.look.step == 20
    timeline_of(finished.run).go_live()
    qtbot.waitUntil(lambda: attention.subject == live)


def test_the_loss_panel_points_at_the_moment_and_tells_of_it(finished, qtbot):
    loss = panel(finished, "Loss")
    timeline_of(finished.run).show(20)
    qtbot.waitUntil(lambda: "step 20" in loss._readout.text)
    qtbot.waitUntil(lambda: loss._moment.step == 20)
    alone = finished.run.losses.values[19]
    assert f"alone: {alone:.3f}" in loss._readout.text
    norm = finished.run.recorder.figures.gradient_norms[19]
    assert f"gradient norm {norm:.3g}" in loss._readout._meaning.toolTip()
    timeline_of(finished.run).show(0)
    qtbot.waitUntil(lambda: "before the first step" in loss._readout.text)
    timeline_of(finished.run).go_live()
    qtbot.waitUntil(lambda: loss._moment.step is None)
    qtbot.waitUntil(lambda: "step 60 alone" in loss._readout._meaning.toolTip())


def test_a_click_in_the_loss_goes_there_and_a_drag_does_not(finished, qtbot):
    timeline, loss = timeline_of(finished.run), panel(finished, "Loss")
    canvas = loss._plot.viewport()
    qtbot.waitUntil(lambda: not loss._plot.is_blank)
    qtbot.mouseClick(canvas, LEFT, pos=point_in_loss(loss, 30))
    assert timeline.step == 30
    qtbot.mousePress(canvas, LEFT, pos=point_in_loss(loss, 10))
    qtbot.mouseMove(canvas, point_in_loss(loss, 20))
    qtbot.mouseRelease(canvas, LEFT, pos=point_in_loss(loss, 20))
    assert timeline.step == 30


def test_a_double_click_shows_all_of_the_loss_and_keeps_the_moment(finished, qtbot):
    timeline, loss = timeline_of(finished.run), panel(finished, "Loss")
    canvas = loss._plot.viewport()
    qtbot.waitUntil(lambda: not loss._plot.is_blank)
    for moment in (12, None):
        if moment is None:
            timeline.go_live()
        else:
            timeline.show(moment)
        qtbot.mouseClick(canvas, LEFT, pos=point_in_loss(loss, 30))
        qtbot.mouseDClick(canvas, LEFT, pos=point_in_loss(loss, 30))
        assert timeline.step == moment


def test_samples_are_drawn_again_wherever_the_hand_rests(finished, qtbot):
    sampling = panel(finished, "Sampling")
    drawn = sampling.table.samples
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.step == 60)
    last = drawn.batch
    for step in (5, 30):
        timeline_of(finished.run).show(step)
        qtbot.waitUntil(lambda s=step: drawn.batch.step == s)
        assert drawn.batch.request == last.request
        assert drawn.batch.samples == samples_then(SMALL, step, last.request)
        assert sampling._heading.text() == f"20 samples after step {step}"
    timeline_of(finished.run).go_live()
    qtbot.waitUntil(lambda: drawn.batch == last)
    assert all(batch.step not in (5, 30) for batch in sampling.history._batches)


def test_sample_draws_at_the_moment_shown(finished, qtbot):
    sampling = panel(finished, "Sampling")
    timeline_of(finished.run).show(10)
    sampling.settings.count.setValue(3)
    sampling.sample_action.trigger()
    drawn = sampling.table.samples
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.request.count == 3)
    assert drawn.batch.step == 10
    assert sampling._heading.text() == "3 samples after step 10"
    timeline_of(finished.run).move_by(-5)
    qtbot.waitUntil(lambda: drawn.batch.step == 5)
    assert len(drawn.batch.samples) == 3


def test_draws_of_the_training_do_not_take_the_place_of_the_past(playground, qtbot):
    begin(qtbot, playground, replace(LONG, steps=3000))
    run, sampling = playground.run, panel(playground, "Sampling")
    drawn = sampling.table.samples
    sampling.settings.again.setChecked(True)
    sampling.settings.period.setValue(50)
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    timeline_of(run).show(7)
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.step == 7)
    seen = set()
    sampling.table.samples.dataChanged.connect(lambda: seen.add(drawn.batch.step))
    known = len(sampling.history)
    qtbot.waitUntil(lambda: len(sampling.history) > known + 1)
    assert seen <= {7}
    timeline_of(run).go_live()
    qtbot.waitUntil(lambda: drawn.batch.step > 7)


def test_the_same_draw_improves_while_it_plays(finished, qtbot):
    """At any pace, and what is shown says of which step it is."""
    run, sampling = finished.run, panel(finished, "Sampling")
    drawn = sampling.table.samples
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.step == 60)
    last = drawn.batch
    batches = []
    sampling.of_moment.changed.connect(lambda: batches.append(sampling.of_moment.batch))
    bar = finished.window.timeline
    for pace in ("10/s", "3/s", "1/s"):
        assert bar.speed.findText(pace) >= 0
    for pace, least in ((10, 3), (60, 1)):  # steps a second, of 60
        batches.clear()
        timeline_of(run).play(pace)
        qtbot.waitUntil(
            lambda n=least: len([b for b in batches if b and b.is_complete]) >= n
        )
        assert timeline_of(run).speed == pace or timeline_of(run).is_live
        complete = [b for b in batches if b and b.is_complete]
        steps = [batch.step for batch in complete]
        assert steps == sorted(set(steps))  # never two of one step, never backwards
        for batch in complete[:3]:
            assert batch.request == last.request
            assert batch.samples == samples_then(SMALL, batch.step, last.request)
        timeline_of(run).go_live()
    qtbot.waitUntil(lambda: drawn.batch == last)
    # What nobody sees is not drawn.
    batches.clear()
    sampling.hide()
    timeline_of(run).play(300)
    qtbot.waitUntil(lambda: timeline_of(run).is_live)
    assert not any(batches)
    sampling.show()
    # Where playing stops, the samples of just that moment are drawn.
    timeline_of(run).play(1)
    timeline_of(run).show(33)
    timeline_of(run).stop()
    qtbot.waitUntil(lambda: drawn.batch.step == 33 and drawn.batch.is_complete)
    assert sampling._heading.text() == "20 samples after step 33"


def test_samples_of_something_else_look_so_at_once_and_say_why(finished, qtbot):
    run, sampling = finished.run, panel(finished, "Sampling")
    drawn, settings = sampling.table.samples, sampling.settings
    veil, says = sampling._veil, sampling._detail.text
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.step == 60)
    qtbot.waitUntil(lambda: sampling._asking.asked is None)
    assert not veil.isVisible()
    settings.seed.set_number(7)
    qtbot.waitUntil(veil.isVisible)
    assert says() == "Out of date: the seed is now 7. Enter draws anew."
    settings.seed.set_number(None)
    qtbot.waitUntil(lambda: not veil.isVisible())
    settings.prompt.setText("B")
    qtbot.waitUntil(veil.isVisible)
    assert "the prompt is now “B”" in says().translate({0x2068: None, 0x2069: None})
    sampling.sample_action.trigger()
    qtbot.waitUntil(lambda: drawn.batch.request.prompt == "B")
    qtbot.waitUntil(lambda: drawn.batch.is_complete and not veil.isVisible())

    # A slider that moves draws anew, in one place of the history.
    known = len(sampling.history)
    for hundredths in range(60, 150, 10):
        settings.temperature.slider.setValue(hundredths)
    qtbot.waitUntil(lambda: drawn.batch.request.temperature == 1.4)
    qtbot.waitUntil(lambda: drawn.batch.is_complete)
    assert len(sampling.history) == known + 1
    qtbot.waitUntil(lambda: not veil.isVisible())
    timeline_of(run).show(20)
    qtbot.waitUntil(lambda: drawn.batch.step == 20)
    settings.temperature.slider.setValue(30)
    qtbot.waitUntil(lambda: drawn.batch.request.temperature == 0.3)
    qtbot.waitUntil(lambda: drawn.batch.is_complete)
    assert drawn.batch.samples == samples_then(SMALL, 20, drawn.batch.request)
    qtbot.waitUntil(lambda: not veil.isVisible())
    timeline_of(run).go_live()

    # At rest after training, the samples are those of where it rests.
    begin(qtbot, finished, LONG)
    run.train()
    qtbot.waitUntil(lambda: run.step > 10)
    run.pause()
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.step == run.step)
    qtbot.waitUntil(lambda: not veil.isVisible())

    # Training goes on: what was drawn before is of another model.
    settings.again.setChecked(False)
    begin(qtbot, finished, SMALL)
    qtbot.waitUntil(lambda: drawn.batch is not None and drawn.batch.is_complete)
    run.step_once()
    qtbot.waitUntil(veil.isVisible)
    assert says() == "Out of date: the step is now 1. Enter draws anew."
