"""A text as tokens, held against what training itself is given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.token_row import token_row
from microgpt_gui.session.run import Run

SMALL = RunConfig(dataset="elements", steps=40, n_embd=8, n_head=2, seed=3)


def spelt(row, tokens):
    return "".join((*row.chars, "|")[token] for token in tokens)


@pytest.mark.parametrize("block_size", [1, 2, 5, 16])
def test_what_is_read_and_predicted_is_what_the_script_trains_on(block_size):
    """Karpathy's lines: tokens, n, and one (token, target) for each position."""
    run = Run(replace(SMALL, block_size=block_size))
    for _ in range(3):
        row = token_row(run.moment(), "")
        doc = row.text
        bos = len(row.chars)
        tokens = [bos] + [row.chars.index(ch) for ch in doc] + [bos]
        n = min(block_size, len(tokens) - 1)
        assert list(row.tokens) == tokens
        assert row.positions == n
        assert row.unread == len(tokens) - 1 - n
        assert len(row.labels) == len(tokens)
        run.step()
    assert row.is_document and not row.problem


def test_the_row_is_of_the_document_learnt_last():
    run = Run(SMALL)
    assert token_row(run.moment(), "").text == run.info.document_of(0)
    for step in range(3):
        run.step()
        row = token_row(run.moment(), "")
        assert (row.step, row.text) == (step + 1, run.info.document_of(step))


def test_of_a_long_text_every_letter_is_there_and_what_is_read_is_said():
    run = Run(replace(SMALL, block_size=4))
    row = token_row(run.moment(), "silver" * 400)
    assert spelt(row, row.tokens) == f"|{'silver' * 400}|"
    assert row.labels == ("BOS", *("silver" * 400), "BOS")
    assert row.positions == 4
    assert spelt(row, row.shown.tokens) == "|sil"
    assert row.problem == (
        "the context length (block_size 4) has room for BOS and 3 characters: "
        "the last 2397 are not read"
    )


def test_a_text_that_cannot_be_spelt_leaves_the_document():
    run = Run(SMALL)
    row = token_row(run.moment(), "irön")
    assert row.is_document and row.text == run.info.document_of(0)
    assert "'ö' is not one of this vocabulary's" in row.problem
    taken = token_row(run.moment(), "Gold")
    assert taken.text == "gold" and "“g” is taken instead" in taken.note


def test_an_alphabet_of_one_letter_has_two_tokens(tmp_path):
    path = tmp_path / "ones.txt"
    path.write_text("1\n11\n111\n")
    run = Run(replace(SMALL, dataset=str(path), block_size=3))
    row = token_row(run.moment(), "1111")
    assert row.chars == "1"
    assert row.tokens == (1, 0, 0, 0, 0, 1)
    assert (row.positions, row.unread) == (3, 2)
