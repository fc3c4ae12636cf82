"""Where the keyboard is: always where it can be seen, and given back afterwards."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QToolButton,
)

from microgpt_gui.gui.panels.attention.heads_view import HeadsView
from microgpt_gui.gui.theme.scale import Scale
from tests.gui.beside import look_of, subject_of

SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def panel(playground, title):
    return next(p for p in playground.window.docks.panels if p.title == title)


def dock(playground, title):
    docks = playground.window.docks.docks
    return next(d for d in docks if d.windowTitle() == title)


def press(playground, key, modifier=PLAIN):
    QTest.keyClick(QApplication.focusWidget() or playground.window, key, modifier)


def settle(qtbot, window):
    """Wait until the layout has stayed as it is for a while."""
    places = []

    def is_settled():
        kinds = QTabBar, QDockWidget, QMainWindow, QScrollArea, QScrollBar
        parts = [part for kind in kinds for part in window.findChildren(kind)]
        places.append([(part.mapTo(window, QPoint()), part.size()) for part in parts])
        return len(places) > 10 and all(now == places[-1] for now in places[-10:])

    qtbot.waitUntil(is_settled)


def walk(qtbot, window, key, modifier=PLAIN):
    """Return all that ``key`` reaches, until it comes round; each must be in sight."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if QApplication.mouseButtons():  # pressed since a test before: nothing scrolls then
        QTest.mouseRelease(window, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    stops = []
    while True:
        before = QApplication.focusWidget()
        QTest.keyClick(before or window, key, modifier)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        assert now is not None
        assert now.window() is window
        assert now.isVisible(), now.accessibleName()
        assert not now.visibleRegion().isEmpty(), now.accessibleName()
        if now in stops:
            return stops
        stops.append(now)


def titled(playground, title, text):
    """The button of that text in the panel's title bar."""
    buttons = dock(playground, title).titleBarWidget().findChildren(QToolButton)
    return next(button for button in buttons if button.text() == text)


def walk_both_ways(qtbot, window):
    forwards = walk(qtbot, window, Qt.Key.Key_Tab)
    backwards = walk(qtbot, window, Qt.Key.Key_Backtab, SHIFT)
    assert set(forwards) == set(backwards)
    return forwards


def test_tab_reaches_nothing_that_cannot_be_seen(playground, qtbot):
    window, docks = playground.window, playground.window.docks
    whole = len(walk_both_ways(qtbot, window))
    for title in ("Race", "Runs"):
        docks.bring_back(title)
    assert panel(playground, "Race").button in walk_both_ways(qtbot, window)
    docks.toggle_filling(dock(playground, "Weights"))
    qtbot.waitUntil(panel(playground, "Weights").isVisible)
    assert len(walk_both_ways(qtbot, window)) < whole / 2
    docks.leave_filling()
    dock(playground, "Sampling").hide()
    walk_both_ways(qtbot, window)
    # So little room that panels, and all of them together, scroll.
    docks.reset_layout()
    window.resize(660, 430)
    playground.appearance.set_scale(Scale(150))
    assert panel(playground, "Sampling").settings.prompt in walk_both_ways(
        qtbot, window
    )
    floating = dock(playground, "Attention")
    floating.setFloating(True)
    qtbot.waitUntil(floating.isVisible)
    walk_both_ways(qtbot, window)
    assert panel(playground, "Attention").text_box in walk_both_ways(qtbot, floating)


def test_the_focus_comes_back_when_a_panel_no_longer_fills_the_window(
    playground, qtbot
):
    window = playground.window
    rest = window.centralWidget()
    ctrl = Qt.KeyboardModifier.ControlModifier
    sampling = panel(playground, "Sampling").settings
    sampling.prompt.setFocus()
    press(playground, Qt.Key.Key_3, ctrl)
    assert QApplication.focusWidget() is rest
    press(playground, Qt.Key.Key_T)
    assert QApplication.focusWidget() is panel(playground, "Attention").text_box
    press(playground, Qt.Key.Key_Escape)  # out of the box
    press(playground, Qt.Key.Key_Escape)
    assert not window.docks.is_filled
    assert QApplication.focusWidget() is sampling.prompt
    # What is put behind a tab, or away, keeps no focus.
    panel(playground, "Attention").text_box.setFocus()
    dock(playground, "Weights").raise_()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is rest)
    dock(playground, "Attention").raise_()
    panel(playground, "Attention").text_box.setFocus()
    window.docks.bring_back("Race")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is rest)
    # A button that switches is followed by its like.
    switch = titled(playground, "Race", "Model")
    switch.setFocus(Qt.FocusReason.TabFocusReason)
    press(playground, Qt.Key.Key_Space)
    assert QApplication.focusWidget() is titled(playground, "Attention", "Experiments")
    sampling.prompt.setFocus()
    dock(playground, "Sampling").hide()
    assert QApplication.focusWidget() is rest


