"""Names that are written from right to left keep their order in the window's words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextLayout
from PySide6.QtWidgets import QLabel

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.runs.list_view import RunList
from microgpt_gui.gui.shelf.run_words import suggested_name
from microgpt_gui.gui.window.recent import RecentMenu
from microgpt_gui.isolation import isolated
from microgpt_gui.session.recipe import Recipe
from tests.gui.beside import shelf_of
from tests.gui.run_files import SMALL, begin, save, train

LRM = "\N{LEFT-TO-RIGHT MARK}"
NAME = "\u05e9\u05dc\u05d5\u05dd (1)"
ISOLATED = f"\u2068{NAME}\u2069"


def panel_of(playground, kind):
    [panel] = [p for p in playground.window.docks.panels if isinstance(p, kind)]
    return panel


def test_of_a_suggested_name_only_the_dataset_turns_its_direction(qapp):
    config = replace(SMALL, dataset=f"/x/{NAME}.txt", n_head=2)
    name = suggested_name(Recipe.planned(config))
    assert name.startswith(f"{ISOLATED}, ")
    assert name.endswith("n_head 2, steps 60")
    odd = replace(config, dataset="/x/a\nb\x07\udce9.txt")
    assert suggested_name(Recipe.planned(odd)).startswith("a↵b□□, ")
    layout = QTextLayout(isolated(name))  # as the window shows it
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    assert line.cursorToX(len(name))[0] > line.naturalTextWidth() / 2


def test_a_name_from_right_to_left_is_isolated(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    formats = {label.textFormat() for label in window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}  # a name like <h1> is no markup
    shelf_of(run).rename_current(NAME)
    assert window.windowTitle() == f"{LRM}[*]{ISOLATED} - microgpt playground"
    train(qtbot, run)
    begin(qtbot, run, SMALL)
    [kept] = shelf_of(run).runs
    [runs] = window.findChildren(RunList)
    assert runs.model().said(1).name == ISOLATED
    shelf_of(run).compare(kept)
    heads = panel_of(playground, AttentionPanel)._heads
    qtbot.waitUntil(lambda: heads.other.look is not None)
    assert heads.captions[1].endswith(f": {ISOLATED}")
    train(qtbot, run)
    path = tmp_path / f"{NAME}.mgpt"
    save(qtbot, window.document, path)
    shown = f"\u2068{path.name}\u2069"
    assert window.windowTitle() == f"{LRM}[*]{shown} - microgpt playground"
    [recent] = window.findChildren(RecentMenu)
    recent.refill()
    assert shown in recent.actions()[0].text()
