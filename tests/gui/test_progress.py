from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_pace import WATCHABLE
from microgpt_gui.gui.widgets.figure import Figure
from microgpt_gui.gui.window.progress import Progress
from microgpt_gui.session.config import RunConfig


def test_the_figures_follow_the_run(run, appearance, qtbot):
    progress = Progress(run, appearance)
    qtbot.addWidget(progress)
    assert progress.left.text == "loading"
    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=30, n_embd=8, n_head=2))
    assert progress.step.text == "step 0 / 30"
    assert progress.loss.text == "loss –"
    assert progress.left.text == "untrained"
    run.train()
    assert progress.left.text == "training"
    qtbot.waitUntil(lambda: progress.left.text == "finished")
    assert progress.step.text == "step 30 / 30"
    assert progress.loss.text == f"loss {run.losses.values[-1]:.4f}"
    assert progress.bar.value() == progress.bar.maximum() == 30


def test_the_speed_and_the_time_left_come_with_training(run, appearance, qtbot):
    progress = Progress(run, appearance)
    qtbot.addWidget(progress)
    run.start(RunConfig(dataset="elements", steps=100_000, n_embd=8, n_head=2))
    run.train()
    qtbot.waitUntil(lambda: progress.speed.text.endswith("steps/s"))
    assert progress.left.text.startswith("left ")
    run.pause()
    assert progress.left.text == "paused"
    assert progress.speed.text == ""


def test_a_run_at_rest_is_said_to_be_whatever_its_pace(run, appearance, qtbot):
    progress = Progress(run, appearance)
    qtbot.addWidget(progress)
    run.pace.choose(WATCHABLE)
    run.start(RunConfig(dataset="elements", steps=300, n_embd=8, n_head=2))
    run.train()
    qtbot.waitUntil(lambda: "watchable" in progress.speed.text)
    run.pause()
    assert (progress.left.text, progress.speed.text) == ("paused", "")
    run.step_once()
    qtbot.wait(300)
    assert (progress.left.text, progress.speed.text) == ("paused", "")
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED, timeout=20_000)
    assert (progress.left.text, progress.speed.text) == ("finished", "")


def test_a_word_alone_ends_where_figures_do(appearance, qtbot):
    figure = Figure(appearance, ("left", "9 min 59 s"), "", is_right=True)
    qtbot.addWidget(figure)
    for pair in (("left", "3 d"), ("paused", "")):
        figure.show_pair(*pair)
        image = figure.grab().toImage()
        ground = image.pixel(0, 0)
        inked = [
            x
            for x in range(image.width())
            if any(image.pixel(x, y) != ground for y in range(image.height()))
        ]
        assert image.width() - inked[-1] <= 3


def test_a_run_that_broke_off_is_not_said_never_to_have_been(run, appearance, qtbot):
    progress = Progress(run, appearance)
    qtbot.addWidget(progress)
    run.start(RunConfig(dataset="names", learning_rate=1))
    with qtbot.waitSignal(run.diverged):
        run.train()
    assert run.step > 0
    assert len(run.losses) == run.step
    assert progress.left.text == "diverged"
    with qtbot.waitSignal(run.failed):
        run.start(RunConfig(dataset="nowhere.txt"))
    assert progress.left.text == "no run"


def test_no_figure_is_cut_however_many_steps_there_are(run, appearance, qtbot):
    progress = Progress(run, appearance)
    qtbot.addWidget(progress)
    progress.resize(900, 40)
    progress.show()
    small = RunConfig(dataset="elements", n_embd=8, n_head=2)
    with qtbot.waitSignal(run.prepared):
        run.start(small)
    usual = progress.step.width()
    for steps in (200_000, 1_000_000):
        with qtbot.waitSignal(run.config_changed):
            run.change(steps=steps)
        run.step = steps - 1  # as a run that has come so far
        progress.refresh()
        assert progress.step.text == f"step {steps - 1:,} / {steps:,}"
        wait_for_room(qtbot, progress.step)
        assert has_air_at_the_right(progress.step)
    run.losses.extend([12345678.5])
    progress.refresh()
    wait_for_room(qtbot, progress.loss)
    assert has_air_at_the_right(progress.loss)
    run.step = 0
    with qtbot.waitSignal(run.prepared):
        run.start(small)
    qtbot.waitUntil(lambda: progress.step.width() == usual)


def wait_for_room(qtbot, figure):
    qtbot.waitUntil(lambda: figure.width() >= figure.sizeHint().width())


def has_air_at_the_right(figure):
    """Whether the last column of pixels has no letter in it."""
    image = figure.grab().toImage()
    column = {image.pixel(image.width() - 1, y) for y in range(image.height())}
    return len(column) == 1
