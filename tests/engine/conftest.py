from __future__ import annotations

import random

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig
from microgpt_gui.engine.initial import initial_parameters


@pytest.fixture(params=ENGINES)
def engine_name(request):
    """Every engine of the registry, one after the other."""
    return request.param


@pytest.fixture(scope="session")
def make_engine():
    """Build an engine by name, with the weights of a seed."""

    def make(name, config, *, seed=1, adam=None, cancel=None):
        cancel = cancel or CancelToken()
        parameters = initial_parameters(config, random.Random(seed), CancelToken())
        return ENGINES[name](config, parameters, adam or AdamConfig(), cancel)

    return make


@pytest.fixture(scope="session")
def draw_documents():
    """Draw documents as tokens: short ones, long ones, some longer than the block."""

    def draw(config, count, seed=1):
        stream = random.Random(seed)
        bos = config.vocab_size - 1
        longest = config.block_size + 2
        lengths = [stream.randint(1, longest) for _ in range(count - 1)] + [longest]
        return [[bos, *(stream.randrange(bos) for _ in range(n)), bos] for n in lengths]

    return draw
