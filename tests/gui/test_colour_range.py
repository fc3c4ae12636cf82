"""How far the colours of a figure reach: chosen, said, remembered, exported."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from microgpt_gui.gui.panels.weights import WeightsPanel
from microgpt_gui.session.config import RunConfig
from tests.gui.attention_panel import begin, click, colour_at, point, type_text
from tests.gui.beside import workshop_of


def choose(panel, text):
    """Choose in the menu of the legend what begins with ``text``."""
    (action,) = (
        a for a in panel.legend._button.menu().actions() if a.text().startswith(text)
    )
    action.trigger()


def told(panel):
    return panel.legend._button.text(), panel.legend.bar._ticks


def picture_of(panel, group):
    (offer,) = (
        o for o in panel.export_offers() if o.group == group and o.suffix == ".svg"
    )
    return "".join(offer.begin(panel.appearance.theme).pieces(lambda: None))


def test_the_colours_reach_to_each_rows_largest_share(attention_panel, qtbot):
    panel = attention_panel
    type_text(qtbot, panel, "iron")
    strongest = QColor(panel.appearance.theme.map[-1])
    rows = panel.heat_map.look.attention[0][1]
    at = [max(range(len(row)), key=row.__getitem__) for row in rows]
    assert colour_at(panel, 1, 4, at[4]) != strongest
    assert told(panel) == ("0 to 1 ▾", ("0", "0.5", "1"))
    choose(panel, "By row")
    assert all(colour_at(panel, 1, q, at[q]) == strongest for q in range(5))
    assert told(panel) == ("by row ▾", ("0", "", "most"))
    point(panel, 1, 4, 0)
    most = max(rows[4])
    assert told(panel)[1] == ("0", f"{most / 2:.2g}", f"{most:.2g}")


def test_of_one_head_the_bar_says_the_number(attention_panel, qtbot):
    panel = attention_panel
    type_text(qtbot, panel, "ironironironiro")
    choose(panel, "By head")
    assert told(panel) == ("by head ▾", ("0", "", "most"))
    click(panel, 1)
    span = panel.heat_map.span()
    assert told(panel)[1][-1] == f"{span:.2g}+"
    values = sorted(v for row in panel.heat_map.look.attention[0][1] for v in row)
    assert values[-1] > span > values[len(values) // 2]


def test_a_range_stays_with_the_next_run_and_goes_into_pictures(attention_panel, qtbot):
    panel = attention_panel
    plain = picture_of(panel, "Attention, all heads")
    choose(panel, "By row")
    begin(qtbot, panel, RunConfig(dataset="elements", n_embd=8, n_head=4))
    assert told(panel)[0] == "by row ▾"
    shown = picture_of(panel, "Attention, all heads")
    assert "by row: as far as its largest share" in shown
    assert "by row" not in plain


def test_weights_have_ranges_of_their_own(run, appearance, show_panel, qtbot):
    panel = show_panel(WeightsPanel(workshop_of(run), appearance), 700, 330)
    with qtbot.waitSignal(run.prepared):
        run.start(RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2))
    qtbot.waitUntil(lambda: panel.drawn is not None)
    before = panel.weights_map.viewport().grab().toImage()
    choose(panel, "By row")
    assert panel.weights_map.viewport().grab().toImage() != before
    assert told(panel) == ("by row ▾", ("-most", "0", "+most"))
    panel.weights_map.enlarge(0)
    choose(panel, "By matrix")
    scale = panel.weights_map.scale()
    assert told(panel)[1] == (f"-{scale:.3g}", "0", f"+{scale:.3g}")
    choose(panel, "Alike")
    panel.weights_map.enlarge(None)
    assert panel.weights_map.viewport().grab().toImage() == before


@pytest.mark.parametrize("text", ["0 to 1", "By head", "By row"])
def test_the_button_says_the_range_to_a_screen_reader(attention_panel, text):
    choose(attention_panel, text)
    name = attention_panel.legend._button.accessibleName()
    assert name.startswith(f"Range of the colours: {text}")
