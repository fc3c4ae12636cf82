"""How many steps are due at a pace; no window, and no clock."""

from __future__ import annotations

import sys

from microgpt_gui.gui.run.batch_size import BatchSize
from microgpt_gui.gui.run.pacing import Pacing


def test_without_a_pace_any_number_is_due_at_once():
    pacing = Pacing()
    pacing.begin(5.0)
    assert pacing.due(5.0) == sys.maxsize
    pacing.note(4000, 5.008)
    assert (pacing.due(5.008), pacing.wait_s(5.008)) == (sys.maxsize, 0.0)


def test_a_pace_is_kept_in_single_steps_and_in_many():
    pacing = Pacing()
    pacing.set_pace(10, 1.0)
    assert pacing.due(1.0) == 1
    pacing.note(1, 1.0)
    assert pacing.due(1.05) == 0
    assert abs(pacing.wait_s(1.05) - 0.05) < 1e-9
    assert pacing.due(1.35) == 3
    pacing.note(3, 1.36)
    assert abs(pacing.wait_s(1.36) - 0.04) < 1e-9


def test_who_cannot_keep_up_need_not_hurry_later():
    pacing = Pacing()
    pacing.set_pace(1000, 0.0)
    pacing.note(5, 1.0)  # 1 s for what was planned for 5 ms
    assert pacing.due(1.0) == 1
    pacing.set_pace(0, 2.0)
    assert pacing.due(2.0) == sys.maxsize


def test_batches_follow_the_speed():
    size = BatchSize()
    assert size.fitting(0.008) == 1  # nothing is known yet
    size.note(1, 0.004)
    assert size.fitting(0.008) == 3
    size.note(3, 0.00005)
    assert 400 < size.fitting(0.008) < 800
    size.note(1, 10.0)
    assert size.fitting(0.008) == 1
