"""The thread boundary, with the real thread."""

import time

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from microgpt_gui.engine.config import ConfigError
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.run.training_pace import FULL_SPEED, exactly
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import draws_of, look_of, subject_of, workshop_of

SMALL = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2, block_size=8)
ENDLESS = RunConfig(dataset="elements", steps=1_000_000, n_embd=8, n_head=2)
#: One step of it takes a pure-Python engine many seconds.
HUGE = RunConfig(dataset="names", n_layer=8, n_embd=128, n_head=8, block_size=256)


def begin(run, qtbot, config):
    with qtbot.waitSignal(run.prepared):  # a large model takes long
        run.start(config)


def train_to_the_end(run, qtbot):
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)


class Listener(QObject):
    def __init__(self, run):
        super().__init__()
        self.threads = set()
        run.updated.connect(self.note)

    @Slot()
    def note(self):
        self.threads.add(QThread.currentThread())


def test_every_loss_arrives_in_order_on_the_gui_thread(run, qtbot):
    listener = Listener(run)
    begin(run, qtbot, SMALL)
    train_to_the_end(run, qtbot)
    alone = Run(SMALL)
    assert list(run.losses.values) == [alone.step() for _ in range(60)]
    assert run.step == 60
    assert listener.threads == {QThread.currentThread()}


def test_reset_and_train_give_the_same_losses_again(run, qtbot):
    begin(run, qtbot, SMALL)
    train_to_the_end(run, qtbot)
    first = list(run.losses.values)
    with qtbot.waitSignal(run.prepared):
        run.reset()
    assert len(run.losses) == 0
    assert run.state is RunState.READY
    train_to_the_end(run, qtbot)
    assert list(run.losses.values) == first


def test_an_untrained_run_can_be_looked_at_and_sampled(run, qtbot):
    begin(run, qtbot, SMALL)
    qtbot.waitUntil(lambda: look_of(run) is not None)
    assert look_of(run).step == 0
    with qtbot.waitSignal(
        draws_of(run).sampled, check_params_cb=lambda b: b.is_complete
    ) as got:
        draws_of(run).sample(SampleRequest(count=3))
    assert len(got.args[0].samples) == 3


def test_pause_is_obeyed_between_steps(run, qtbot):
    begin(run, qtbot, ENDLESS)
    run.train()
    qtbot.waitUntil(lambda: run.step > 5)
    run.pause()
    # The worker answers commands in order: once it has sampled, it has paused.
    with qtbot.waitSignal(draws_of(run).sampled):
        draws_of(run).sample(SampleRequest(count=1))
    resting_at = run.step
    assert run.state is RunState.PAUSED
    with qtbot.waitSignal(draws_of(run).sampled):
        draws_of(run).sample(SampleRequest(count=1))
    assert run.step == resting_at == len(run.losses)
    run.train()
    qtbot.waitUntil(lambda: run.step > resting_at)


def test_each_step_asked_for_is_done(run, qtbot):
    begin(run, qtbot, SMALL)
    for _ in range(3):
        run.step_once()
    qtbot.waitUntil(lambda: run.step == 3)
    assert run.state is RunState.PAUSED
    run.train()
    run.step_once()
    assert run.state is RunState.PAUSED
    with qtbot.waitSignal(draws_of(run).sampled):
        draws_of(run).sample(SampleRequest(count=1))
    assert run.step == len(run.losses) >= 4


def test_a_step_s_rest_does_not_pause_a_train_pressed_right_after(run, qtbot):
    begin(run, qtbot, SMALL)
    run.step_once()
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert run.step == 60


def test_train_pressed_while_the_run_loads_is_not_forgotten(run, qtbot):
    run.start(SMALL)
    run.toggle()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    run.start(SMALL)
    run.toggle()
    run.toggle()
    with qtbot.waitSignal(run.prepared):
        pass
    assert run.state is RunState.READY


def test_a_new_run_drops_what_the_old_one_still_says(run, qtbot):
    begin(run, qtbot, ENDLESS)
    run.train()
    qtbot.waitUntil(lambda: run.step > 5)
    run.start(SMALL)
    run.train()
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    assert len(run.losses) == 60


