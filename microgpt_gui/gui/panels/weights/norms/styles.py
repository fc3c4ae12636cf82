"""How the curve of each matrix is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.roles import Theme

#: Matrices of a layer; three more, of no layer, come before.
_A_LAYER, _BEFORE = 6, 3

#: By layer, and so on from the start; as SVG has them, too.
_DASHES = {
    Qt.PenStyle.SolidLine: "",
    Qt.PenStyle.DashLine: "7 4",
    Qt.PenStyle.DotLine: "1 4",
    Qt.PenStyle.DashDotLine: "7 4 1 4",
}


def style_of(matrix: int, theme: Theme) -> tuple[str, Qt.PenStyle]:
    """Return colour and dashes of a curve: the colour by kind, dashes by layer.

    Args:
        matrix: Its number, in the script's creation order.
        theme: Whose colours.
    """
    colours = (*theme.series, theme.muted, theme.faint)
    dashes = list(_DASHES)
    if matrix < _BEFORE:
        return colours[matrix], dashes[0]
    layer, kind = divmod(matrix - _BEFORE, _A_LAYER)
    return colours[kind + _BEFORE], dashes[layer % len(dashes)]


def svg_dashes(dashes: Qt.PenStyle) -> str:
    """Return dashes as SVG has them; empty for none."""
    return _DASHES[dashes]
