"""How many steps are asked for in one call; no window, and no clock."""

from microgpt_gui.gui.run.batch_size import BatchSize


def test_batches_follow_the_speed():
    size = BatchSize()
    assert size.fitting(0.008) == 1  # nothing is known yet
    size.note(1, 0.004)
    assert size.fitting(0.008) == 3
    size.note(3, 0.00005)
    assert 400 < size.fitting(0.008) < 800
    size.note(1, 10.0)
    assert size.fitting(0.008) == 1
