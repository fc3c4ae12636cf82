from __future__ import annotations

from dataclasses import replace

from microgpt_gui.gui.panels.sampling.history import BatchHistory
from microgpt_gui.session.sample_batch import Sample, SampleBatch, SampleRequest

REQUEST = SampleRequest(count=3)


def batch(step, drawn=3, request=REQUEST):
    samples = tuple(
        Sample(f"{step}-{number}", (0.5,) * len(f"{step}-{number}"), -1.0, False, None)
        for number in range(drawn)
    )
    return SampleBatch(1, request, step, samples, is_complete=drawn == request.count)


def filled(*steps, **kwargs):
    history = BatchHistory(**kwargs)
    for step in steps:
        history.add(batch(step))
    return history


def test_the_newest_is_shown_as_it_comes():
    history = filled(0, 200, 400)
    assert history.shown == batch(400)
    assert (history.position, len(history), history.is_at_newest) == (3, 3, True)


def test_who_has_paged_back_stays_until_newest_is_asked_for():
    history = filled(0, 200)
    history.go(-1)
    history.add(batch(400))
    assert history.shown == batch(0)
    assert not history.is_at_newest
    history.go_to_newest()
    history.add(batch(600))
    assert history.shown == batch(600)


def test_paging_stops_at_both_ends():
    history = filled(0, 200)
    history.go(-9)
    assert history.position == 1
    history.go(+9)
    assert history.position == 2


def test_a_growing_batch_grows_in_its_place():
    history = filled(0)
    for drawn in (1, 2, 3):
        history.add(batch(200, drawn))
    assert len(history) == 2
    assert history.shown == batch(200)


def test_a_late_batch_never_overwrites_a_newer_one():
    history = filled(0)
    history.add(batch(200, 1))
    history.add(batch(400))
    history.add(batch(200, 3))
    assert history.shown == batch(400)
    history.go(-1)
    assert history.shown == batch(200)
    assert len(history) == 3


def test_drawing_the_same_again_neither_shrinks_nor_repeats_it():
    history = filled(0)
    history.add(batch(0, 1))
    history.add(batch(0, 3))
    assert history.shown == batch(0)
    assert len(history) == 1


def test_another_request_at_the_same_step_is_another_batch():
    history = filled(0)
    history.add(batch(0, request=replace(REQUEST, temperature=1.5)))
    history.add(batch(0))
    assert len(history) == 3
    assert history.shown.request == REQUEST


def test_the_oldest_make_room_and_what_is_shown_stays():
    history = filled(*range(200))
    history.go(-100)
    shown = history.shown
    history.add(batch(999))
    assert len(history) == 200
    assert history.shown is shown
    assert history.position == 99


def test_a_cleared_history_shows_nothing():
    history = filled(0, 200)
    history.clear()
    history.go(-1)
    assert (history.shown, history.position, len(history)) == (None, 0, 0)
