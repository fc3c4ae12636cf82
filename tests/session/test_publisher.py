from array import array

from microgpt_gui.session.publisher import Publisher


def test_no_loss_is_lost_and_nothing_comes_too_often():
    publisher = Publisher(interval_s=0.05)
    losses = [float(i) for i in range(100)]
    taken: list[tuple[float, ...]] = []
    for i, loss in enumerate(losses):
        publisher.add(array("d", [loss]))
        if publisher.is_due(now_s=i / 1000):
            taken.append(publisher.take(now_s=i / 1000))
    taken.append(publisher.take(now_s=0.1))
    assert len(taken) == 3  # at 0 ms, at 50 ms, and what was left
    assert [x for part in taken for x in part] == losses


def test_a_slow_engine_is_never_held_back():
    publisher = Publisher(interval_s=0.05)
    for i in range(3):
        publisher.add(array("d", [1.0]))
        assert publisher.is_due(now_s=float(i))
        publisher.take(now_s=float(i))


def test_nothing_is_due_where_nothing_is_held():
    assert not Publisher().is_due(now_s=1e9)
