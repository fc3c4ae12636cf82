from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.scale import Scale
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import draws_of, workshop_of

CONFIG = RunConfig(dataset="elements", steps=60, n_embd=8, n_head=2)


@pytest.fixture
def empty_panel(qtbot, appearance, run):
    panel = SamplingPanel(workshop_of(run), appearance)
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    return panel


@pytest.fixture
def panel(qtbot, empty_panel):
    empty_panel.run.start(CONFIG)
    settle(qtbot, empty_panel, 1)
    return empty_panel


def shown(panel):
    """What the person reads in the table and above it."""
    panel.redraw()
    model = panel.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def words(panel):
    panel.redraw()
    return panel._heading.text()


def train(qtbot, panel):
    panel.run.train()
    qtbot.waitUntil(lambda: panel.run.state is RunState.FINISHED)


def settle(qtbot, panel, batches):
    """Wait until so many batches have come, the last one whole."""
    history = panel.history
    qtbot.waitUntil(
        lambda: len(history) == batches and history._batches[-1].is_complete
    )


def steps_of(panel):
    return [batch.step for batch in panel.history._batches]


def expect(text):
    return text or "(empty)"


def test_before_a_run_it_says_what_to_do(empty_panel):
    assert "Run panel" in empty_panel._empty.text()
    assert empty_panel._empty.isVisible()
    assert not empty_panel.table.isVisible()
    assert not empty_panel.sample_action.isEnabled()


def test_a_run_that_stands_shows_its_gibberish_at_once(panel):
    assert len(shown(panel)) == 20
    assert words(panel) == "20 samples before any training"
    assert panel.table.isVisible()
    assert not panel._empty.isVisible()
    assert panel.sample_action.isEnabled()


def test_after_training_the_names_are_the_scripts_and_the_losses_undisturbed(
    qtbot, panel
):
    panel.settings.period.setValue(7)
    train(qtbot, panel)
    qtbot.waitUntil(
        lambda: (
            panel.history.shown.step == CONFIG.steps and panel.history.shown.is_complete
        )
    )
    alone = Run(CONFIG)
    losses = [alone.step() for _ in range(CONFIG.steps)]
    assert list(panel.run.losses.values) == losses
    assert shown(panel) == [expect(text) for text in alone.script_samples(20, 0.5)]
    assert words(panel) == f"20 samples after step {CONFIG.steps}"


def test_while_training_it_samples_again_every_so_many_steps(qtbot, panel):
    panel.settings.period.setValue(20)
    train(qtbot, panel)
    settle(qtbot, panel, 4)
    assert steps_of(panel) == [0, 20, 40, 60]


def test_switched_off_it_does_not(qtbot, panel):
    panel.settings.again.click()
    assert not panel.settings.period.isEnabled()
    train(qtbot, panel)
    panel.sample_action.trigger()
    settle(qtbot, panel, 2)
    assert steps_of(panel) == [0, 60]


def test_sample_is_the_button_to_press_only_when_training_is_done(qtbot, panel):
    button = panel.settings.sample_button
    assert button.property("kind") != "primary"
    panel.run.step_once()
    qtbot.waitUntil(lambda: panel.run.step == 1)
    assert button.property("kind") != "primary"
    train(qtbot, panel)
    assert button.property("kind") == "primary"


def test_paging_back_stays_there_while_training_goes_on(qtbot, panel):
    gibberish = shown(panel)
    panel.settings.period.setValue(20)
    panel.run.step_once()
    qtbot.waitUntil(lambda: panel.run.step == 1)
    panel.sample_action.trigger()
    settle(qtbot, panel, 2)
    panel.redraw()
    panel._bar.back.click()
    train(qtbot, panel)
    settle(qtbot, panel, 5)
    assert shown(panel) == gibberish
    assert words(panel) == "20 samples before any training"
    assert panel._bar.place.text() == "batch 1 of 5 ·"
    assert panel._bar.step.text() == "step 0"
    assert panel._bar.newest.isVisible()
    panel._bar.newest.click()
    assert words(panel) == "20 samples after step 60"
    assert not panel._bar.newest.isVisible()


