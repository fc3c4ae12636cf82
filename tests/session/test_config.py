import pytest

from microgpt_gui.engine.config import ConfigError
from microgpt_gui.session.config import RunConfig


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("n_layer", 0, "from 1 to 8, not 0"),
        ("n_layer", 9, "from 1 to 8, not 9"),
        ("n_embd", 129, "from 1 to 128, not 129"),
        ("n_embd", 16.0, "whole number"),
        ("n_head", 3, "16 allows 1, 2, 4, 8, 16, not 3"),
        ("block_size", 257, "from 1 to 256, not 257"),
        ("steps", 0, "from 1 to 1000000, not 0"),
        ("seed", -1, "not -1"),
        ("learning_rate", 0.0, "above 0"),
        ("learning_rate", float("nan"), "above 0"),
        ("learning_rate", float("inf"), "at most 1"),
        ("beta1", 1.0, "below 1, not 1.0"),
        ("beta2", -0.1, "at least 0"),
        ("engine", "abacus", "one of python, autograd"),
        ("dataset", "", "dataset"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(setting, value, said):
    with pytest.raises(ConfigError) as caught:
        RunConfig(**{setting: value})
    assert caught.value.field == setting
    assert said in str(caught.value)


def test_the_learning_rate_falls_linearly_and_stays_at_its_last_value():
    config = RunConfig(steps=10, learning_rate=0.5)
    assert config.learning_rate_at(0) == 0.5
    assert config.learning_rate_at(5) == 0.25
    last = config.learning_rate_at(9)
    assert last == 0.5 * (1 - 9 / 10)
    longer = RunConfig(steps=30, decay_steps=10, learning_rate=0.5)
    rates = [longer.learning_rate_at(step) for step in range(30)]
    assert rates[:10] == [config.learning_rate_at(step) for step in range(10)]
    assert set(rates[10:]) == {last}
    assert RunConfig(steps=5, decay_steps=10).learning_rate_at(4) == 0.01 * 0.6


def test_the_learning_rate_can_fall_from_a_later_step():
    """Exactly from what was asked for, whichever number and step that is."""
    for rate in (0.5, 0.1, 1e-9, 1.0, 0.07):
        for start in (1, 7, 900, 999):
            config = RunConfig(learning_rate=rate, decay_start=start)
            rates = [config.learning_rate_at(step) for step in range(start, 1000)]
            assert rates[0] == rate
            assert rates == sorted(rates, reverse=True)
            assert rates[-1] == pytest.approx(rate / (1000 - start))
    # What is past its end stays as it is.
    late = RunConfig(learning_rate=0.5, decay_start=900, decay_steps=500)
    assert {late.learning_rate_at(step) for step in range(900, 1000)} == {0.5}
    assert late.of_new_run().learning_rate_at(0) == 0.5


def test_differences_name_both_values():
    assert RunConfig().differences(RunConfig(n_embd=32)) == {"n_embd": (16, 32)}
    assert RunConfig().differences(RunConfig()) == {}
