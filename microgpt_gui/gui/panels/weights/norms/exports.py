"""The sizes as a file: the curves, and their numbers."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.export_offer import ink_of
from microgpt_gui.gui.panels.weights.norms.axes import spread, top_of
from microgpt_gui.gui.panels.weights.norms.styles import style_of, svg_dashes
from microgpt_gui.gui.panels.weights.whole_exports import Kind, WholeExports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.weights.norms.beside import NormsBeside
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.weights.norms import Norms

KIND = Kind(
    "Weights, norms",
    "norms",
    "the norms of the matrices",
    "the Euclidean norm of each matrix at every recorded step",
)

#: A name needs this share of a picture's height.
_NAME = 0.034


def norms_exports(norms: NormsBeside, workshop: Workshop) -> WholeExports:
    """Return what offers the sizes."""
    return WholeExports(KIND, norms, workshop, lambda: _picture, lambda: _table)


def _picture(norms: Norms, paper: Theme, caption: str) -> str:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.norms_svg import norms_svg

    top = top_of(norms.norms)
    styles = []
    for matrix in range(len(norms.names)):
        colour, dashes = style_of(matrix, paper)
        styles.append((colour, svg_dashes(dashes)))
    named = spread([1 - curve[-1] / top for curve in norms.norms], _NAME, 0.0, 1.0)
    places = [named.get(matrix, nan) for matrix in range(len(norms.names))]
    return norms_svg(norms, styles, places, top, ink_of(paper), caption)


def _table(norms: Norms, check: Callable[[], None]) -> Iterator[str]:
    from microgpt_gui.session.exports.weights_tables import norms_csv

    return norms_csv(norms, check)
