"""The timeline bar in the real window, by click, drag and key."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.window.timeline import MarkKind
from tests.gui.beside import timeline_of
from tests.gui.timeline_bar import LONG, begin, place_of, press, train_to_the_end

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def finished(playground, qtbot):
    train_to_the_end(qtbot, playground)
    return playground


def test_a_click_and_a_drag_show_earlier_moments(finished, qtbot):
    bar, timeline = finished.window.timeline, timeline_of(finished.run)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(bar.track, left, pos=place_of(bar.track, 20))
    assert timeline.step == 20
    qtbot.waitUntil(lambda: bar.moment.text.startswith("Step 20 of 60"))
    assert "The run went to 60" in bar.moment.text
    qtbot.mousePress(bar.track, left, pos=place_of(bar.track, 10))
    seen = []
    timeline.moved.connect(lambda: seen.append(timeline.step))
    for step in range(11, 41):
        qtbot.mouseMove(bar.track, place_of(bar.track, step))
    qtbot.mouseRelease(bar.track, left, pos=place_of(bar.track, 40))
    assert seen == list(range(11, 41))
    qtbot.mouseMove(bar.track, place_of(bar.track, 50))
    assert timeline.step == 40
    qtbot.mouseClick(bar.live, left)
    assert timeline.is_live
    qtbot.waitUntil(lambda: bar.moment.text.startswith("Step 60 of 60: Live"))


def test_keys_move_through_the_run(finished, qtbot):
    timeline = timeline_of(finished.run)
    for key, modifier, step in (
        (Qt.Key.Key_Left, None, 59),
        (Qt.Key.Key_Left, SHIFT, 49),
        (Qt.Key.Key_Left, CTRL, 0),
        (Qt.Key.Key_Right, None, 1),
        (Qt.Key.Key_Right, SHIFT, 11),
        (Qt.Key.Key_Home, None, 0),
        (Qt.Key.Key_Right, SHIFT, 10),
        (Qt.Key.Key_L, None, None),
        (Qt.Key.Key_Home, None, 0),
        (Qt.Key.Key_Right, CTRL, None),
        (Qt.Key.Key_Home, None, 0),
        (Qt.Key.Key_End, None, None),
    ):
        press(qtbot, finished, key, modifier or Qt.KeyboardModifier.NoModifier)
        assert timeline.step == step


def test_keys_that_move_a_cursor_stay_with_the_text(finished, qtbot):
    box = next(
        panel for panel in finished.window.docks.panels if panel.title == "Attention"
    ).text_box
    box.setFocus()
    qtbot.keyClicks(box, "lip")
    qtbot.keyClick(box, Qt.Key.Key_Home)
    qtbot.keyClick(box, Qt.Key.Key_Right)
    qtbot.keyClick(box, Qt.Key.Key_Left, CTRL)
    qtbot.keyClick(box, Qt.Key.Key_Right)
    assert box.cursorPosition() == 1
    assert box.text() == "lip"
    assert timeline_of(finished.run).is_live


def test_a_slider_with_the_focus_keeps_its_arrows(finished, qtbot):
    bar = finished.window.timeline
    panel = next(
        panel for panel in finished.window.docks.panels if panel.title == "Sampling"
    )
    slider = panel.settings.temperature.slider
    slider.setFocus()
    before = slider.value()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() > before
    assert timeline_of(finished.run).is_live
    bar.track.setFocus()
    qtbot.keyClick(bar.track, Qt.Key.Key_Left)
    assert timeline_of(finished.run).step == 59
    qtbot.keyClick(bar.track, Qt.Key.Key_Left, SHIFT)
    assert timeline_of(finished.run).step == 49
    qtbot.keyClick(bar.track, Qt.Key.Key_PageDown)
    assert timeline_of(finished.run).step == 43


def test_playing_is_a_key_a_button_and_a_speed(finished, qtbot):
    bar, timeline = finished.window.timeline, timeline_of(finished.run)
    bar.speed.setCurrentText("10/s")
    press(qtbot, finished, Qt.Key.Key_P)
    assert timeline.speed == 10
    assert timeline.step == 0
    assert bar.play.accessibleName() == "Stop playing"
    bar.speed.setCurrentText("1,000/s")
    assert timeline.speed == 1000
    qtbot.waitUntil(lambda: timeline.is_live)
    assert bar.play.accessibleName() == "Play"
    bar.speed.setCurrentText("10/s")
    qtbot.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(bar.play, Qt.MouseButton.LeftButton)
    assert timeline.speed == 0
    assert not timeline.is_live


def test_the_pointer_is_told_step_and_loss(finished, qtbot):
    track = finished.window.timeline.track
    qtbot.mouseMove(track, place_of(track, 30))
    loss = finished.run.losses.values[29]
    qtbot.waitUntil(lambda: track.words == f"step 30 · loss {loss:.4f}")
    qtbot.mouseMove(track, place_of(track, 0))
    qtbot.waitUntil(lambda: track.words == "step 0 · the untrained model")
    qtbot.mouseMove(finished.window.topbar)
    qtbot.waitUntil(lambda: not track.words)


def test_the_past_is_unmistakable_while_it_trains(playground, qtbot):
    begin(qtbot, playground, LONG)
    run, bar = playground.run, playground.window.timeline
    run.train()
    qtbot.waitUntil(lambda: run.step > 30)
    assert bar.live.isChecked()
    timeline_of(run).show(7)
    qtbot.waitUntil(lambda: "The run is at" in bar.moment.text)
    assert bar.moment.text.startswith("Step 7 of 100,000: ")
    assert bar.property("past")
    assert not bar.live.isChecked()
    before = bar.moment.text
    qtbot.waitUntil(
        lambda: bar.moment.text != before
    )  # the run goes on, and it says so
    press(qtbot, playground, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: not bar.property("past"))
    assert bar.live.isChecked()
    qtbot.mouseClick(bar.live, Qt.MouseButton.LeftButton)
    assert bar.live.isChecked()
    assert run.state is RunState.TRAINING


def test_marks_stand_where_something_happened(playground, qtbot):
    begin(qtbot, playground, LONG)
    run, bar = playground.run, playground.window.timeline
    for _ in range(10):
        run.step_once()
    qtbot.waitUntil(lambda: run.step == 10)
    run.change(learning_rate=0.02)
    qtbot.waitUntil(lambda: bool(bar.marks))
    bar.add_mark(10, MarkKind.SAVE, "run.mgpt")
    assert [(m.step, m.text) for m in bar.marks] == [
        (10, "saved: run.mgpt"),
        (10, "settings changed: learning rate 0.01 to 0.02"),
    ]
    begin(qtbot, playground, LONG)
    assert bar.marks == ()


def test_everything_is_named_and_explained(playground):
    bar = playground.window.timeline
    for widget in (*bar.findChildren(QToolButton), bar.track, bar.speed):
        assert widget.accessibleName()
        assert widget.toolTip()
        assert widget.focusPolicy() is Qt.FocusPolicy.TabFocus


def test_the_bar_fits_any_window_at_any_zoom(playground, qtbot):
    window, bar = playground.window, playground.window.timeline

    def fits():
        parts = [
            part
            for kind in (QToolButton, QComboBox)
            for part in bar.findChildren(kind)
            if part.isVisible()
        ]
        rects = [part.geometry() for part in (*parts, bar.track)]
        apart = all(
            not a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :]
        )
        whole = all(p.width() >= p.minimumSizeHint().width() for p in parts)
        return apart and whole and all(bar.rect().contains(r) for r in rects)

    for zoom, size in product((80, 100, 250), ((1024, 720), (1280, 720), (1920, 1080))):
        playground.appearance.set_scale(type(playground.appearance.scale)(zoom))
        window.resize(*size)
        qtbot.waitUntil(lambda wide=size[0]: fits() and window.width() == wide)
        assert bar.live.isVisible()
        assert bar.track.width() >= bar.track.minimumSizeHint().width()
    assert bar.height() <= playground.appearance.px(44)
