"""How scores and attention arise, against the weights themselves."""

from __future__ import annotations

import math

import pytest

from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.reading.heads.score import row_steps, score_steps
from microgpt_gui.session.reading.matrices import matrices
from microgpt_gui.session.reading.text import read_text
from microgpt_gui.session.run import Run


def times(matrix, x):
    columns = len(x)
    rows = [
        matrix.numbers[i : i + columns] for i in range(0, len(matrix.numbers), columns)
    ]
    return [math.fsum(a * b for a, b in zip(row, x, strict=True)) for row in rows]


def normed(x):
    scale = (math.fsum(a * a for a in x) / len(x) + 1e-5) ** -0.5
    return [a * scale for a in x]


@pytest.mark.parametrize(
    ("engine", "layers", "heads"),
    [("python", 1, 1), ("autograd", 2, 8), ("numpy", 4, 8)],
)
def test_a_score_is_made_of_its_query_and_key(engine, layers, heads):
    run = Run(
        RunConfig(
            dataset="elements",
            engine=engine,
            n_layer=layers,
            n_embd=16,
            n_head=heads,
            steps=3,
            learning_rate=0.1,
        )
    )
    for _ in range(3):
        run.step()
    moment = run.moment()
    reading = read_text(moment, "xenon", is_traced=True)
    assert reading.attention == read_text(moment, "xenon").attention
    trace = reading.trace
    weights = {m.name: m for m in matrices(moment)}
    size = 16 // heads
    # The first layer's queries and keys, from the embeddings.
    for query, key, head in ((5, 2, heads - 1), (4, 4, 0), (0, 0, 0)):
        steps = score_steps(trace, 0, head, query, key)
        q, k = (
            times(weights[f"layer0.{name}"], normed(trace.norm.out[position]))[
                head * size : (head + 1) * size
            ]
            for name, position in (("attn_wq", query), ("attn_wk", key))
        )
        assert steps.query == pytest.approx(q, abs=1e-12)
        assert steps.key == pytest.approx(k, abs=1e-12)
    is_same = pytest.approx if engine == "numpy" else lambda x, **_: x
    for layer in range(layers):
        for query in range(6):
            row = row_steps(trace, layer, heads - 1, query)
            assert row.weights == reading.attention[layer][heads - 1][query]
            made = tuple(e * row.total**-1 for e in row.exps)
            assert made == is_same(row.weights, abs=1e-12)
            for key in range(query + 1):
                steps = score_steps(trace, layer, heads - 1, query, key)
                assert steps.score == row.scores[key]
                assert len(steps.products) == size
                scaled = steps.total * steps.root**-1
                assert scaled == is_same(steps.score, abs=1e-12)
