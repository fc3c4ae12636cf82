"""The whole window, driven by keys and clicks, with the real thread behind it."""

import time
from html import escape
from itertools import product

from PySide6.QtCore import QPointF, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from microgpt_gui.gui.panels import PANELS
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme.scale import ZOOM_STEPS, Scale
from microgpt_gui.gui.window.keys_window import KeysWindow
from microgpt_gui.gui.window.topbar import TopBar
from microgpt_gui.session.config import RunConfig
from tests.gui.dragging import drop
from tests.gui.test_docks import standing

INTERACTIVE = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
LONG = RunConfig(dataset="elements", steps=100_000, n_embd=8, n_head=2)


def panel(playground, name):
    return next(p for p in playground.window.docks.panels if p.title == name)


def press(qtbot, playground, key, modifier=Qt.KeyboardModifier.NoModifier):
    target = playground.app.focusWidget() or playground.window
    qtbot.keyClick(target, key, modifier)


def wait_until_finished(qtbot, run):
    qtbot.waitUntil(lambda: run.state is RunState.FINISHED)


def begin_long(playground, qtbot):
    with qtbot.waitSignal(playground.run.prepared):
        playground.run.start(LONG)


def test_every_panel_has_its_dock(playground):
    docks = playground.window.docks
    titles = [dock.windowTitle() for dock in docks.docks]
    assert titles == [panel.title for panel in PANELS]
    assert all(dock.isVisible() for dock in standing(docks))


def test_the_first_window_has_one_button_to_press(playground, qtbot):
    primary = [
        button
        for button in playground.window.findChildren(QPushButton)
        if button.property("kind") == "primary"
        and button.isVisible()
        and button.isEnabled()
    ]
    assert [b.accessibleName() for b in primary] == ["Train"]


def test_keys_train_pause_step_reset_and_take_a_new_seed(playground, qtbot):
    run = playground.run
    begin_long(playground, qtbot)
    press(qtbot, playground, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.step > 3)
    assert playground.window.topbar.train.accessibleName() == "Pause"
    press(qtbot, playground, Qt.Key.Key_Space)
    assert run.state is RunState.PAUSED
    qtbot.waitUntil(lambda: playground.window.topbar.train.isEnabled())
    with qtbot.waitSignal(run.updated):
        press(qtbot, playground, Qt.Key.Key_Period)
    with qtbot.waitSignal(run.prepared):
        press(qtbot, playground, Qt.Key.Key_R)
    assert run.step == 0
    with qtbot.waitSignal(run.prepared):
        press(qtbot, playground, Qt.Key.Key_N)
    assert run.config.seed == 43


def test_clicks_do_what_keys_do_and_leave_space_to_training(playground, qtbot):
    run, bar = playground.run, playground.window.topbar
    qtbot.mouseClick(bar.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run.step == 1)
    qtbot.mouseClick(bar.reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: run.state is RunState.READY)
    place = bar.step.geometry()
    press(qtbot, playground, Qt.Key.Key_Space)
    wait_until_finished(qtbot, run)
    assert run.step == 60
    assert bar.train.text().strip() == "Train more…"
    qtbot.waitUntil(lambda: bar.train.width() >= bar.train.sizeHint().width())
    assert bar.step.geometry() == place  # nothing moves from under the mouse


def test_space_presses_a_button_that_was_reached_by_tab(playground, qtbot):
    playground.window.topbar.step.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, playground, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: playground.run.step == 1)
    assert playground.run.state is RunState.PAUSED


def test_space_trains_though_a_number_is_being_typed(playground, qtbot):
    boxes = panel(playground, "Run").findChildren(QAbstractSpinBox)
    (rate,) = (b for b in boxes if "learning_rate" in b.accessibleName())
    rate.setFocus()
    rate.selectAll()
    qtbot.keyClicks(rate, "0.02")
    qtbot.keyClick(rate, Qt.Key.Key_Space)
    assert playground.run.state is RunState.TRAINING
    assert playground.run.config.learning_rate == 0.02
    qtbot.waitUntil(lambda: playground.run.step > 0)
    qtbot.keyClick(rate, Qt.Key.Key_Space)
    assert playground.run.state is RunState.PAUSED
    qtbot.keyClick(rate, Qt.Key.Key_R)
    assert playground.run.state is RunState.LOADING
    assert rate.text() == "0.02"


def test_keys_of_no_number_drive_the_run_from_a_sampling_box(playground, qtbot):
    for box in panel(playground, "Sampling").findChildren(QAbstractSpinBox):
        seed, text = playground.run.config.seed, box.text()
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_N)
        assert playground.run.config.seed == seed + 1
        qtbot.waitUntil(lambda: playground.run.state is RunState.READY)
        qtbot.keyClick(box, Qt.Key.Key_Space)
        assert playground.run.state is RunState.TRAINING
        assert box.text() == text