def test_sampling_while_training_changes_no_loss(run, qtbot):
    begin(run, qtbot, SMALL)
    draws_of(run).sample_every(7, SampleRequest(count=2, seed=5))
    run.train()
    draws_of(run).sample(SampleRequest(count=5))
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)
    alone = Run(SMALL)
    assert list(run.losses.values) == [alone.step() for _ in range(60)]


def test_sampling_again_every_so_many_steps_and_at_the_end(run, qtbot):
    steps = []
    draws_of(run).sampled.connect(lambda batch: steps.append(batch.step))
    begin(run, qtbot, SMALL)
    draws_of(run).sample_every(25, SampleRequest(count=1))
    # A draw that a busy machine keeps waiting gives way to the next.
    run.pace.choose(exactly(50))
    train_to_the_end(run, qtbot)
    qtbot.waitUntil(lambda: 60 in steps)
    assert steps == [25, 50, 60]


def test_a_failure_is_told_and_the_next_run_works(run, qtbot):
    with qtbot.waitSignal(run.failed) as caught:
        run.start(RunConfig(dataset="/nowhere/at/all.txt"))
    assert "/nowhere/at/all.txt" in caught.args[0]
    assert run.state is RunState.FAILED
    run.train()
    begin(run, qtbot, SMALL)
    train_to_the_end(run, qtbot)


@pytest.mark.parametrize("engine", ["python", "autograd"])
def test_closing_in_the_middle_of_a_long_step_takes_half_a_second(run, qtbot, engine):
    config = HUGE if engine == "python" else RunConfig(engine=engine, n_embd=64)
    begin(run, qtbot, config)
    run.train()
    with qtbot.waitSignal(run.updated, raising=False, timeout=300):
        pass
    began_s = time.perf_counter()
    workshop_of(run).shut_down()
    assert time.perf_counter() - began_s < 0.5


def test_the_learning_rate_and_the_steps_change_at_once(run, qtbot):
    begin(run, qtbot, ENDLESS)
    run.train()
    qtbot.waitUntil(lambda: run.step > 20)
    with qtbot.waitSignal(run.noticed) as notice:
        run.change(learning_rate=0.02)
    assert notice.args[0].startswith("The learning rate jumps: it is 0.02 from step ")
    run.change(steps=10)
    assert run.state is RunState.FINISHED
    with qtbot.waitSignal(draws_of(run).sampled):
        draws_of(run).sample(SampleRequest(count=1))
    done = run.step
    run.change(steps=done + 5)
    assert run.state is RunState.PAUSED
    train_to_the_end(run, qtbot)
    assert run.step == done + 5


def test_a_change_that_is_not_allowed_changes_nothing(run, qtbot):
    begin(run, qtbot, SMALL)
    with pytest.raises(ConfigError, match="steps must be"):
        run.change(steps=0)
    with pytest.raises(ValueError, match="n_embd need a new model"):
        run.change(n_embd=32)
    assert run.config == SMALL


def test_a_slow_pace_is_kept(run, qtbot):
    begin(run, qtbot, ENDLESS)
    run.pace.choose(exactly(10))
    run.train()
    qtbot.waitUntil(lambda: run.step >= 2)
    began_s, began = time.monotonic(), run.step
    qtbot.waitUntil(lambda: run.step >= began + 5)
    assert 0.3 < time.monotonic() - began_s < 2
    run.pace.choose(FULL_SPEED)
    qtbot.waitUntil(lambda: run.step > began + 100)


def test_the_watched_text_is_looked_at_even_while_resting(run, qtbot):
    begin(run, qtbot, SMALL)
    subject_of(run).watch("gold")
    qtbot.waitUntil(lambda: look_of(run) is not None and look_of(run).text == "gold")
    subject_of(run).watch("gold!")
    qtbot.waitUntil(lambda: "'!' is not one of" in look_of(run).problem)


def test_a_new_seed_is_another_run(run, qtbot):
    begin(run, qtbot, SMALL)
    docs = run.info.docs
    with qtbot.waitSignal(run.prepared):
        run.new_seed()
    assert run.config.seed == 43
    assert run.info.docs != docs
