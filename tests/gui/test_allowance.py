"""What may be done unasked: a share of the time, some of it in advance."""

from microgpt_gui.gui.run.allowance import Allowance, Rest


def test_what_is_saved_may_be_spent_at_once_and_no_more():
    allowance = Allowance(share=0.1, most_s=0.5)
    assert allowance.is_left(100.0)
    allowance.spend(0.3)
    assert allowance.is_left(100.0)
    allowance.spend(0.3)
    assert not allowance.is_left(100.0)


def test_in_the_long_run_it_is_the_share():
    allowance = Allowance(share=0.1, most_s=0.5)
    now_s, spent_s = 0.0, 0.0
    while now_s < 1000:
        now_s += 0.05
        if allowance.is_left(now_s):
            allowance.spend(0.03)
            spent_s += 0.03
    assert 99 < spent_s < 101


def test_rest_saves_no_more_than_the_limit():
    allowance = Allowance(share=0.1, most_s=0.5)
    allowance.spend(0.3)
    assert allowance.is_left(1e6)
    allowance.spend(0.3)
    allowance.spend(0.3)
    assert not allowance.is_left(1e6)


def test_what_took_long_once_or_ever_does_not_keep_the_next_away_for_long():
    allowance = Allowance(share=0.1, most_s=0.5)
    allowance.spend(60.0)  # much to prepare
    assert allowance.is_left(100.1)
    allowance.spend(0.001)
    allowance.spend(60.0)  # the computer was busy
    assert allowance.is_left(100.1)
    for _ in range(100):
        allowance.spend(60.0)
    assert not allowance.is_left(104.0)
    assert allowance.is_left(106.0)


def test_a_rest_follows_what_a_go_takes_but_is_never_long():
    rest = Rest(share=0.1, most_s=1.5, most_share=0.2)
    assert rest.is_over(0.0)
    rest.begin(0.0, 60.0)  # much to prepare
    assert rest.is_over(60.0)
    rest.begin(60.0, 60.1)
    rest.begin(61.0, 61.1)
    assert not rest.is_over(61.9)  # 9 times 0.1 s
    assert rest.is_over(62.1)
    rest.begin(63.0, 90.0)  # the computer was busy
    assert rest.is_over(92.0)
    for _ in range(2):
        rest.begin(100.0, 100.4)
    assert not rest.is_over(101.8)
    assert rest.is_over(102.1)
    for _ in range(2):
        rest.begin(100.0, 110.0)
    assert not rest.is_over(149.0)  # else it would take nearly all of the time
    assert rest.is_over(151.0)
    rest.forget()
    assert rest.is_over(110.0)