def test_letters_typed_into_a_text_drive_nothing(playground, qtbot):
    box = panel(playground, "Attention").text_box
    press(qtbot, playground, Qt.Key.Key_T)
    assert box.hasFocus()
    qtbot.keyClicks(box, "radon n")
    assert box.text() == "radon n"
    assert playground.run.step == 0
    assert playground.run.config.seed == 42


def test_reset_and_train_give_the_same_losses_again(playground, qtbot):
    run = playground.run
    press(qtbot, playground, Qt.Key.Key_Space)
    wait_until_finished(qtbot, run)
    first = list(run.losses.values)
    press(qtbot, playground, Qt.Key.Key_R)
    press(qtbot, playground, Qt.Key.Key_Space)  # at once, while the run still loads
    wait_until_finished(qtbot, run)
    assert list(run.losses.values) == first


def test_a_finished_run_offers_more_training_but_sampling_first(playground, qtbot):
    press(qtbot, playground, Qt.Key.Key_Space)
    wait_until_finished(qtbot, playground.run)
    bar = playground.window.topbar
    assert bar.train.accessibleName() == "Train more…"
    assert "Reset" in bar.train.toolTip()
    assert bar.train.property("kind") == ""
    assert bar.reset.isEnabled()


def test_closing_in_the_middle_of_training_is_quick(playground, qtbot):
    begin_long(playground, qtbot)
    press(qtbot, playground, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: playground.run.step > 3)
    began_s = time.perf_counter()
    playground.window.close()
    assert time.perf_counter() - began_s < 0.5
    assert not playground.window.isVisible()


def test_keys_zoom_and_switch_the_theme(playground, qtbot):
    look = playground.appearance
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(qtbot, playground, Qt.Key.Key_Plus, ctrl)
    qtbot.waitUntil(lambda: look.scale.percent == 110)
    press(qtbot, playground, Qt.Key.Key_Minus, ctrl)
    press(qtbot, playground, Qt.Key.Key_Minus, ctrl)
    qtbot.waitUntil(lambda: look.scale.percent == 90)
    press(qtbot, playground, Qt.Key.Key_0, ctrl)
    qtbot.waitUntil(lambda: look.scale.percent == 100)
    press(qtbot, playground, Qt.Key.Key_D)
    assert look.theme.name == "dark"
    press(qtbot, playground, Qt.Key.Key_D)
    assert look.theme.name == "light"


def test_zoom_keys_pressed_in_a_row_restyle_once(playground, qtbot):
    look, seen = playground.appearance, []
    look.changed.connect(lambda: seen.append(look.scale.percent))
    for _ in range(4):
        press(qtbot, playground, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [ZOOM_STEPS[ZOOM_STEPS.index(100) + 4]]


def test_the_top_bar_fits_any_window_at_any_zoom(playground, qtbot):
    window, bar = playground.window, playground.window.topbar
    parts = (bar.train, bar.step, bar.reset, bar.new_seed, bar.pace, bar.progress)

    def fits():
        inner = bar.rect()
        rects = [part.geometry() for part in parts]
        apart = all(
            not a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :]
        )
        whole = all(p.width() >= p.minimumSizeHint().width() for p in parts[:5])
        return apart and whole and all(inner.contains(r) for r in rects)

    zooms = (ZOOM_STEPS[0], 100, ZOOM_STEPS[-1])
    for zoom, size in product(zooms, ((1024, 720), (1280, 720), (1920, 1080))):
        playground.appearance.set_scale(type(playground.appearance.scale)(zoom))
        window.resize(*size)
        qtbot.waitUntil(lambda wide=size[0]: fits() and window.width() == wide)


def test_everything_that_can_be_used_says_what_it_is(playground):
    nameless = [
        f"{type(w).__name__} {w.objectName()} in {type(w.parentWidget()).__name__}"
        for w in playground.window.findChildren(QWidget)
        if isinstance(w, INTERACTIVE)
        and not isinstance(w, QScrollBar)
        and not w.objectName().startswith("qt_")
        and not isinstance(w.parentWidget(), QTabBar)  # Qt's own, to scroll tabs
        and not (w.accessibleName() and w.toolTip())
    ]
    assert nameless == []


def test_every_shortcut_is_used_once_and_listed(playground):
    groups = playground.window.menus.shortcuts()
    assert [title for title, _ in groups] == [
        "File",
        "Edit",
        "Run",
        "Timeline",
        "View",
        "Help",
    ]
    keys = [k for _, rows in groups for _, words in rows for k in words.split(", ")]
    assert len(keys) == len(set(keys))
    assert {"Space", ".", "R", "N", "Return", "T", "V", "Ctrl+O", "F1"} <= set(keys)
    menus = playground.window.menus.findChildren(QMenu)
    assert max(menu.sizeHint().height() for menu in menus) < 680  # fits a low screen