def test_the_history_can_be_paged_from_the_menu(qtbot, panel):
    back, forward = panel.run_actions()[2:]
    panel.redraw()
    assert not back.isEnabled()
    panel.run_actions()[1].trigger()
    settle(qtbot, panel, 2)
    panel.redraw()
    back.trigger()
    panel.redraw()
    assert panel.history.position == 1
    forward.trigger()
    panel.redraw()
    assert panel.history.position == 2
    assert not forward.isEnabled()


def test_who_asks_for_samples_sees_them_wherever_he_has_paged_to(qtbot, panel):
    panel.settings.dice_button.click()
    settle(qtbot, panel, 2)
    panel.redraw()
    panel._bar.back.click()
    panel.settings.dice_button.click()
    settle(qtbot, panel, 3)
    assert panel.history.position == 3


def test_each_sample_begins_with_the_prompt(qtbot, panel):
    panel.settings.prompt.setFocus()
    QTest.keyClicks(panel.settings.prompt, "he")
    QTest.keyClick(panel.settings.prompt, Qt.Key.Key_Return)
    settle(qtbot, panel, 2)
    assert all(text.startswith("he") for text in shown(panel))
    assert "prompt “he”" in panel._detail.text()


@pytest.mark.parametrize(
    ("prompt", "part"),
    [("hé", "“é” is not in this dataset's alphabet"), ("h" * 16, "at most 15 letters")],
)
def test_a_prompt_that_cannot_be_is_told_under_the_prompt(qtbot, panel, prompt, part):
    before = shown(panel)
    panel.settings.prompt.setText(prompt)
    assert part in panel.settings.problem.text()
    assert panel.settings.problem.isVisible()
    with qtbot.waitSignal(draws_of(panel.run).sampled):
        panel.sample_action.trigger()
    assert panel.settings.problem.isVisible()
    assert shown(panel) == before
    panel.settings.prompt.setText("H")
    assert panel.settings.problem.text() == (
        "“H” is not in the alphabet: “h” is taken instead"
    )
    assert panel.settings.problem.property("role") == "caption"
    panel.settings.prompt.setText("h")
    assert not panel.settings.problem.isVisible()


def test_a_prompt_of_another_alphabet_does_not_leave_a_new_run_empty(qtbot, panel):
    panel.settings.prompt.setText("iron")
    panel.run.start(RunConfig(dataset="sums", n_embd=8, n_head=2))
    settle(qtbot, panel, 1)
    assert len(shown(panel)) == 20
    assert panel.settings.problem.isVisible()
    assert panel.request().prompt == "iron"


def test_the_dice_takes_another_seed_and_samples(qtbot, panel):
    before = shown(panel)
    assert panel.request().seed is None
    panel.settings.dice_button.click()
    settle(qtbot, panel, 2)
    assert panel.request().seed is not None
    assert shown(panel) != before
    panel.settings.script_button.click()
    assert panel.request() == SampleRequest()
    panel.sample_action.trigger()
    settle(qtbot, panel, 3)
    assert shown(panel) == before


def test_the_same_seed_is_the_same_draw(qtbot, panel):
    panel.settings.seed.set_number(5)
    panel.sample_action.trigger()
    settle(qtbot, panel, 2)
    first = shown(panel)
    with qtbot.waitSignal(
        draws_of(panel.run).sampled, check_params_cb=lambda b: b.is_complete
    ):
        panel.sample_action.trigger()
    assert shown(panel) == first
    assert len(panel.history) == 2


def test_a_number_still_being_typed_counts_when_samples_are_asked_for(qtbot, panel):
    count = panel.settings.count
    count.setFocus()
    count.selectAll()
    QTest.keyClicks(count, "7")
    panel.settings.sample_button.click()
    settle(qtbot, panel, 2)
    assert len(shown(panel)) == 7


def test_many_wishes_in_a_row_end_with_the_last_one(qtbot, panel):
    for seed in range(50):
        panel.settings.seed.set_number(seed)
        panel.sample_action.trigger()
    qtbot.waitUntil(lambda: panel.history.shown.request.seed == 49)
    assert len(panel.history) <= 4


