"""Edit > Copy: the figure or the table of the panel that the person is in."""

from __future__ import annotations

import csv
import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from microgpt_gui.gui.jobs.race import RaceState
from microgpt_gui.gui.panels.loss import LossPanel
from microgpt_gui.gui.panels.race import RacePanel
from microgpt_gui.gui.panels.runs import RunsPanel
from microgpt_gui.gui.panels.sampling import SamplingPanel
from microgpt_gui.gui.panels.weights import WeightsPanel
from microgpt_gui.gui.theme.roles import DARK, LIGHT
from microgpt_gui.session.sample_batch import SampleRequest
from tests.gui.beside import draws_of, shelf_of
from tests.gui.exporting import attention_of, entry, export, wait_for_word

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def panel_of(playground, kind):
    return next(p for p in playground.window.docks.panels if isinstance(p, kind))


def go_to(playground, qtbot, panel):
    """Bring ``panel`` to the front, and click beside all that it has."""
    docks = playground.window.docks
    docks.bring_forward(panel)
    qtbot.waitUntil(panel.isVisible)
    dock = docks.docks[docks.panels.index(panel)]
    qtbot.mouseClick(dock.titleBarWidget(), LEFT, pos=QPoint(6, 6))


def copy(playground, qtbot, by=None):
    """Copy by key, or by the menu's ``by``; return what the clipboard has."""
    QGuiApplication.clipboard().clear()
    playground.window.notice.dismiss()
    if by is None:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_C, CTRL)
    else:
        by.trigger()
    wait_for_word(playground, qtbot, "Copied")
    return QGuiApplication.clipboard().mimeData()


def rows_of(data):
    return list(csv.reader(data.text().splitlines(), delimiter="\t"))


def test_a_figure_is_copied_as_its_export_has_it(trained, qtbot, tmp_path):
    trained.appearance.set_mode("dark")
    go_to(trained, qtbot, panel_of(trained, LossPanel))
    data = copy(trained, qtbot)
    image = data.imageData()
    said = trained.window.notice.text
    assert said == "Copied the loss as a picture, 1,920 × 1,080 pixels"
    assert image.pixelColor(2, 2).name() == LIGHT.surface  # as on paper
    svg = export(trained, qtbot, tmp_path, "Loss", "SVG…").read_bytes()
    png = export(trained, qtbot, tmp_path, "Loss", "PNG…").read_bytes()
    assert data.data("image/svg+xml").data() == svg
    assert data.data("image/png").data() == png
    entry(trained, "Ground of pictures", "Dark").trigger()
    image = copy(trained, qtbot).imageData()
    assert image.pixelColor(2, 2).name() == DARK.surface
    numbers = copy(trained, qtbot, trained.window.menus.edit.copying.copy_table)
    table = export(trained, qtbot, tmp_path, "Loss", "CSV…")
    with table.open(encoding="utf-8", newline="") as file:
        assert rows_of(numbers) == list(csv.reader(file))
    assert not numbers.hasImage()


def test_attention_and_weights_are_copied_as_they_are_enlarged(trained, qtbot):
    table = trained.window.menus.edit.copying.copy_table
    attention = attention_of(trained)
    attention.heat_map.setFocus()
    assert b"Attention of head" not in copy(trained, qtbot).data("image/svg+xml").data()
    attention.heat_map.enlarge(1)
    assert b"Attention of head 2" in copy(trained, qtbot).data("image/svg+xml").data()
    assert {row[1] for row in rows_of(copy(trained, qtbot, table))[1:]} == {"2"}
    weights = panel_of(trained, WeightsPanel)
    go_to(trained, qtbot, weights)
    qtbot.waitUntil(lambda: bool(weights.weights_map.matrices))
    data = copy(trained, qtbot)
    svg = data.data("image/svg+xml").data().decode()
    for matrix in weights.weights_map.matrices:
        assert f">{matrix.name}<" in svg
    assert data.imageData().width() >= 920
    rows = rows_of(copy(trained, qtbot, table))[1:]
    assert [float(row[3]) for row in rows] == [
        number for matrix in weights.weights_map.matrices for number in matrix.numbers
    ]
    weights.weights_map.enlarge(1)
    name = weights.weights_map.matrices[1].name
    assert {row[0] for row in rows_of(copy(trained, qtbot, table))[1:]} == {name}
    weights.weights_map.enlarge(0)
    svg = copy(trained, qtbot).data("image/svg+xml").data().decode()
    for letter in (*trained.run.info.chars, "BOS"):
        assert f">{letter}</text>" in svg