def test_the_top_bar_keeps_its_height_from_the_first_paint_on(playground, qtbot):
    """Else all panels would move when the first run is there."""
    actions = playground.window.actions_of_run
    pace = playground.window._pace
    bar = TopBar(playground.run, playground.appearance, actions, pace)
    qtbot.addWidget(bar)
    bar.resize(1200, 60)
    with qtbot.waitExposed(bar):
        bar.show()
    before = bar.heightForWidth(1200), bar.train.height(), bar.pace.height()
    with qtbot.waitSignal(playground.run.state_changed):
        playground.run.step_once()
    QApplication.processEvents()
    assert (bar.heightForWidth(1200), bar.train.height(), bar.pace.height()) == before


def test_all_keys_are_seen_at_once_on_a_small_screen(playground, monkeypatch):
    class Screen:
        @staticmethod
        def availableSize():
            return QSize(1280, 720)

    monkeypatch.setattr(KeysWindow, "screen", lambda _: Screen)
    groups = playground.window.menus.shortcuts()
    for percent in (100, 125, 250):
        playground.appearance.set_scale(Scale(percent))
        window = KeysWindow(playground.window, playground.appearance, groups)
        window.show()
        window.layout().activate()
        assert window.width() <= 1280
        assert window.height() <= 720
        area = window.findChild(QScrollArea)
        assert area.horizontalScrollBar().maximum() == 0 or percent == 250
        if percent == 100:
            assert area.verticalScrollBar().maximum() == 0
            assert len(window.columns) == 3
        said = "".join(column.text() for column in window.columns)
        places = [said.index(f">{title}<") for title, _ in groups]
        assert places == sorted(places)
        assert all(escape(what) in said for _, rows in groups for what, _ in rows)
        window.close()


def test_help_opens_and_closes(playground, qtbot):
    def opened():
        return [w for w in playground.window.findChildren(QDialog) if w.isVisible()]

    press(qtbot, playground, Qt.Key.Key_F1)
    (dialog,) = opened()
    words = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Train, or pause" in words
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened())
    press(qtbot, playground, Qt.Key.Key_Question)
    (dialog,) = opened()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)  # what opens it closes it
    qtbot.waitUntil(lambda: not opened())


def test_a_fault_of_the_program_is_shown_in_the_window(playground, qtbot):
    playground.faults.reported.emit("A fault in the program: for this test")
    assert "for this test" in playground.window.notice.text


def test_a_run_that_fails_is_explained_and_the_next_one_works(playground, qtbot):
    run, window = playground.run, playground.window
    with qtbot.waitSignal(run.failed):
        run.start(RunConfig(dataset="/nowhere.txt"))
    assert "/nowhere.txt" in window.notice.text
    assert not window.topbar.train.isEnabled()
    with qtbot.waitSignal(run.prepared):
        run.start(LONG)
    assert window.notice.text == ""


def test_clicking_everything_in_odd_orders_breaks_nothing(playground, qtbot):
    run, bar = playground.run, playground.window.topbar
    begin_long(playground, qtbot)
    ticks = []
    timer = QTimer(playground.window, interval=10)
    timer.timeout.connect(lambda: ticks.append(run.step))
    timer.start()
    buttons = (bar.train, bar.step, bar.train, bar.reset, bar.train, bar.new_seed)
    for round_number in range(4):
        for button in buttons:
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            press(qtbot, playground, Qt.Key.Key_Return)
        reached = len(ticks) + 5
        qtbot.waitUntil(lambda r=reached: len(ticks) >= r)
        assert run.config.seed == 43 + round_number
    qtbot.waitUntil(lambda: run.state is not RunState.LOADING)
    bar.train.click()
    qtbot.waitUntil(lambda: run.step > 3)


def test_a_text_file_can_be_dropped_on_any_panel(playground, qtbot, tmp_path):
    window = playground.window
    for title in [panel.title for panel in PANELS]:
        poem = tmp_path / f"{title}.txt"
        poem.write_text("so much\ndepends\nupon\n", encoding="utf-8")
        place = panel(playground, title).mapTo(window, QPointF(20, 20))
        with qtbot.waitSignal(playground.run.prepared):
            drop(playground.app, window, poem, place)
        assert playground.run.info.title == poem.name


def test_keys_work_in_a_panel_that_floats(playground, qtbot):
    dock = playground.window.docks.docks[3]
    dock.setFloating(True)
    qtbot.waitUntil(dock.isVisible)
    qtbot.keyClick(dock, Qt.Key.Key_Space)
    wait_until_finished(qtbot, playground.run)
