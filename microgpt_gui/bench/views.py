"""What each view costs while it is open and the run trains flat out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import PATIENCE_S, run_module
from microgpt_gui.bench.delays import Delays

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig

#: Of the window, in pixels: that of a newcomer's.
SIZE = (1280, 800)

#: More views than there will be.
_MOST_VIEWS = 20


@dataclass(frozen=True, slots=True)
class ViewFigures:
    """One view, in front in the usual layout.

    Attributes:
        title: Of the view.
        watched: Of the CPU time of the threads that train and read, the share that went
            into handing over moments and answering what the views in sight ask, 0 to 1.
        gui: CPU time of the window's thread in a second, in seconds.
        lateness: Of a 10 ms timer on it.
    """

    title: str
    watched: float
    gui: float
    lateness: Delays | None


def measure_views(
    config: RunConfig, engine: str, seconds: float = 4.0
) -> list[ViewFigures]:
    """Watch every view for so long, one after the other.

    Raises:
        ChildFailed: The measuring process failed.
    """
    given = {
        "config": asdict(replace(config, engine=engine)),
        "seconds": seconds,
        "size": SIZE,
    }
    longest_s = PATIENCE_S + _MOST_VIEWS * (seconds + 1)
    found = run_module("views_child", given, None, longest_s)
    return [
        ViewFigures(title, one["watched"], one["gui"], Delays.of(one["late_ms"]))
        for title, one in found.items()
    ]
