"""How many tokens the steps of a run predict: a step takes about as long as that."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.run_info import RunInfo

#: Documents that decide how long the mean document is.
_MEAN_OVER = 1000


def positions_of(info: RunInfo, step: int) -> int:
    """Return how many tokens ``step`` (from 0) of a run predicts."""
    return min(info.config.block_size, len(info.document_of(step)) + 1)


def mean_positions(info: RunInfo) -> float:
    """Return how many a step of the run predicts, in the mean over its first ones."""
    first = range(min(_MEAN_OVER, len(info.docs)))
    return sum(positions_of(info, step) for step in first) / len(first)
