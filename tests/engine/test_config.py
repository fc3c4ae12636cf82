"""What a model's settings may be, and what is said of those they may not."""

from __future__ import annotations

import pytest

from microgpt_gui.engine.config import AdamConfig, ConfigError, ModelConfig, divisors


def test_the_defaults_are_those_of_the_script():
    config = ModelConfig(27)
    assert (config.n_layer, config.n_embd, config.n_head, config.block_size) == (
        1,
        16,
        4,
        16,
    )
    assert config.num_params == 4192
    assert config.head_dim == 4
    assert AdamConfig() == AdamConfig(beta1=0.85, beta2=0.99)


@pytest.mark.parametrize(
    ("settings", "field", "message"),
    [
        (
            {"n_layer": 0},
            "n_layer",
            "n_layer must be a whole number from 1 to 8, not 0",
        ),
        ({"n_layer": 9}, "n_layer", "from 1 to 8, not 9"),
        ({"n_embd": 129}, "n_embd", "from 1 to 128, not 129"),
        ({"n_embd": 16.0}, "n_embd", "not 16.0"),
        ({"n_embd": True}, "n_embd", "not True"),
        ({"block_size": 257}, "block_size", "from 1 to 256, not 257"),
        ({"block_size": "8"}, "block_size", "not '8'"),
        ({"n_head": 3}, "n_head", "16 allows 1, 2, 4, 8, 16, not 3"),
        ({"n_head": 32}, "n_head", "16 allows 1, 2, 4, 8, 16, not 32"),
        ({"vocab_size": 1}, "vocab_size", "vocab_size must be a whole number from 2"),
    ],
)
def test_a_wrong_size_says_what_is_allowed(settings, field, message):
    with pytest.raises(ConfigError) as caught:
        ModelConfig(**{"vocab_size": 27, **settings})
    assert caught.value.field == field
    assert message in str(caught.value)


@pytest.mark.parametrize("value", [1.0, -0.1, float("nan"), float("inf")])
@pytest.mark.parametrize("field", ["beta1", "beta2"])
def test_a_wrong_decay_rate_says_what_is_allowed(field, value):
    with pytest.raises(ConfigError, match=f"{field} must be at least 0 and below 1"):
        AdamConfig(**{field: value})


def test_divisors_are_the_head_counts_that_fit():
    assert divisors(12) == (1, 2, 3, 4, 6, 12)
    assert divisors(1) == (1,)
