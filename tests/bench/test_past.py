"""What a long run takes: sanity of its figures on a short one."""

from __future__ import annotations

import sys

from microgpt_gui.bench.past import measure_past
from microgpt_gui.session.config import RunConfig


def test_moments_are_brought_back_and_memory_is_counted():
    config = RunConfig(dataset="elements", n_embd=8, n_head=2, steps=300)
    found = measure_past(config, "python", seconds=20.0, moments=30)
    assert found.steps == 300
    assert found.taken_s > 0
    assert found.moment.count == 30
    assert 0 < found.moment.p50 <= found.moment.max
    assert 0 < found.widest_gap <= 300
    assert found.keyframes >= 1
    assert found.keyframe_bytes > 0
    if sys.platform == "linux":
        assert -5 * 2**20 < found.grown_bytes < 50 * 2**20