def test_samples_runs_and_a_race_are_copied_as_tables(trained, qtbot):
    sampling = panel_of(trained, SamplingPanel)
    draws_of(trained.run).sample(SampleRequest(count=3))
    qtbot.waitUntil(lambda: sampling.table.samples.rowCount() == 3)
    qtbot.waitUntil(lambda: sampling.table.samples.batch.is_complete)
    batch = sampling.table.samples.batch
    sampling.table.setFocus()
    rows = rows_of(copy(trained, qtbot))
    assert trained.window.notice.text == "Copied the samples as a table of 3 rows"
    assert [row[1] for row in rows[1:]] == [sample.text for sample in batch.samples]
    assert [float(r[4]) for r in rows[1:]] == [s.log_probability for s in batch.samples]
    sampling.table.selectRow(1)  # what is chosen comes first, a line each
    QGuiApplication.clipboard().clear()
    qtbot.keyClick(sampling.table, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == batch.samples[1].text

    with qtbot.waitSignal(trained.run.prepared):
        trained.run.reset()
    go_to(trained, qtbot, panel_of(trained, RunsPanel))
    rows = rows_of(copy(trained, qtbot))
    kept = shelf_of(trained.run).listed[0]
    assert [row[4] for row in rows] == ["steps", "0", "60"]
    assert float(rows[2][6]) == kept.loss

    panel = panel_of(trained, RacePanel)
    go_to(trained, qtbot, panel)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_C, CTRL)
    wait_for_word(trained, qtbot, "Nothing copied. There is no race yet")
    panel.race.start(["python", "autograd"], 5)
    qtbot.waitUntil(lambda: panel.race.state is RaceState.OVER)
    svg = copy(trained, qtbot).data("image/svg+xml").data().decode()
    assert "Race over 5 steps" in svg
    assert "losses identical to the last digit over 5 steps" in svg
    table = trained.window.menus.edit.copying.copy_table
    rows = rows_of(copy(trained, qtbot, table))
    entrants = {lane.title: panel.race.entrants.get(lane.key) for lane in panel.lanes}
    assert len(rows) == 3
    for title, steps, seconds, *_, loss in rows[1:]:
        entrant = entrants[title]
        assert (int(steps), float(seconds)) == (5, entrant.seconds)
        assert float(loss) == entrant.losses.values[-1]


def test_what_is_typed_is_copied_by_its_box(trained, qtbot):
    attention = attention_of(trained)
    box = attention.text_box
    box.setFocus()
    box.setText("tin")
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "tin"
    box.deselect()
    assert copy(trained, qtbot).hasImage()  # there is nothing to copy in the box


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_panel_has_a_menu_and_says_where_there_is_nothing_to_copy(trained, qtbot):
    docks, copying = trained.window.docks, trained.window.menus.edit.copying
    copying.copy.trigger()
    wait_for_word(trained, qtbot, "Nothing copied: click into a panel first")
    for number, word in ((0, "Nothing copied: Run has nothing to copy"), (1, "Copied")):
        dock = docks.docks[number]
        title = dock.titleBarWidget()
        at = QPoint(6, 6)
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, at, title.mapToGlobal(at))
        QApplication.sendEvent(title, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        actions = {action.text(): action for action in menu.actions()}
        assert "Panels" in actions
        menu.close()
        actions["Copy"].trigger()
        wait_for_word(trained, qtbot, word)
    plot = trained.window.findChild(LossPanel)._plot.viewport()
    event = QContextMenuEvent(reason, plot.rect().center(), at)
    right, start = Qt.MouseButton.RightButton, plot.rect().center()
    qtbot.mousePress(plot, right, pos=start)
    QApplication.sendEvent(plot, event)  # as the system does with the button down
    qtbot.mouseMove(plot, start + QPoint(30, 0))
    qtbot.mouseRelease(plot, right, pos=start + QPoint(30, 0))
    assert QApplication.activePopupWidget() is None  # a drag zooms
    qtbot.mouseClick(plot, right, pos=start)
    menu = QApplication.activePopupWidget()
    assert "Copy" in {action.text() for action in menu.actions()}
    menu.close()


def test_the_key_copies_what_floats_and_what_fills_the_window(trained, qtbot):
    docks = trained.window.docks
    loss = panel_of(trained, LossPanel)
    dock = docks.docks[docks.panels.index(loss)]
    dock.setFloating(True)
    dock.activateWindow()
    qtbot.waitUntil(dock.isActiveWindow)
    qtbot.mouseClick(dock.titleBarWidget(), LEFT, pos=QPoint(6, 6))
    assert copy(trained, qtbot).hasImage()
    runs = panel_of(trained, RunsPanel)
    docks.toggle_filling(docks.docks[docks.panels.index(runs)])
    trained.window.activateWindow()
    assert copy(trained, qtbot, trained.window.menus.edit.copying.copy).hasText()


def test_a_window_without_a_screen_closes_well_after_it_has_copied():
    command = [sys.executable, "-m", "tests.gui.window_that_copies"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
