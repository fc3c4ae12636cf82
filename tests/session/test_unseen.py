"""Which documents a run has not learnt from, against a list of what its steps read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.engine.base import Cancelled
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import load_dataset
from microgpt_gui.session.run import Run
from microgpt_gui.session.segment import Segment
from microgpt_gui.session.unseen import unseen


def info_of(*segments):
    run = Run(segments[0].config)
    return replace(run.info, segments=segments)


def text(tmp_path, name, lines):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return RunConfig(dataset=str(path), n_embd=4, n_head=1, seed=5)


def segment(start, config):
    return Segment.begin(start, config, load_dataset(config.dataset, lambda: None))


def by_hand(info, step):
    """Walk all steps, and keep what none of them read."""
    docs = info.segment_learnt(step).docs
    of_this, texts = set(), set()
    for s in range(step):
        learnt = next(g for g in reversed(info.segments) if g.start <= s)
        if learnt.docs == docs:
            of_this.add(s % len(docs))
        else:
            texts.add(learnt.docs[s % len(learnt.docs)])
    return [d for i, d in enumerate(docs) if i not in of_this and d not in texts]


def test_what_training_has_not_reached_gets_less_until_none_are_left(tmp_path):
    config = text(tmp_path, "letters.txt", "abcdefghij")
    info = info_of(segment(0, config))
    for step in range(13):
        left = unseen(info, step)
        assert list(left) == list(info.docs)[step:]
        assert len(left) == max(10 - step, 0)
        assert left.first(3) == tuple(info.docs)[step:][:3]
        assert bool(left.problem) == (step >= 10)
    assert "by step 12 training reaches every one of the 10" in left.problem


@pytest.mark.parametrize("step", [0, 3, 4, 9, 11, 12, 14, 17, 30])
def test_other_texts_on_the_way_are_known_by_their_lines(tmp_path, step):
    first = text(tmp_path, "first.txt", "abcdefgh")
    other = text(tmp_path, "other.txt", "cdxyzabc")
    info = info_of(segment(0, first), segment(4, other), segment(11, first))
    left = unseen(info, step)
    assert list(left) == by_hand(info, step)
    assert len(left) == len(list(left))


def test_a_copy_is_a_document_of_its_own_and_one_document_is_soon_reached(tmp_path):
    copies = info_of(segment(0, text(tmp_path, "copies.txt", "aaaab")))
    assert len(unseen(copies, 2)) == 3
    single = info_of(segment(0, text(tmp_path, "one.txt", ["abc"])))
    assert list(unseen(single, 0)) == ["abc"]
    assert not len(unseen(single, 1))
    assert "is one document, and training learns it" in unseen(single, 1).problem


def test_looking_through_other_texts_can_be_stopped(tmp_path):
    first, other = (text(tmp_path, name, "abcdef") for name in ("a.txt", "b.txt"))
    info = info_of(segment(0, first), segment(2, replace(other, seed=6)))

    def stop():
        raise Cancelled

    with pytest.raises(Cancelled):
        unseen(info, 4, stop)
