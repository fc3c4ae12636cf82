import pytest

from microgpt_gui.session.duration import duration


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "0 s"),
        (59.4, "59 s"),
        (200, "3 min 20 s"),
        (7500, "2 h 5 min"),
        (1e6, "11 days"),
    ],
)
def test_times_are_said_as_people_say_them(seconds, words):
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.25, "0.2 s"), (9.4, "9.4 s"), (10.4, "10 s")]
)
def test_short_times_that_were_measured_have_a_decimal(seconds, words):
    assert duration(seconds, tenths=True) == words
