"""The script's way of training: the engines' numbers, and what its time is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.bench.child import ChildFailed
from microgpt_gui.bench.script_way.trainee import ScriptTrainee
from microgpt_gui.bench.script_way.trainer import ScriptTrainer
from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.run import Run

CONFIG = RunConfig(
    dataset="elements", n_embd=8, n_head=2, n_layer=2, block_size=7, steps=50
)


def test_it_gives_the_numbers_of_the_engines():
    run = Run(CONFIG)
    expected = [run.step() for _ in range(7)]
    with ScriptTrainee(CONFIG) as script:
        assert script.seconds_a_step(3) > 0
        assert script.seconds_a_step(4) > 0
        assert script.losses == expected
        assert script.peak_bytes is None or script.peak_bytes > 5 * 2**20
        script._process.kill()
        script._process.wait()
        with pytest.raises(ChildFailed, match="broke off"):
            script.seconds_a_step(1)


def test_it_says_why_it_does_not_begin():
    with pytest.raises(ChildFailed, match="there-is-none"):
        ScriptTrainee(replace(CONFIG, dataset="there-is-none"))


def numbers_of_a_step(config, vocab_size, n):
    """Count what the script makes of a document of ``n`` positions, and learns from.

    A constant counts as well: the 0 that a sum begins with, and the number in a
    division or a negation, which are products.
    """

    def dot(k):
        return 1 + k + k

    def softmax(k):
        return 3 * k + (1 + k) + 2 * k  # less the largest, e to that; sum; divided

    width, size = config.n_embd, config.n_embd // config.n_head
    norm = dot(width) + 2 + 2 + 1 + width  # mean, with its epsilon, to a power, times
    made = 0
    for position in range(n):
        t = position + 1
        head = t * (dot(size) + 2) + softmax(t) + size * dot(t)
        layer = norm + 3 * width * dot(width) + config.n_head * head
        layer += width * dot(width) + width  # joined, and the residual
        layer += norm + 4 * width * dot(width) + 4 * width
        layer += width * dot(4 * width) + width
        made += width + norm + config.n_layer * layer + vocab_size * dot(width)
        # The loss is made of the target's odds, and of what those of others share.
        made += 3 * vocab_size + (1 + vocab_size) + 2 + 1 + 2
    return made + (1 + n) + 2


def test_it_makes_an_object_for_every_operation_and_every_constant():
    """That it leaves out none is what makes its time an honest one."""
    info, model = (run := Run(CONFIG)).info, CONFIG.model(run.info.vocab_size)
    parameters = unflattened(model, run.moment().weights)
    trainer = ScriptTrainer(model, parameters, CONFIG.adam())
    tokens = Vocabulary(info.chars).tokens_of(info.document_of(0))
    trainer.train_step(tokens, 0.01)
    n = min(CONFIG.block_size, len(tokens) - 1)
    unseen = (info.vocab_size - len(set(tokens[:n]))) + (CONFIG.block_size - n)
    learnt = model.num_params - unseen * CONFIG.n_embd
    assert trainer.nodes == numbers_of_a_step(CONFIG, info.vocab_size, n) + learnt
