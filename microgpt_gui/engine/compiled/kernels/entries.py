"""What machine code is called by: every function that Python may call.

Arguments and results are whole numbers, addresses among them, and doubles.
"""

from __future__ import annotations

from typing import Any

from microgpt_gui.engine.compiled.kernels.exchange import exchange
from microgpt_gui.engine.compiled.kernels.probe import probe
from microgpt_gui.engine.compiled.kernels.read import read
from microgpt_gui.engine.compiled.kernels.train import move, train

Entry = tuple[Any, str, tuple[str, ...]]

#: By name: the function, the type of its result, the types of its arguments.
ENTRIES: dict[str, Entry] = {
    "train": (train, "int64", ("int64",) * 9),
    "move": (move, "int64", ("int64", "float64", "int64")),
    "read": (read, "int64", ("int64",) * 4),
    "exchange": (exchange, "int64", ("int64",) * 4),
    "probe": (probe, "float64", ("int64", "int64", "float64", "float64", "int64")),
}