def test_boxes_give_the_keys_back(playground, qtbot):
    window, run = playground.window, playground.run
    rest = window.centralWidget()
    panels = [panel(playground, name) for name in ("Run", "Sampling", "Race")]
    boxes = [
        box
        for shown in panels
        for box in shown.findChildren(QAbstractSpinBox)
        + [b for b in shown.findChildren(QLineEdit) if b.objectName() == ""]
    ]
    boxes.append(panel(playground, "Attention").text_box)
    assert len(boxes) > 15
    for box in boxes:
        box_dock = next(d for d in window.docks.docks if d.isAncestorOf(box))
        window.docks.bring_back(box_dock.windowTitle())
        name, before = box.accessibleName(), box.text()
        box.setFocus()
        if isinstance(box, QAbstractSpinBox):
            box.selectAll()
            QTest.keyClick(box, Qt.Key.Key_Delete)
        else:
            QTest.keyClicks(box, "1")
        assert box.text() != before, name
        press(playground, Qt.Key.Key_Escape)
        assert box.text() == before, name
        press(playground, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is rest, name
    text_box = boxes[-1]
    press(playground, Qt.Key.Key_T)
    QTest.keyClicks(text_box, "neon")
    press(playground, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is rest
    assert subject_of(run).text == "neon"
    press(playground, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.step > 0)
    settings = panel(playground, "Sampling").settings
    for box, text in (
        (settings.prompt, "ne"),
        (settings.temperature.field, "0.7"),
        (settings.count, "7"),
    ):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)
        with qtbot.waitSignal(settings.sample_requested):
            press(playground, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is rest
    asked = settings.request()
    assert (asked.prompt, asked.temperature, asked.count) == ("ne", 0.7, 7)


def test_a_head_is_enlarged_by_keyboard_and_left_from_everywhere(playground, qtbot):
    window = playground.window
    heads = panel(playground, "Attention").findChild(HeadsView)
    qtbot.waitUntil(lambda: heads.look is not None)
    # By keyboard Enter is for the head with the ring; after a click it draws samples.
    panel(playground, "Attention").text_box.setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Return):
        press(playground, key)
    assert heads.enlarged == 1
    press(playground, Qt.Key.Key_Return)
    assert heads.enlarged is None
    window.centralWidget().setFocus()
    at = QPoint(*heads.arrangement.corner(0)) + QPoint(5, 5)
    qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heads.enlarged == 0
    assert heads.hasFocus()
    sampling = panel(playground, "Sampling")
    with qtbot.waitSignal(sampling.settings.sample_requested):
        press(playground, Qt.Key.Key_Return)
    assert heads.enlarged == 0
    panel(playground, "Attention").text_box.setText("neon")
    stops = walk(qtbot, window, Qt.Key.Key_Tab)
    assert panel(playground, "Attention").text_box in stops
    for stop in stops:
        heads.enlarge(1)
        stop.setFocus()
        press(playground, Qt.Key.Key_Escape)
        assert heads.enlarged is None, stop.accessibleName()
    # Also out of a panel that floats; and what is enlarged is left before the panel.
    floating = dock(playground, "Sampling")
    floating.setFloating(True)
    qtbot.waitUntil(floating.isVisible)
    floating.activateWindow()
    heads.enlarge(0)
    QTest.keyClick(panel(playground, "Sampling").settings.again, Qt.Key.Key_Escape)
    assert heads.enlarged is None
    window.activateWindow()
    window.docks.toggle_filling(dock(playground, "Attention"))
    heads.enlarge(0)
    press(playground, Qt.Key.Key_Escape)
    assert (heads.enlarged, window.docks.is_filled) == (None, True)
    press(playground, Qt.Key.Key_Escape)
    assert not window.docks.is_filled


def pixels(widget):
    """Return the surroundings of a widget as luminance (WCAG), [y][x]."""
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    image = window.grab(place & window.rect()).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = image.height(), image.bytesPerLine() // 4, 4
    bgr = np.frombuffer(image.constBits(), np.uint8).reshape(shape)[:, :, :3] / 255
    linear = np.where(bgr <= 0.04045, bgr / 12.92, ((bgr + 0.055) / 1.055) ** 2.4)
    return linear @ (0.0722, 0.7152, 0.2126)


def test_what_has_the_focus_can_be_seen(playground, qtbot):
    window, run = playground.window, playground.run
    run.train()
    qtbot.waitUntil(lambda: run.step == 60 and look_of(run) is not None)
    dock(playground, "Race").raise_()
    settings = panel(playground, "Run")
    changed = settings.findChildren(QAbstractSpinBox)[0]
    changed.stepUp()
    stops = {
        (type(w), w.property("kind"), w.property("state"), w.objectName()): w
        for w in walk(qtbot, window, Qt.Key.Key_Tab)
    }
    assert len(stops) > 15
    for mode in ("light", "dark"):
        playground.appearance.set_mode(mode)
        for kind, stop in stops.items():
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            assert stop.hasFocus(), (mode, kind)
            ringed = pixels(stop)
            window.centralWidget().setFocus()
            plain = pixels(stop)
            light, dark = np.maximum(ringed, plain), np.minimum(ringed, plain)
            ratio = (light + 0.05) / (dark + 0.05)
            # WCAG 2.4.13: as a line around it, and told from before by 3 to 1.
            assert (ratio >= 3).sum() >= 40, (mode, kind)


def test_a_button_that_goes_gives_the_keys_back(playground, qtbot):
    window, run = playground.window, playground.run
    rest = window.centralWidget()
    step = window.topbar.step
    step.setFocus()
    step.setEnabled(False)  # Space would press Reset
    assert QApplication.focusWidget() is rest
    bar = window.divergence_bar
    bar.setVisible(True)
    button = bar.findChild(QAbstractButton)
    button.setEnabled(True)
    button.setFocus()
    assert QApplication.focusWidget() is button
    bar.setVisible(False)
    assert QApplication.focusWidget() is rest
    press(playground, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.step > 0)
    run.pause()


def test_keys_that_mean_nothing_are_left_to_others(playground, qtbot):
    stops = walk(qtbot, playground.window, Qt.Key.Key_Tab)
    for stop in stops:
        for key in (Qt.Key.Key_F7, Qt.Key.Key_Escape):
            stop.setFocus()
            event = QKeyEvent(QKeyEvent.Type.KeyPress, key, PLAIN)
            QApplication.sendEvent(stop, event)
            typed_in = isinstance(stop, QLineEdit | QAbstractSpinBox)
            assert not event.isAccepted() or (typed_in and key == Qt.Key.Key_Escape), (
                stop.accessibleName()
            )


@pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
def test_enter_in_a_closed_list_of_settings_opens_or_confirms_it(playground, qtbot):
    settings, run = panel(playground, "Run"), playground.run
    boxes = settings.findChildren(QComboBox)
    preset = next(b for b in boxes if b.accessibleName() == "Preset")
    engine = next(b for b in boxes if b.accessibleName() == "Engine")
    preset.setFocus()
    press(playground, Qt.Key.Key_Return)
    qtbot.waitUntil(preset.view().isVisible)
    preset.hidePopup()
    engine.setFocus()
    press(playground, Qt.Key.Key_Down)
    with qtbot.waitSignal(run.prepared):
        press(playground, Qt.Key.Key_Return)
    assert run.config.engine == engine.currentData()


def test_the_key_for_a_text_brings_a_box_that_can_be_typed_into(playground):
    attention = panel(playground, "Attention")
    for others in (Qt.Key.Key_5, Qt.Key.Key_2):  # Weights, Loss
        press(playground, others, Qt.KeyboardModifier.ControlModifier)
        assert not attention.isVisible()
        press(playground, Qt.Key.Key_T)
        assert QApplication.focusWidget() is attention.text_box
        assert not attention.text_box.visibleRegion().isEmpty()
        press(playground, Qt.Key.Key_Escape)
    docks = playground.window.docks
    docks.docks[docks.panels.index(attention)].close()
    tokens = panel(playground, "Tokens")
    docks.docks[docks.panels.index(tokens)].close()
    press(playground, Qt.Key.Key_T)
    assert not attention.text_box.visibleRegion().isEmpty()
