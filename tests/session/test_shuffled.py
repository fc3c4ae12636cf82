import random

import pytest

from microgpt_gui.data.documents import Documents
from microgpt_gui.session import shuffled as shuffling
from microgpt_gui.session.shuffled import Shuffled, shuffled

SIZES = (0, 1, 2, 3, 4, 5, 8, 9, 63, 64, 65, 8192, 8193, 16_384, 50_000)


@pytest.mark.parametrize("size", SIZES)
def test_the_order_is_that_of_the_script(size: int) -> None:
    docs = [f"doc{number}" for number in range(size)]
    told: list[float] = []
    ours = shuffled(Documents.of(docs), 7, tell=told.append)
    stream = random.Random(7)
    stream.shuffle(docs)
    assert list(ours) == docs
    assert ours.stream == stream.getstate()
    assert told == sorted(told)


def test_only_the_order_that_a_run_can_reach_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    docs = [*map(str, range(100))]
    monkeypatch.setattr(shuffling, "_MAX_KEPT", 40)
    ours = shuffled(Documents.of(docs), 7)
    random.Random(7).shuffle(docs)
    assert ours[39] == docs[39]
    assert ours[40] == docs[40]
    begun = iter(ours)
    with monkeypatch.context() as patch:
        patch.setattr(Shuffled, "_whole_order", None)  # nothing behind it is asked for
        assert [next(begun) for _ in range(40)] == docs[:40]
        # Nor twice, what was asked for first: held-out documents are read again.
        assert list(ours.at(range(40, 90))) == docs[40:90]
    assert list(ours) == docs


def test_an_order_is_drawn_once_for_all_who_hold_it() -> None:
    docs = Documents.of(map(str, range(1000)))
    ours, other = shuffled(docs, 1), shuffled(docs, 2)
    assert shuffled(Documents.of(map(str, range(1000))), 1) is ours
    assert ours != other

    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        shuffled(docs, 3, stop)