def test_a_draw_cut_short_says_how_far_it_came(qtbot, empty_panel):
    empty_panel.settings.count.setValue(200)
    slow = RunConfig(dataset="elements", n_layer=2, n_embd=64, block_size=64)
    empty_panel.run.start(slow)
    qtbot.waitUntil(lambda: len(empty_panel.history) == 1)
    empty_panel.settings.count.setValue(2)
    empty_panel.sample_action.trigger()
    settle(qtbot, empty_panel, 2)
    assert words(empty_panel) == "2 samples before any training"
    empty_panel.history.go(-1)
    assert "of 200 samples before" in words(empty_panel)
    assert "cut short" in empty_panel._detail.text()


def test_settings_outlive_the_run_and_its_samples_do_not(qtbot, panel):
    panel.settings.temperature.set_value(1.25)
    panel.settings.count.setValue(5)
    panel.settings.period.setValue(33)
    train(qtbot, panel)
    panel.run.reset()
    assert len(panel.history) == 0
    settle(qtbot, panel, 1)
    assert panel.history.shown.step == 0
    assert panel.request() == SampleRequest(temperature=1.25, count=5)
    assert panel.settings.every() == 33


def test_a_run_that_failed_leaves_word_of_what_to_do(qtbot, panel, tmp_path):
    with qtbot.waitSignal(panel.run.failed):
        panel.run.start(RunConfig(dataset=str(tmp_path / "nothing.txt")))
    panel.redraw()
    assert "Choose another dataset" in panel._empty.text()
    assert not panel.sample_action.isEnabled()
    assert not panel.settings.sample_button.isEnabled()


def test_a_panel_that_comes_late_samples_the_run_that_stands(
    qtbot, appearance, started_run
):
    panel = SamplingPanel(workshop_of(started_run), appearance)
    qtbot.addWidget(panel)
    settle(qtbot, panel, 1)
    panel.show()
    assert len(shown(panel)) == 20


@pytest.mark.parametrize(("percent", "width"), [(100, 240), (175, 300), (250, 380)])
def test_nothing_is_cut_off_when_it_is_narrow_or_large(
    qtbot, panel, appearance, percent, width
):
    appearance.set_scale(Scale(percent))
    try:
        panel.resize(width, 500)
        panel.settings.dice_button.click()
        settle(qtbot, panel, 2)
        panel.redraw()
        scroll = panel.findChild(QScrollArea)
        qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
        assert scroll.horizontalScrollBar().maximum() == 0
    finally:
        appearance.set_scale(Scale())


def test_a_wide_panel_does_not_pull_settings_and_samples_apart(qtbot, panel):
    panel.resize(1900, 900)
    widest = panel.appearance.px(640)
    qtbot.waitUntil(lambda: panel.table.width() == widest)
    for widget in (panel.settings, panel.table):
        left = widget.mapTo(panel, widget.rect().topLeft()).x()
        assert widget.width() == widest
        assert abs(left + widget.width() / 2 - panel.width() / 2) < 20


def test_every_control_has_a_name_and_says_what_it_is_for(panel):
    settings, bar = panel.settings, panel._bar
    for widget in (
        settings.temperature.field,
        settings.temperature.slider,
        settings.prompt,
        settings.seed,
        settings.dice_button,
        settings.script_button,
        settings.count,
        settings.sample_button,
        settings.again,
        settings.period,
        bar.back,
        bar.forward,
        bar.newest,
    ):
        assert widget.accessibleName()
        assert widget.toolTip()


def test_a_quick_engine_s_samples_stay_long_enough_to_be_read(qtbot, panel):
    panel.settings.period.setValue(1)
    panel.run.change(steps=100_000)
    panel.run.train()
    seen = []
    panel.table.model().dataChanged.connect(
        lambda: seen.append(panel.history.shown.step)
    )
    qtbot.waitUntil(lambda: len(seen) >= 3)
    panel.run.pause()
    assert seen[-1] - seen[0] > len(seen)  # most, drawn at every step, went unseen
