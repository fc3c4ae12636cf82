"""Numbers in the cells of strips, where most strips have room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.cell_numbers import (
    DARK_CELL,
    CellNumber,
    draw_numbers,
    number_form,
)
from microgpt_gui.gui.panels.inside.colours import is_of_shares, written
from microgpt_gui.gui.widgets.colour_map import lightness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.panels.inside.colours import ColouredWay
    from microgpt_gui.gui.panels.inside.flow.layout import Strip
    from microgpt_gui.gui.theme.appearance import Appearance

#: No number fits into a cell that is narrower, in pixels at 100 %.
_LEAST_WIDTH = 22


def write_cells(
    painter: QPainter,
    appearance: Appearance,
    shown: ColouredWay,
    strips: Mapping[int, Strip],
) -> None:
    """Write numbers into cells that are large enough, if most of them are.

    A few of them would look as if they were more than the others.

    Args:
        painter: Of the whole.
        appearance: Fonts and colours.
        shown: Whose numbers.
        strips: Those in view, by the numbers of their stages.
    """
    stages, forms = shown.way.stages, {}
    for number, strip in strips.items():
        _, _, wide, high = strip.cell(0)
        if wide < appearance.px(_LEAST_WIDTH):
            continue  # without measuring all fonts
        is_signed = not is_of_shares(stages[number])
        form = number_form(appearance, wide, high, is_signed=is_signed)
        if form is not None:
            forms[number] = form
    if 2 * len(forms) < len(strips):
        return
    for number, form in forms.items():
        strip, stage = strips[number], stages[number]
        is_signed = not is_of_shares(stage)
        _, _, wide, high = strip.cell(0)
        are_light = lightness(shown.colours(stage, appearance.theme)) < DARK_CELL
        cells = []
        for index, value in enumerate(shown.arrays[stage.id].tolist()):
            left, top, _, _ = strip.cell(index)
            text = written(form, value, is_signed=is_signed)
            cells.append(CellNumber(left, top, text, bool(are_light[index])))
        draw_numbers(painter, form, cells, wide, high)
