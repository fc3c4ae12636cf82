"""Layouts: where the panels stand in each, switched, folded, remembered."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QToolButton

from microgpt_gui.gui.panels import PANELS
from microgpt_gui.gui.window import panel_set
from microgpt_gui.gui.window.arranging import lay_out
from microgpt_gui.gui.window.dock_host import LAYOUT_VERSION, Arrangement
from microgpt_gui.gui.window.layouts import (
    DESK,
    LAYOUTS,
    LOOK,
    MOST_TABS,
)
from microgpt_gui.gui.window.preferences import Preferences
from tests.conftest import put_away
from tests.gui.test_docks import geometries, press, wait_for_the_layout

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_has_a_place_for_every_panel_and_few_tabs_in_a_row(layout):
    titles = [panel.title for panel in PANELS]
    assert sorted(layout.titles) == sorted(titles)
    stacks = [stack for column in layout.columns for stack in column.stacks]
    groups = [group for stack in stacks for group in (stack.tabs, stack.others)]
    assert max(map(len, groups)) <= MOST_TABS
    assert sum(column.width is None for column in layout.columns) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        layout.columns = ()


def seen(playground):
    """The panels that can be seen."""
    docks = playground.window.docks.docks
    return {dock.windowTitle() for dock in docks if dock.is_content_seen}


def dock(playground, title):
    docks = playground.window.docks.docks
    return next(dock for dock in docks if dock.windowTitle() == title)


def test_what_nobody_has_seen_is_built_when_it_is_needed(
    playground, qtbot, monkeypatch
):
    docks, run = playground.window.docks, playground.run
    with qtbot.waitSignal(run.prepared):
        run.start(dataclasses.replace(run.config, steps=1_000_000))
    built = {panel.title for panel in docks.panels.standing}
    assert built == {"Run", "Runs", "Loss", "Attention", "Sampling"}
    run.train()
    monkeypatch.setattr(panel_set, "REST_MS", 20)
    monkeypatch.setattr(panel_set, "APART_MS", 20)
    bar = next(b for b in docks.findChildren(QTabBar) if b.tabText(0) == "Next letter")
    weights = DESK.groups[0].index("Weights")
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(weights).center())
    qtbot.waitUntil(lambda: "Weights" in seen(playground))
    content = dock(playground, "Weights").content
    qtbot.waitUntil(lambda: content.drawn is not None)
    # While it trains, no other comes: each would make the window late.
    docks.panels.build_in_time()
    steps = run.step
    qtbot.waitUntil(lambda: run.step > steps + 200)
    assert len(docks.panels.standing) == 6
    # The others come while the person looks at these.
    run.pause()
    qtbot.waitUntil(lambda: len(docks.panels.standing) == len(PANELS))
    assert [panel.title for panel in docks.panels] == [e.title for e in PANELS]
    assert seen(playground) == DESK_SHOWS - {"Attention"} | {"Weights"}


def tabs_seen(docks):
    """What the tabs in each row say; Qt puts rows without use off the screen."""
    bars = [b for b in docks.findChildren(QTabBar) if b.isVisible()]
    bars = [b for b in bars if b.geometry().intersects(docks.rect())]
    return [tuple(bar.tabText(i) for i in range(bar.count())) for bar in bars]


def look(qtbot, playground):
    press(qtbot, playground, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: seen(playground) == {"Attention"})
    wait_for_the_layout(playground.window.docks, qtbot)


DESK_SHOWS = {"Run", "Loss", "Attention", "Sampling"}


def test_one_key_shows_one_view_large_below_its_text_and_brings_all_back(
    playground, qtbot
):
    window = playground.window
    wait_for_the_layout(window.docks, qtbot)
    before = geometries(window.docks)
    look(qtbot, playground)
    attention = dock(playground, "Attention")
    assert attention.width() > 0.9 * window.width()
    assert attention.height() > 0.6 * window.height()
    assert tabs_seen(window.docks) == [LOOK.groups[0]]

    press(qtbot, playground, Qt.Key.Key_T)
    box = playground.app.focusWidget()
    assert window.text_bar.isAncestorOf(box)
    qtbot.keyClicks(box, "he")
    qtbot.waitUntil(lambda: "your text" in attention.content.subject)
    qtbot.keyClicks(box, "1")
    qtbot.waitUntil(lambda: "1" in window.text_bar.problem)
    assert not attention.content.problem  # said once, beside the box
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not window.text_bar.problem)
    qtbot.keyClick(box, Qt.Key.Key_Return)

    views = LOOK.groups[0]
    at = views.index("Attention") + 1
    for view in views[at:] + views[:at]:
        press(qtbot, playground, Qt.Key.Key_PageDown, CTRL)
        qtbot.waitUntil(lambda v=view: seen(playground) == {v})
        assert dock(playground, view).width() > 0.9 * window.width()
    press(qtbot, playground, Qt.Key.Key_PageUp, CTRL)
    assert seen(playground) == {views[at - 2]}
    press(qtbot, playground, Qt.Key.Key_PageDown, CTRL)
    qtbot.waitUntil(lambda: seen(playground) == {"Attention"})

    press(qtbot, playground, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: geometries(window.docks) == before)
    assert attention.content.text_box.text() == "he"
    assert attention.content.text_box.isVisible()
    assert not window.text_bar.isVisible()


def test_the_view_that_is_looked_at_stays_in_front_in_another_layout(playground, qtbot):
    docks = playground.window.docks
    for title in ("Embeddings", "Tokens", "Attention"):
        docks.bring_back(title)
        qtbot.waitUntil(lambda t=title: t in seen(playground))
        press(qtbot, playground, Qt.Key.Key_O)
        qtbot.waitUntil(lambda t=title: seen(playground) == {t})
        press(qtbot, playground, Qt.Key.Key_O)
        qtbot.waitUntil(
            lambda t=title: seen(playground) == DESK_SHOWS - {"Attention"} | {t}
        )


def test_each_layout_keeps_what_the_person_has_made_of_it(playground, qtbot):
    window = playground.window
    dock(playground, "Loss").close()
    look(qtbot, playground)
    dock(playground, "Tokens").close()
    dock(playground, "Weights").setFloating(True)
    press(qtbot, playground, Qt.Key.Key_O)
    qtbot.waitUntil(lambda: seen(playground) == DESK_SHOWS - {"Loss"})
    assert not dock(playground, "Weights").isFloating()
    press(qtbot, playground, Qt.Key.Key_3, CTRL)  # another layout ends filling
    press(qtbot, playground, Qt.Key.Key_O)
    assert dock(playground, "Weights").isFloating()
    window.close()

    from microgpt_gui.app import Playground

    again = Playground(Preferences.read())
    try:
        with qtbot.waitExposed(again.window):
            again.window.show()
        assert again.window.docks.shown is LOOK
        qtbot.waitUntil(lambda: seen(again) == {"Attention", "Weights"})
        assert dock(again, "Weights").isFloating()
        assert dock(again, "Tokens").isHidden()
        assert again.window.fold_strip.isVisible()
        again.window.docks.reset_layout()
        qtbot.waitUntil(lambda: seen(again) == {"Attention"})
        again.window.activateWindow()  # that floated had the keys
        qtbot.waitUntil(again.window.isActiveWindow)
        press(qtbot, again, Qt.Key.Key_O)
        qtbot.waitUntil(lambda: seen(again) == DESK_SHOWS - {"Loss"})
        assert not again.window.fold_strip.isVisible()
    finally:
        put_away(again)


def test_one_key_shows_the_other_group_of_views_and_brings_the_first_back(
    playground, qtbot
):
    window, docks = playground.window, playground.window.docks
    wait_for_the_layout(docks, qtbot)
    before = geometries(docks)
    model, experiments = DESK.groups
    dock(playground, "Weights").raise_()
    press(qtbot, playground, Qt.Key.Key_G)
    qtbot.waitUntil(
        lambda: seen(playground) == DESK_SHOWS - {"Attention"} | {experiments[0]}
    )
    wait_for_the_layout(docks, qtbot)
    assert dict(geometries(docks))[experiments[0]] == dict(before)["Attention"]
    assert set(tabs_seen(docks)) == {("Run", "Runs"), experiments}
    press(qtbot, playground, Qt.Key.Key_PageDown, CTRL)  # only among these
    qtbot.waitUntil(lambda: experiments[1] in seen(playground))

    press(qtbot, playground, Qt.Key.Key_4, CTRL)  # one view fills: no place to switch
    press(qtbot, playground, Qt.Key.Key_G)
    assert seen(playground) == {"Sampling"}
    press(qtbot, playground, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: experiments[1] in seen(playground))

    header = dock(playground, experiments[1]).titleBarWidget()
    button = next(b for b in header.findChildren(QToolButton) if b.text() == "Model")
    assert all(title in button.toolTip() for title in model)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Weights" in seen(playground))  # as it was left
    dock(playground, "Attention").raise_()
    qtbot.waitUntil(lambda: geometries(docks) == before)

    dock(playground, "Weights").setFloating(True)
    docks.groups.action.trigger()
    assert dock(playground, "Weights").isVisible()  # it floats where it is
    dock(playground, "Weights").setFloating(False)
    assert dock(playground, "Weights").isVisible()
    docks.groups.action.trigger()
    dock(playground, "Tokens").toggleViewAction().trigger()  # View > Panels > Tokens
    qtbot.waitUntil(lambda: "Tokens" in seen(playground))
    assert not any(dock(playground, title).isVisible() for title in model)
    press(qtbot, playground, Qt.Key.Key_3, CTRL)  # of the group that is behind
    qtbot.waitUntil(lambda: seen(playground) == {"Attention"})
    window.close()
    from microgpt_gui.app import Playground

    again = Playground(Preferences.read())
    try:
        with qtbot.waitExposed(again.window):
            again.window.show()
        qtbot.waitUntil(lambda: "Tokens" in seen(again))
        assert not any(dock(again, title).isVisible() for title in model)
        press(qtbot, again, Qt.Key.Key_G)
        qtbot.waitUntil(lambda: any(dock(again, t).isVisible() for t in model))
    finally:
        put_away(again)


def test_settings_fold_into_a_strip_and_come_back(playground, qtbot):
    window, docks = playground.window, playground.window.docks
    wait_for_the_layout(docks, qtbot)
    before = geometries(docks)
    widths = {title: dock(playground, title).width() for title in DESK_SHOWS}
    press(qtbot, playground, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: seen(playground) == DESK_SHOWS - {"Run"})
    assert window.fold_strip.width() < 50
    qtbot.waitUntil(
        lambda: dock(playground, "Loss").width() > widths["Loss"] + widths["Run"] - 50
    )
    assert abs(dock(playground, "Sampling").width() - widths["Sampling"]) < 5

    press(qtbot, playground, Qt.Key.Key_2, CTRL)  # fills, and leaves
    assert not window.fold_strip.isVisible()
    press(qtbot, playground, Qt.Key.Key_S)  # nothing is there to fold
    press(qtbot, playground, Qt.Key.Key_Escape)
    assert seen(playground) == DESK_SHOWS - {"Run"}
    assert window.fold_strip.isVisible()

    names = window.fold_strip.findChildren(QToolButton)
    runs = next(button for button in names if button.accessibleName() == "Runs")
    qtbot.mouseClick(runs, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seen(playground) == DESK_SHOWS - {"Run"} | {"Runs"})
    dock(playground, "Run").raise_()
    qtbot.waitUntil(lambda: geometries(docks) == before)

    titles = dock(playground, "Run").titleBarWidget().findChildren(QToolButton)
    fold = next(b for b in titles if b.accessibleName() == "Fold the settings")
    qtbot.mouseClick(fold, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Run" not in seen(playground))
    dock(playground, "Run").toggleViewAction().trigger()  # View > Panels > Run
    qtbot.waitUntil(lambda: geometries(docks) == before)
    assert not window.fold_strip.isVisible()

    dock(playground, "Runs").close()  # what was closed comes back by the strip, too
    press(qtbot, playground, Qt.Key.Key_S)
    qtbot.mouseClick(runs, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Runs" in seen(playground))
    assert dock(playground, "Run").isVisible()
    assert not window.fold_strip.isVisible()


def test_settings_that_were_folded_are_so_at_the_next_start(playground, qtbot):
    press(qtbot, playground, Qt.Key.Key_S)
    playground.window.close()

    from microgpt_gui.app import Playground

    again = Playground(Preferences.read())
    try:
        with qtbot.waitExposed(again.window):
            again.window.show()
        assert seen(again) == DESK_SHOWS - {"Run"}
        again.window.resize(1400, 800)
        qtbot.waitUntil(lambda: dock(again, "Loss").width() > 1400 - 308 - 90)
        again.window.docks.reset_layout()
        assert seen(again) == DESK_SHOWS
    finally:
        put_away(again)


def test_a_window_that_opens_large_shares_its_room_as_the_layout_says(
    playground, preferences, qtbot
):
    playground.window.close()

    from microgpt_gui.app import Playground

    again = Playground(Preferences(zoom=150, asks_before_closing=False))
    try:
        again.window.resize(1280, 720)
        with qtbot.waitExposed(again.window):
            again.window.show()
        docks = again.window.docks
        wait_for_the_layout(docks, qtbot)
        opened = geometries(docks)
        again.window.docks.reset_layout()
        wait_for_the_layout(docks, qtbot)
        assert geometries(docks) == opened
    finally:
        put_away(again)


def test_a_layout_saved_before_there_was_a_panel_shows_it_as_a_tab(playground, qtbot):
    """Sampling is new here; the desk, where it stands alone, is shown before."""
    docks = playground.window.docks
    old = dataclasses.replace(LOOK, columns=without("Sampling", LOOK.columns))
    window = QMainWindow()  # of a program that has no Sampling
    qtbot.addWidget(window)
    named = {title: QDockWidget(title) for title in old.titles}
    for title, empty in named.items():
        empty.setObjectName(dock(playground, title).objectName())
    lay_out(window, named, old)
    state = bytes(window.saveState(LAYOUT_VERSION).data())
    docks.restore(DESK, {LOOK.name: Arrangement(state, is_folded=False)})
    press(qtbot, playground, Qt.Key.Key_O)
    wait_for_the_layout(docks, qtbot)
    assert seen(playground) == {"Run", "Attention"}
    press(qtbot, playground, Qt.Key.Key_G)
    behind = {
        d.windowTitle() for d in docks.tabifiedDockWidgets(dock(playground, "Sampling"))
    }
    assert behind == {*LOOK.groups[1]} - {"Sampling"}


def without(title, columns):
    return tuple(
        dataclasses.replace(
            column,
            stacks=tuple(
                dataclasses.replace(s, tabs=tuple(t for t in s.tabs if t != title))
                for s in column.stacks
            ),
        )
        for column in columns
    )
