"""Where the panels stand: docks that fill, float, close, lie behind tabs, return."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton

from microgpt_gui.gui.widgets.beside import beside
from microgpt_gui.gui.window.layouts import DESK
from microgpt_gui.gui.window.preferences import Preferences
from tests.conftest import put_away


def press(qtbot, playground, key, modifier=Qt.KeyboardModifier.NoModifier):
    target = playground.app.focusWidget() or playground.window
    qtbot.keyClick(target, key, modifier)


def geometries(docks):
    """Of the docks that are to be seen: not of those behind another tab."""
    return [(d.windowTitle(), d.geometry()) for d in docks.docks if d.is_content_seen]


def wait_for_the_layout(docks, qtbot):
    seen = []

    def stands_still():
        seen.append(geometries(docks))
        return len(seen) > 4 and all(before == seen[-1] for before in seen[-4:])

    qtbot.waitUntil(stands_still)


def standing(docks):
    """The docks that a layout shows: all but those of the group that is behind."""
    return [dock for dock in docks.docks if dock not in docks.groups.aside]


def test_a_panel_fills_the_window_and_comes_back(playground, qtbot):
    docks = playground.window.docks
    wait_for_the_layout(docks, qtbot)
    for number, dock in enumerate(docks.docks[:7], start=1):  # later ones have none
        before = geometries(docks)
        ctrl = Qt.KeyboardModifier.ControlModifier
        press(qtbot, playground, Qt.Key(Qt.Key.Key_0 + number), ctrl)
        assert [d for d in docks.docks if d.isVisible()] == [dock]
        press(qtbot, playground, Qt.Key.Key_Escape)
        assert [d for d in docks.docks if d.isVisible()] == standing(docks)
        qtbot.waitUntil(lambda b=before: geometries(docks) == b)


def test_one_filling_panel_follows_another(playground, qtbot):
    docks = playground.window.docks
    ctrl = Qt.KeyboardModifier.ControlModifier
    press(qtbot, playground, Qt.Key.Key_2, ctrl)
    press(qtbot, playground, Qt.Key.Key_3, ctrl)
    assert [d for d in docks.docks if d.isVisible()] == [docks.docks[2]]
    press(qtbot, playground, Qt.Key.Key_3, ctrl)
    assert [d for d in docks.docks if d.isVisible()] == standing(docks)


def test_a_double_click_on_a_title_fills_the_window(playground, qtbot):
    dock = playground.window.docks.docks[1]
    qtbot.mouseDClick(dock.titleBarWidget(), Qt.MouseButton.LeftButton)
    assert [d for d in playground.window.docks.docks if d.isVisible()] == [dock]


def test_a_closed_or_floating_panel_returns_with_the_layout(playground, qtbot):
    docks = playground.window.docks
    docks.docks[0].close()
    docks.docks[1].setFloating(True)
    docks.toggle_filling(docks.docks[1])
    assert not docks.docks[1].isFloating()
    docks.go_back()  # to where it was
    assert docks.docks[1].isFloating()
    docks.reset_layout()
    assert [d for d in docks.docks if d.isVisible()] == standing(docks)
    assert not any(d.isFloating() for d in docks.docks)


def test_the_window_is_remembered_while_it_is_open(playground, qtbot):
    window = playground.window
    window.remembering.start(every_ms=50)
    window.resize(790, 510)
    playground.appearance.set_mode("dark")
    window.docks.docks[3].hide()

    def is_remembered():
        stored = Preferences.read()
        now = bytes(window.docks.save().toHex().data()).decode()
        return stored.mode == "dark" and stored.layout == now != ""

    qtbot.waitUntil(is_remembered)
    window.files.recent.note(Preferences.path())  # beside it, nothing is lost
    playground.appearance.set_mode("light")
    qtbot.waitUntil(lambda: Preferences.read().mode == "light")
    assert Preferences.read().recent == [str(Preferences.path())]


def test_the_window_is_remembered(playground, qtbot):
    playground.window.docks.docks[3].hide()
    playground.window.resize(780, 500)
    playground.appearance.set_mode("dark")
    playground.window.close()
    remembered = Preferences.read()
    assert remembered.mode == "dark"

    from microgpt_gui.app import Playground

    again = Playground(remembered)
    try:
        with qtbot.waitExposed(again.window):
            again.window.show()
        assert again.appearance.theme.name == "dark"
        assert not again.window.docks.docks[3].isVisible()
        assert again.window.size().width() == 780
    finally:
        put_away(again)


def test_a_tab_is_chosen_by_a_click_and_what_is_behind_it_is_not_drawn(
    playground, qtbot
):
    docks = playground.window.docks
    attention, weights = docks.docks[2], docks.docks[4]
    assert (attention.content.isVisible(), weights.content.isVisible()) == (True, False)
    bars = [b for b in docks.findChildren(QTabBar) if b.isVisible()]
    tabs = {tuple(b.tabText(i) for i in range(b.count())): b for b in bars}
    views = DESK.groups[0]
    assert set(tabs) == {("Run", "Runs"), views}
    bar = tabs[views]
    assert bar.tabText(bar.currentIndex()) == "Attention"
    middle = bar.tabRect(views.index("Weights")).center()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle)
    assert (attention.content.isVisible(), weights.content.isVisible()) == (False, True)
    docks.reset_layout()
    assert (attention.content.isVisible(), weights.content.isVisible()) == (True, False)


def test_a_panel_that_is_called_back_is_in_front(playground, qtbot):
    attention = playground.window.docks.docks[2]
    shown = attention.toggleViewAction()
    shown.trigger()
    assert not attention.isVisible()
    shown.trigger()
    qtbot.waitUntil(attention.content.isVisible)
    buttons = attention.titleBarWidget().findChildren(QToolButton)
    button = next(b for b in buttons if "second screen" in b.toolTip())
    button.setFocus(Qt.FocusReason.TabFocusReason)
    for window in (attention, playground.window):
        press(qtbot, playground, Qt.Key.Key_Space)
        qtbot.waitUntil(window.isActiveWindow)
        assert attention.isFloating() is (window is attention)
        qtbot.waitUntil(attention.content.isVisible)
        assert playground.app.focusWidget() is button


def floating_button(dock):
    buttons = dock.titleBarWidget().findChildren(QToolButton)
    return next(b for b in buttons if "second screen" in b.toolTip())


def test_what_floats_comes_up_beside_what_took_its_place(playground, qtbot):
    docks = playground.window.docks
    for number in (0, 2, 6):  # Run and Attention among tabs, Sampling alone
        dock = docks.docks[number]
        place = QRect(dock.mapToGlobal(QPoint()), dock.size())
        dock.titleBarWidget().setFocus()
        floating_button(dock).click()
        qtbot.waitUntil(dock.isActiveWindow)
        assert dock.windowHandle().transientParent() is playground.window.windowHandle()
        assert dock.windowType() is Qt.WindowType.Tool  # not in the task bar
        shown = dock.screen().availableGeometry()
        assert shown.contains(dock.geometry())
        covered = dock.geometry() & place
        assert (
            covered.width() * covered.height() < 0.35 * place.width() * place.height()
        )
        edge = dock.grab().toImage()
        assert edge.pixelColor(0, 60).name() == playground.appearance.theme.muted
        qtbot.mouseDClick(dock.titleBarWidget(), Qt.MouseButton.LeftButton)
        assert not dock.isFloating()
        qtbot.waitUntil(dock.content.isVisible)


def test_what_floats_goes_with_the_window_and_comes_back_where_it_was(
    playground, qtbot
):
    window, dock = playground.window, playground.window.docks.docks[1]
    floating_button(dock).click()
    dock.setGeometry(30, 40, 500, 300)
    qtbot.waitUntil(dock.isActiveWindow)
    window.hide()
    assert not dock.isVisible()
    window.show()
    qtbot.waitUntil(dock.isVisible)
    QApplication.sendEvent(dock.windowHandle(), QCloseEvent())  # as the system does
    qtbot.waitUntil(lambda: not dock.isFloating())
    assert dock.isVisible()
    floating_button(dock).click()
    assert dock.geometry().getRect() == (30, 40, 500, 300)
    dock.close()  # from the menu View, it is closed
    assert not dock.isVisible()
    assert dock.isFloating()


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ((300, 100, 400, 300), (900, 100, 400, 300)),  # beside the window
        ((100, 100, 400, 300), (900, 100, 400, 300)),
        (
            (0, 0, 1500, 700),
            (0, 200, 1500, 700),
        ),  # there is no room: as little as can be
        ((2000, 900, 90, 90), (1410, 810, 90, 90)),  # nothing is off the screen
    ],
)
def test_beside(place, wanted):
    window, screen = QRect(100, 50, 800, 600), QRect(0, 0, 1500, 900)
    found = beside(QSize(*place[2:]), QRect(*place), window, screen)
    assert found.getRect() == wanted
