"""From the command to the first painted window, each time in a fresh process.

What is timed is the command itself, from the moment the system is asked for a process:
the interpreter, the command line, all imports, the window, and its first painting. The
files have been read before, as for anyone who starts the program a second time.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import run_python
from microgpt_gui.bench.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Callable

COMMAND = ("-m", "microgpt_gui", "bench", "--first-paint")

#: What imports are named one by one; the others are summed up.
DEAREST = 10


@dataclass(frozen=True, slots=True)
class ImportCost:
    """What a package costs to import, without what it imports of others."""

    package: str  # a package with all that is in it; or the whole standard library
    modules: int
    ms: float


@dataclass(frozen=True, slots=True)
class StartFigures:
    """How long a start takes, and for what.

    Attributes:
        start_ms: Until the window is painted, over the rounds.
        imports_share: Of a start that notes its imports: how much of it they took.
        imports: The dearest, from that start, which is slower than the others.
        modules: How many modules were imported in all.
    """

    start_ms: Spread
    imports_share: float
    imports: tuple[ImportCost, ...]
    modules: int


def time_start(
    rounds: int = 5, progress: Callable[[int, str], None] = lambda _done, _note: None
) -> StartFigures:
    """Start the window once to warm up, then ``rounds`` times, then once for imports.

    Raises:
        ChildFailed: The window did not start.
    """
    progress(0, "warming up")
    _start()
    starts_ms = []
    for done in range(rounds):
        progress(done, "")
        starts_ms.append(_start()[0])
    progress(rounds, "imports")
    traced_ms, trace = _start("-X", "importtime")
    imports = import_costs(trace)
    return StartFigures(
        start_ms=Spread.of(starts_ms),
        imports_share=sum(cost.ms for cost in imports) / traced_ms,
        imports=imports[:DEAREST],
        modules=sum(cost.modules for cost in imports),
    )


def import_costs(trace: str) -> tuple[ImportCost, ...]:
    """Sum up what ``python -X importtime`` writes, the dearest package first."""
    cost_us: dict[str, int] = defaultdict(int)
    modules: dict[str, int] = defaultdict(int)
    for line in trace.splitlines():
        if not line.startswith("import time:"):
            continue
        own, _cumulative, name = line.removeprefix("import time:").split("|")
        if not own.strip().isdecimal():
            continue  # the headings
        package = name.strip().partition(".")[0]
        if package in sys.stdlib_module_names or package.startswith("encodings"):
            package = "the standard library"
        cost_us[package] += int(own)
        modules[package] += 1
    dearest = sorted(cost_us, key=lambda package: cost_us[package], reverse=True)
    return tuple(ImportCost(p, modules[p], cost_us[p] / 1000) for p in dearest)


def _start(*interpreter_options: str) -> tuple[float, str]:
    """Start once; return the milliseconds, and what was written to standard error."""
    asked_s = time.time()
    answered, trace = run_python([*interpreter_options, *COMMAND])
    return (answered["painted_at_s"] - asked_s) * 1000, trace
