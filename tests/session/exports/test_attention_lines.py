"""Attention as lines, in a picture file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.exports.attention_lines_svg import attention_lines_svg
from microgpt_gui.session.run import Run
from tests.session.exports.drawn import INK, parts, texts

LARGE = RunConfig(dataset="elements", steps=40, n_layer=2, n_embd=16, n_head=8, seed=3)


@pytest.mark.parametrize("head", [None, (1, 5)])
def test_each_line_leads_to_what_is_looked_at_and_is_as_thick_as_its_share(head):
    look = Run(LARGE).look("krypton")
    sharp = tuple(  # no two shares of a row alike, and one of next to nothing
        tuple(
            tuple(
                tuple(2.0**-k if k < q else 2.0 ** -max(q, 1) * 2 for k in range(q + 1))
                for q, _ in enumerate(rows)
            )
            for rows in heads
        )
        for heads in look.attention
    )
    svg = attention_lines_svg(
        replace(look, attention=sharp), INK, "Elements", head=head
    )
    lines = [
        tuple(float(line.get(name, "")) for name in ("x1", "x2", "y1", "stroke-width"))
        for line in parts(svg, "line")
    ]
    said = texts(svg)
    letters = [
        (text, float(part.get("x", "")), float(part.get("y", "")))
        for text, part in zip(said, parts(svg, "text"), strict=True)
        if text in {*"krypton"}
    ]
    heads = 1 if head else 16
    assert len(letters) == 2 * 7 * heads
    wanted = [
        share
        for q, row in enumerate(sharp[0][0])
        for k, share in enumerate(row)
        if share >= 0.02
    ]
    assert len(lines) == len(wanted) * heads
    whole = max(width for *_, width in lines)
    found = sorted(width / whole for *_, width in lines)
    expected = sorted(share / max(wanted) for share in wanted for _ in range(heads))
    assert found == pytest.approx(expected, abs=0.01)
    # The letter "n" looks at BOS most: to the far left.
    first = letters[:7]
    from_n = [line for line in lines if line[0] == first[-1][1]]
    step = first[1][1] - first[0][1]
    thickest = max(from_n, key=lambda line: line[3])
    assert thickest[0] - thickest[1] == pytest.approx(7 * step)
