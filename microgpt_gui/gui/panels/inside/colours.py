"""From a way's numbers to colours: one scale for all stages, or one for each."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.signed_colours import (
    scale_of_numbers,
    signed_colours,
    unsigned_colours,
)
from microgpt_gui.session.reading.inside.stages import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from microgpt_gui.gui.panel.cell_numbers import NumberForm
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay


class ColouredWay:
    """A way's numbers as arrays, and the number with the end colour of each stage.

    Attributes:
        way: Whose they are.
        arrays: Of each stage, by its id: flat, head after head.
        end: The number with the end colour where all are alike; None where they differ.
    """

    def __init__(self, way: TokenWay, colour_range: ColourRange) -> None:
        self.way = way
        self.arrays = {stage.id: np.array(way.flat(stage.id)) for stage in way.stages}
        signed = {
            stage.id: self.arrays[stage.id]
            for stage in way.stages
            if not is_of_shares(stage)
        }
        self.end: float | None = None
        self._ends: Mapping[str, float]
        if colour_range is ColourRange.FIXED:
            self.end = scale_of_numbers(list(signed.values()))
            self._ends = dict.fromkeys(signed, self.end)
        else:
            self._ends = {id: scale_of_numbers([v]) for id, v in signed.items()}

    def end_of(self, stage: Stage) -> float:
        """Return the number with the end colour; of shares, it is 1."""
        return self._ends.get(stage.id, 1.0)

    def colours(self, stage: Stage, theme: Theme) -> NDArray[np.uint32]:
        """Return the colours of a stage's numbers, flat."""
        values = self.arrays[stage.id]
        if is_of_shares(stage):
            return unsigned_colours(values, 1.0, theme)
        return signed_colours(values, self._ends[stage.id], theme)


def is_of_shares(stage: Stage) -> bool:
    """Say whether a stage's numbers go from 0 to 1, and have the colours of shares."""
    return stage.kind is Kind.SOFTMAX


def written(form: NumberForm, value: float, *, is_signed: bool = True) -> str:
    """Return a number as it stands in a cell: one that was made 0 as 0."""
    if not isfinite(value):
        return "?"
    return form.written(value, is_signed=is_signed) if value else "0"
