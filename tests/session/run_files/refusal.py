"""Why a run file is refused."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import read_run

if TYPE_CHECKING:
    from pathlib import Path

MAX_S = 0.2
MAX_BYTES = 64 * 2**20


def refusal(path: Path) -> str:
    """Return why a file is refused, which must not take long or much."""
    tracemalloc.start()
    started_s = time.process_time()
    with pytest.raises(RunFileError) as raised:
        read_run(path)
    took_s = time.process_time() - started_s
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took_s < 2 * MAX_S  # tracing alone doubles it
    assert peak < MAX_BYTES
    message = str(raised.value)
    assert message.isprintable()
    assert len(message) < 1000
    shown, _, reason = message.partition(": ")
    assert shown in (str(path), repr(str(path)))
    return reason
