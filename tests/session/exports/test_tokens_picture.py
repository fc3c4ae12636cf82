"""Tokens as a picture: valid XML, in the model's order, all inside."""

from __future__ import annotations

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.tokens_svg import tokens_svg
from microgpt_gui.session.reading.token_row import TokenRow, token_row
from microgpt_gui.session.run import Run
from tests.session.exports.drawn import INK, parts, texts

SMALL = RunConfig(dataset="elements", steps=40, n_layer=2, n_embd=8, n_head=2, seed=3)


def row_of(text: str) -> TokenRow:
    return token_row(Run(SMALL).moment(), text)


def test_tokens_are_drawn_in_order_with_what_is_not_read_and_the_vocabulary() -> None:
    row = row_of("protoactiniumiron")
    svg = tokens_svg(row, INK, "some run")
    told = texts(svg)
    at = told.index("to predict") + 1
    assert told[at : at + 5] == ["BOS", "0", "p", "24", "p"]
    assert f"not read: the context length is {SMALL.block_size}" in told
    dashed = [r for r in parts(svg, "rect") if r.get("stroke-dasharray")]
    assert len(dashed) == 1  # the one that is only predicted
    said = told.index("Vocabulary: 25 tokens, 11 of them in this text")
    assert told[said + 1 :] == [
        written
        for token, sign in enumerate((*row.chars, "BOS"))
        for written in (sign, str(token))
    ]
    assert not [r for r in parts(svg, "rect") if float(r.get("x") or 0) < 0]


def test_a_long_text_of_tokens_goes_on_in_the_next_line_or_is_refused() -> None:
    svg = tokens_svg(row_of("iron" * 20), INK, "some run")
    assert texts(svg).count("position") == 4
    assert all(
        float(r.get("x") or 0) + float(r.get("width") or 0) <= 1000
        for r in parts(svg, "rect")
    )
    with pytest.raises(ValueError, match="choose a shorter text, or CSV"):
        tokens_svg(row_of("iron" * 2000), INK, "some run")
