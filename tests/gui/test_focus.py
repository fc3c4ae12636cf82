"""Where the keyboard is: always where it can be seen, and given back afterwards."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit

from microgpt_gui.gui.panels.attention.heat_map import HeatMap
from microgpt_gui.gui.theme.scale import Scale

SHIFT, PLAIN = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def panel(playground, title):
    return next(p for p in playground.window.docks.panels if p.title == title)


def dock(playground, title):
    docks = playground.window.docks.docks
    return next(d for d in docks if d.windowTitle() == title)


def press(playground, key, modifier=PLAIN):
    QTest.keyClick(QApplication.focusWidget() or playground.window, key, modifier)


def walk(window, key, modifier=PLAIN):
    """Return all that ``key`` reaches, until it comes round; each must be in sight."""
    window.activateWindow()
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


def walk_both_ways(window):
    forwards = walk(window, Qt.Key.Key_Tab)
    backwards = walk(window, Qt.Key.Key_Backtab, SHIFT)
    assert set(forwards) == set(backwards)
    return forwards


def test_tab_reaches_nothing_that_cannot_be_seen(playground, qtbot):
    window, docks = playground.window, playground.window.docks
    whole = len(walk_both_ways(window))
    for title in ("Race", "Runs"):
        dock(playground, title).raise_()
    assert panel(playground, "Race").button in walk_both_ways(window)
    docks.toggle_filling(dock(playground, "Weights"))
    qtbot.waitUntil(panel(playground, "Weights").isVisible)
    assert len(walk_both_ways(window)) < whole / 2
    docks.leave_filling()
    dock(playground, "Sampling").hide()
    walk_both_ways(window)
    # So little room that panels, and all of them together, scroll.
    docks.reset_layout()
    window.resize(660, 430)
    playground.appearance.set_scale(Scale(150))
    assert panel(playground, "Sampling").settings.prompt in walk_both_ways(window)
    floating = dock(playground, "Attention")
    floating.setFloating(True)
    qtbot.waitUntil(floating.isVisible)
    walk_both_ways(window)
    assert panel(playground, "Attention").text_box in walk_both_ways(floating)


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
    dock(playground, "Race").raise_()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is rest)
    sampling.prompt.setFocus()
    dock(playground, "Sampling").hide()
    assert QApplication.focusWidget() is rest


def test_boxes_give_the_keys_back(playground, qtbot):
    window, run = playground.window, playground.run
    rest = window.centralWidget()
    dock(playground, "Race").raise_()
    panels = [panel(playground, name) for name in ("Run", "Sampling", "Race")]
    boxes = [
        box
        for shown in panels
        for box in shown.findChildren(QAbstractSpinBox)
        + [b for b in shown.findChildren(QLineEdit) if b.objectName() == ""]
    ]
    dock(playground, "Attention").raise_()
    boxes.append(panel(playground, "Attention").text_box)
    assert len(boxes) > 15
    for box in boxes:
        box_dock = next(d for d in window.docks.docks if d.isAncestorOf(box))
        box_dock.raise_()
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
    assert run.watched_text == "neon"
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


def test_escape_leaves_an_enlarged_head_from_everywhere(playground, qtbot):
    window = playground.window
    heads = panel(playground, "Attention").findChild(HeatMap)
    qtbot.waitUntil(lambda: heads.look is not None)
    panel(playground, "Attention").text_box.setText("neon")
    stops = walk(window, Qt.Key.Key_Tab)
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
