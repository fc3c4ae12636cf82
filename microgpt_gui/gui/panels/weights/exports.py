"""What can be copied of the weights: the matrices shown, as picture and numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from microgpt_gui.gui.panel.copy_offer import CopyOffer
from microgpt_gui.gui.panel.export_offer import Export, ink_of
from microgpt_gui.gui.panels.weights.colours import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.weights.weights_map import WeightsMap
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.snapshot import Weights

    Check = Callable[[], None]
    Matrices = tuple[Weights, ...]

_NOTHING = "There are no weights to copy: no run stands yet."


class WeightsExports(QObject):
    """Offers what the map shows, as it is when the person asks."""

    def __init__(self, weights_map: WeightsMap, workshop: Workshop) -> None:
        super().__init__(weights_map)
        self._map = weights_map
        self._workshop = workshop

    def copies(self) -> list[CopyOffer]:
        """Return the picture and the numbers, of one matrix where that is enlarged."""
        enlarged = self._map.enlarged
        what = "the weights"
        if enlarged is not None:
            what = f"the weights of {self._map.matrices[enlarged].name}"
        return [
            CopyOffer(what, is_picture, self._problem, partial(self._begin, is_picture))
            for is_picture in (True, False)
        ]

    def _problem(self) -> str:
        return "" if self._workshop.timeline.shown_look is not None else _NOTHING

    def _begin(self, is_picture: bool, paper: Theme) -> Export:
        look, enlarged = self._workshop.timeline.shown_look, self._map.enlarged
        assert look is not None
        shown = look.weights
        config = self._workshop.run.config
        scale = scale_of(shown)  # that of all, for one as well
        if enlarged is not None:
            shown = shown[enlarged : enlarged + 1]
        if not is_picture:
            return Export(config, look.step, partial(_table, shown))
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption

        words = caption(self._workshop.run.recipe_at(look.step))
        pieces = partial(_picture, shown, scale, look.step, ink_of(paper), words)
        return Export(config, look.step, pieces)


def _picture(
    shown: Matrices, scale: float, step: int, ink: Ink, words: str, _check: Check
) -> Iterator[str]:
    # Not at the top, here and below: the first window needs none of it.
    from microgpt_gui.session.exports.weights_svg import weights_svg

    yield weights_svg(shown, scale, step, ink, words)


def _table(shown: Matrices, check: Check) -> Iterator[str]:
    from microgpt_gui.session.exports.tables import weights_csv

    return weights_csv(shown, check)
