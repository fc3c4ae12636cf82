"""What a long run takes to be kept, and how soon any of its moments is there again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import PATIENCE_S, run_module
from microgpt_gui.bench.delays import Delays

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig


@dataclass(frozen=True, slots=True)
class PastFigures:
    """A run of one engine, taken down as the window does.

    Attributes:
        engine: A key of ENGINES.
        steps: How many it did.
        taken_s: Seconds they took, taking them down included.
        moment: From the wish for a random moment until its model is there.
        grown_bytes: By how much the process's memory has grown meanwhile, beyond the
            keyframes: what steps leave behind. None where the system does not tell.
        keyframe_bytes: What keyframes take at the end.
        keyframes: How many there are.
        widest_gap: Steps between two keyframes, at most.
        bytes_for_soon: What keyframes would take that bring back any moment in 0.1 s;
            None where that is not known.
    """

    engine: str
    steps: int
    taken_s: float
    moment: Delays | None
    grown_bytes: int | None
    keyframe_bytes: int
    keyframes: int
    widest_gap: int
    bytes_for_soon: int | None


def measure_past(
    config: RunConfig, engine: str, seconds: float = 60.0, moments: int = 500
) -> PastFigures:
    """Train to the end, or for so long, and go to so many moments, or for so long.

    Raises:
        ChildFailed: The measuring process failed.
    """
    given = {
        "config": asdict(replace(config, engine=engine)),
        "seconds": seconds,
        "moments": moments,
    }
    found = run_module("past_child", given, None, PATIENCE_S + 3 * seconds)
    moment = Delays.of(found.pop("moments_ms"))
    return PastFigures(engine=engine, moment=moment, **found)
