from __future__ import annotations

import random
import sys

import pytest

from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.base import CancelToken
from microgpt_gui.engine.config import AdamConfig
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.isolated import choice

#: Names of engines, and whether they work in an interpreter of their own.
PLACES = {name: (name, False) for name in ENGINES}
if sys.version_info >= (3, 14):
    PLACES |= {f"{n}-apart": (n, True) for n, e in ENGINES.items() if e.is_pure}


@pytest.fixture(params=PLACES)
def engine_name(request, monkeypatch):
    """Every engine of the registry, one after the other, wherever it can work."""
    name, is_apart = PLACES[request.param]
    if is_apart:  # these tests run on the main thread, which is asked for here
        monkeypatch.setattr(choice, "is_of_use", lambda: True)
    return name


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
