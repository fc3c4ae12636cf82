"""The memory of a process that trains with one engine and does nothing else.

A fresh process, since memory that one engine has had stays with the process; and what
the kernel counted, since a tracing allocator would not see the arrays of libraries.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from microgpt_gui.bench.child import (
    PATIENCE_S,
    answer,
    argument_of_child,
    run_module,
)
from microgpt_gui.bench.peak import peak_of_this_process
from microgpt_gui.bench.trainee import Trainee
from microgpt_gui.session.collector import no_collector
from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Mapping


def peak_bytes(config: RunConfig, engine: str, seconds: float) -> int | None:
    """Return the most memory a fresh process has in use while it trains so long.

    Returns:
        Resident bytes, interpreter and text included; None where the system does not
        tell.

    Raises:
        ChildFailed: The process failed.
    """
    argument = {"config": asdict(config), "engine": engine, "seconds": seconds}
    peak: int | None = run_module("memory", argument, None, PATIENCE_S + seconds)
    return peak


def _measure(argument: Mapping[str, object]) -> int | None:
    config = RunConfig(**argument["config"])  # type: ignore[arg-type]  # from JSON
    with no_collector():
        Trainee(config, str(argument["engine"])).warm_up(
            float(str(argument["seconds"]))
        )
    return peak_of_this_process()


if __name__ == "__main__":
    answer(_measure(argument_of_child()))
