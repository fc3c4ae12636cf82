"""What every engine promises besides its numbers."""

from __future__ import annotations

import gc
import math
import random
import threading
import time

import pytest

from microgpt_gui.engine import DEFAULT_ENGINE, ENGINES
from microgpt_gui.engine.base import Cancelled, CancelToken, Diverged
from microgpt_gui.engine.config import AdamConfig, ModelConfig
from microgpt_gui.engine.fingerprint import parameters_sha256
from microgpt_gui.engine.initial import initial_parameters
from microgpt_gui.engine.parameters import flattened
from microgpt_gui.engine.sampling import sample_tokens

CONFIG = ModelConfig(9, n_layer=2, n_embd=8, n_head=2, block_size=6)


@pytest.fixture
def trained(engine_name, make_engine, draw_documents):
    """An engine after some steps."""
    engine = make_engine(engine_name, CONFIG)
    for tokens in draw_documents(CONFIG, 4):
        engine.train_step(tokens, 0.01)
    return engine


def test_the_default_engine_is_registered():
    assert DEFAULT_ENGINE in ENGINES
    for entry in ENGINES.values():
        assert entry.summary
        assert "\n" not in entry.summary


def test_steps_are_counted(trained):
    assert trained.steps_done == 4
    assert trained.config == CONFIG


