"""What a person notices of machine code that is compiled and takes over in a run."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import run_module
from microgpt_gui.bench.delays import Delays
from microgpt_gui.bench.spread import Spread
from microgpt_gui.bench.views import SIZE
from microgpt_gui.session.machine_code.at_hand import COMPILED

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig

#: Compiling takes 10 s on a machine that does nothing else.
_LONGEST_S = 600.0


@dataclass(frozen=True, slots=True)
class TakeoverFigures:
    """The window of a run that wants "compiled", with nothing in the cache.

    Attributes:
        after_s: From the press of Train to the takeover, over the runs.
        before: Lateness of a 10 ms timer while it compiles, and Python trains.
        longest_ms: The longest lateness within half a second of the takeover.
        after: Lateness while machine code trains.
    """

    after_s: Spread
    before: Delays | None
    longest_ms: Spread
    after: Delays | None


def measure_takeover(config: RunConfig, rounds: int = 1) -> TakeoverFigures:
    """Open the window, compile, and go on for some seconds, ``rounds`` times.

    Raises:
        ChildFailed: The measuring process failed, or there was nothing to take over.
    """
    given = {"config": asdict(replace(config, engine=COMPILED)), "size": SIZE}
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as empty:
            cache = {"XDG_CACHE_HOME": empty}
            found.append(run_module("takeover_child", given, cache, _LONGEST_S))
    return TakeoverFigures(
        after_s=Spread.of([one["after_s"] for one in found]),
        before=Delays.of_runs([one["before_ms"] for one in found]),
        longest_ms=Spread.of([max(one["around_ms"], default=0.0) for one in found]),
        after=Delays.of_runs([one["after_ms"] for one in found]),
    )
