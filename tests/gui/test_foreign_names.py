"""Names that are written from right to left keep their order in the window's words."""

from __future__ import annotations

from microgpt_gui.gui.panels.attention import AttentionPanel
from microgpt_gui.gui.panels.runs.list_view import RunList
from microgpt_gui.gui.window.recent import RecentMenu
from tests.gui.run_files import SMALL, begin, save, train

NAME = "\u05e9\u05dc\u05d5\u05dd (1)"
ISOLATED = f"\u2068{NAME}\u2069"


def panel_of(playground, kind):
    [panel] = [p for p in playground.window.docks.panels if isinstance(p, kind)]
    return panel


def test_a_name_from_right_to_left_is_isolated(playground, qtbot, tmp_path):
    run, window = playground.run, playground.window
    run.shelf.rename_current(NAME)
    assert window.windowTitle() == f"[*]{ISOLATED} - microgpt playground"
    train(qtbot, run)
    begin(qtbot, run, SMALL)
    [kept] = run.shelf.runs
    [runs] = window.findChildren(RunList)
    assert runs.model().said(1).name == ISOLATED
    run.shelf.compare(kept)
    heads = panel_of(playground, AttentionPanel)._heads
    qtbot.waitUntil(lambda: heads.other.look is not None)
    assert heads.captions[1].endswith(f": {ISOLATED}")
    train(qtbot, run)
    path = tmp_path / f"{NAME}.mgpt"
    save(qtbot, window.document, path)
    shown = f"\u2068{path.name}\u2069"
    assert window.windowTitle() == f"[*]{shown} - microgpt playground"
    [recent] = window.findChildren(RecentMenu)
    recent.refill()
    assert shown in recent.actions()[0].text()