def test_a_document_learnt_by_heart_becomes_likely(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    losses = [engine.train_step([8, 3, 1, 4, 8], 0.01) for _ in range(60)]
    assert losses[0] == pytest.approx(math.log(9), rel=0.15)
    assert losses[-1] < 0.1


def test_attention_looks_back_only_and_its_weights_sum_to_1(trained):
    attention = trained.forward([8, 0, 1, 2, 3]).attention
    assert len(attention) == 2
    for heads in attention:
        assert len(heads) == 2
        for head in heads:
            assert [len(row) for row in head] == [1, 2, 3, 4, 5]
            for row in head:
                assert sum(row) == pytest.approx(1, abs=1e-12)
                assert all(0 < weight <= 1 for weight in row)


def as_promised(engine_name, rows):
    """Rows that others must equal as closely as the engine's numbers are the script's.

    Where sums may run in any order, that order may depend on the number of tokens.
    """
    if ENGINES[engine_name].identical:
        return list(rows)
    return [pytest.approx(row, rel=1e-12, abs=1e-14) for row in rows]


def test_a_later_token_changes_nothing_before_it(engine_name, trained):
    short, long = trained.forward([8, 0, 1]), trained.forward([8, 0, 1, 5])
    assert list(long.logits[:3]) == as_promised(engine_name, short.logits)
    shared = [
        [row for heads in forward.attention for head in heads for row in head[:3]]
        for forward in (short, long)
    ]
    assert shared[1] == as_promised(engine_name, shared[0])


def test_reading_token_by_token_gives_the_same_logits(engine_name, trained):
    tokens = [8, 0, 1, 2, 3, 4]
    read = trained.start_sequence()
    assert [tuple(read(token)) for token in tokens] == as_promised(
        engine_name, trained.forward(tokens).logits
    )


def test_two_sequences_do_not_disturb_each_other(trained):
    one, two = trained.start_sequence(), trained.start_sequence()
    one(8)
    two(8)
    two(3)
    alone = trained.start_sequence()
    alone(8)
    assert one(5) == alone(5)


def test_the_block_has_an_end(trained):
    read = trained.start_sequence()
    for _ in range(6):
        read(0)
    with pytest.raises(ValueError, match="6"):
        read(0)
    for tokens in ([], [0] * 7):
        with pytest.raises(ValueError, match=f"1 to 6 tokens, not {len(tokens)}"):
            trained.forward(tokens)


def test_looking_and_sampling_do_not_disturb_training(
    engine_name, make_engine, draw_documents
):
    undisturbed, disturbed = (make_engine(engine_name, CONFIG) for _ in range(2))
    stream = random.Random(3)
    for tokens in draw_documents(CONFIG, 4):
        loss = undisturbed.train_step(tokens, 0.01)
        disturbed.forward([8, 1])
        sample_tokens(disturbed, stream, 0.7)
        disturbed.trace([8, 1])
        disturbed.gradient([8, 1, 2, 8])
        disturbed.parameters()["wte"][0][0] = disturbed.weights()[1] = 100.0
        assert disturbed.train_step(tokens, 0.01) == loss
    assert disturbed.parameters() == undisturbed.parameters()


def test_the_loss_is_what_forward_says(trained):
    tokens = [8, 2, 5, 0, 8]
    logits = trained.forward(tokens[:-1]).logits
    losses = [
        math.log(sum(map(math.exp, row))) - row[target]
        for row, target in zip(logits, tokens[1:], strict=True)
    ]
    assert trained.train_step(tokens, 0.01) == pytest.approx(sum(losses) / 4, rel=1e-12)


def test_parameters_come_by_the_scripts_names_and_order(trained):
    parameters = trained.parameters()
    assert list(parameters) == list(CONFIG.shapes())
    assert {n: (len(m), len(m[0])) for n, m in parameters.items()} == CONFIG.shapes()
    assert sum(len(row) for m in parameters.values() for row in m) == CONFIG.num_params
    assert trained.weights() == flattened(CONFIG, parameters)
    assert trained.weights() == trained.state().parameters


def test_loaded_parameters_start_a_new_training(
    trained, engine_name, make_engine, draw_documents
):
    start = initial_parameters(CONFIG, random.Random(1), CancelToken())
    trained.load_parameters(start)
    assert trained.parameters() == start
    assert trained.steps_done == 0
    fresh = make_engine(engine_name, CONFIG, seed=1)
    for tokens in draw_documents(CONFIG, 3, seed=8):
        assert trained.train_step(tokens, 0.01) == fresh.train_step(tokens, 0.01)
    assert trained.parameters() == fresh.parameters()
    assert parameters_sha256(start) != parameters_sha256(fresh.parameters())


def test_the_lists_given_to_load_parameters_stay_the_callers(trained):
    mine = trained.parameters()
    trained.load_parameters(mine)
    before = mine["lm_head"][0][:]
    trained.train_step([8, 1, 8], 0.01)
    assert mine["lm_head"][0] == before


def test_parameters_that_do_not_fit_are_named(trained):
    good = trained.parameters()
    bad = {name: matrix for name, matrix in good.items() if name != "layer1.attn_wo"}
    with pytest.raises(ValueError, match=r"have no layer1\.attn_wo"):
        trained.load_parameters(bad)
    with pytest.raises(ValueError, match="has no bias"):
        trained.load_parameters(good | {"bias": [[0.0]]})
    with pytest.raises(ValueError, match="wte must have 9 rows, not 8"):
        trained.load_parameters(good | {"wte": good["wte"][:8]})
    short_row = [good["wpe"][0], good["wpe"][1][:5], *good["wpe"][2:]]
    with pytest.raises(ValueError, match="row 1 of wpe must have 8 numbers, not 5"):
        trained.load_parameters(good | {"wpe": short_row})
    assert trained.parameters() == good
    assert trained.steps_done == 4


class Stopwatch(CancelToken):
    """Remembers the longest time between two looks at the token, in seconds."""

    __slots__ = ("last", "longest")

    def __init__(self):
        super().__init__()
        self.longest, self.last = 0.0, time.thread_time()

    def check(self):
        now = time.thread_time()
        self.longest, self.last = max(self.longest, now - self.last), now
        super().check()


def test_a_cancelled_engine_stops_and_keeps_its_parameters(
    engine_name, make_engine, draw_documents
):
    cancel = CancelToken()
    engine = make_engine(engine_name, CONFIG, cancel=cancel)
    engine.train_step([8, 1, 8], 0.01)
    before = engine.parameters()
    cancel.cancel()
    with pytest.raises(Cancelled):
        engine.train_step([8, 1, 8], 0.01)
    assert engine.parameters() == before
    assert engine.steps_done == 1


LARGE = ModelConfig(60, n_layer=4, n_embd=64, n_head=4, block_size=256)


def test_a_large_model_looks_at_the_token_while_it_is_made(engine_name, make_engine):
    parameters = make_engine("python", LARGE).parameters()
    watch = Stopwatch()
    ENGINES[engine_name](LARGE, parameters, AdamConfig(), watch)
    watch.check()
    assert watch.longest < 0.25


def test_a_large_step_looks_at_the_token_often(engine_name, make_engine):
    watch = Stopwatch()
    engine = make_engine(engine_name, LARGE, cancel=watch)
    gc.collect()
    gc.disable()  # as in the window; a full collection of a large graph takes long
    try:
        watch.longest, watch.last = 0.0, time.thread_time()
        engine.train_step([59, 1, 2, 3, 4, 59], 0.01)
        watch.check()
    finally:
        gc.enable()
    assert watch.longest < 0.25


def test_a_large_step_ends_soon_after_another_thread_cancels_it(
    engine_name, make_engine
):
    cancel, started = CancelToken(), threading.Event()
    engine = make_engine(engine_name, LARGE, cancel=cancel)
    outcome = []

    def train():
        started.set()
        try:
            while True:
                engine.train_step([59, *range(40), 59], 0.001)
        except Cancelled:
            outcome.append(time.perf_counter())

    thread = threading.Thread(target=train)
    thread.start()
    started.wait()
    cancelled_at = time.perf_counter()
    cancel.cancel()
    thread.join(20)
    assert outcome
    assert outcome[0] - cancelled_at < 1


def test_a_step_leaves_no_reference_cycle(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    engine.train_step([8, 1, 2, 8], 0.01)  # what is kept for good is kept from now on
    gc.collect()
    gc.disable()
    try:
        engine.train_step([8, 3, 4, 5, 8], 0.01)
        engine.train_step([8, 1, 2, 8], 0.01)
        engine.forward([8, 1, 2])
        sample_tokens(engine, random.Random(1), 0.5)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_training_that_runs_away_is_explained(engine_name, make_engine):
    engine = make_engine(engine_name, CONFIG)
    with pytest.raises(
        Diverged, match=r"diverged at step \d+: [^()]*smaller learning rate"
    ):
        for step in range(60):
            engine.train_step([8, step % 8, (step * 5) % 8, 8], 1e6)
