"""The sheets of a head: a row of its attention, one score, all its measures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.attention.detail.sheet import (
    EMPTY,
    Cell,
    Row,
    Sheet,
    tints,
)
from microgpt_gui.gui.panels.attention.roles.words import TOLD, name_of
from microgpt_gui.letters import named, visible
from microgpt_gui.session.reading.heads.patterns import Pattern
from microgpt_gui.session.reading.heads.score import row_steps, score_steps

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.attention.arrangement import Pointed
    from microgpt_gui.session.reading.heads.role import HeadRole
    from microgpt_gui.session.reading.text import TextReading

_NOT_YET = Cell("…")


def row_sheet(look: TextReading, at: Pointed) -> Sheet:
    """Return how the scores of a query become its attention, key by key."""
    weights = look.attention[at.layer][at.head][at.query]
    most = max((w for w in weights if math.isfinite(w)), default=0.0)
    steps = None
    if look.trace is not None:
        steps = row_steps(look.trace, at.layer, at.head, at.query)
    rows = []
    for key, weight in enumerate(weights):
        bar = weight / most if most and math.isfinite(weight) else 0.0
        score = Cell(steps.scores[key]) if steps else _NOT_YET
        power = Cell(steps.exps[key]) if steps else _NOT_YET
        cells = score, power, Cell(weight, bar=bar)
        rows.append(Row(visible(look.labels[key]), cells, told_of(look, key)))
    total = Cell(steps.total) if steps else _NOT_YET
    cells = Cell(), total, Cell(_sum(weights))
    rows.append(Row("sum", cells, "the sum", is_sum=True))
    chosen = at.key if at.key <= at.query else None
    headers = "looks at", "score", "exp", "attention"
    return Sheet(headers, tuple(rows), chosen, order=(0, 3, 1, 2))


def score_sheet(look: TextReading, at: Pointed) -> Sheet:
    """Return how the score of a key arises, and what it becomes."""
    if look.trace is None or at.key > at.query:
        return EMPTY
    steps = score_steps(look.trace, *at)
    row = row_steps(look.trace, at.layer, at.head, at.query)
    columns = (steps.query, steps.key, steps.products)
    coloured = [tints(numbers) for numbers in columns]
    rows = []
    for i in range(len(steps.query)):
        cells = tuple(
            Cell(numbers[i], tint=shades[i])
            for numbers, shades in zip(columns, coloured, strict=True)
        )
        rows.append(Row(f"{i + 1}", cells, f"number {i + 1}"))
    none = Cell()
    root = f"{steps.root:.4g}"
    size = len(steps.query)
    less = f"exp of the score less {row.largest:.4g}, the row's largest"
    for name, value, told in (
        ("q · k", steps.total, "the sum of the products, q · k"),
        ("score", steps.score, f"divided by √{size} = {root}: score"),
        ("exp", row.exps[at.key], less),
        ("share", row.weights[at.key], f"divided by {row.total:.4g}: attention"),
    ):
        rows.append(Row(name, (none, none, Cell(value)), told, is_sum=True))
    headers = "i", "query", "key", "product"
    return Sheet(headers, tuple(rows), order=(0, 3, 1, 2))


def measures_sheet(role: HeadRole) -> Sheet:
    """Return all measures of a head, the one that names it chosen."""
    rows = []
    chosen, clearest = None, role.clearest
    for place, m in enumerate(role.measures):
        if m is clearest:
            chosen = place
        is_even = m.pattern is Pattern.EVEN  # it has no positions, and so no chance
        mean = m.mean if m.rows else None
        chance = m.chance if m.rows and not is_even else None
        beyond = m.beyond_chance if m.rows and not is_even else None
        bar = m.mean if m.rows and math.isfinite(m.mean) else 0.0
        cells = (
            Cell(mean, bar=min(1.0, bar)),
            Cell(chance),
            Cell(beyond),
            Cell(m.rows),
        )
        rows.append(Row(name_of(m.pattern), cells, TOLD[m.pattern]))
    headers = "looks at", "mean", "if even", "beyond", "rows"
    return Sheet(headers, tuple(rows), chosen, order=(0, 1, 3, 2, 4))


def told_of(look: TextReading, position: int) -> str:
    """Return what a token is called in full."""
    label = look.labels[position]
    return label if position == 0 else f"{named(label)} (position {position})"


def _sum(numbers: tuple[float, ...]) -> float:
    total = 0.0
    for number in numbers:
        total += number
    return total
