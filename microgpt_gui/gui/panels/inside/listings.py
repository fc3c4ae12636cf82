"""What is listed beside a stage that is open: products, or what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.panels.inside.bar_list import EMPTY, Line, Listing
from microgpt_gui.gui.panels.inside.sheet.content import arising_of
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.inside.stages import Kind
from microgpt_gui.session.reading.inside.way import ranked

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.inside.sheet.content import Sheet
    from microgpt_gui.session.reading.inside.way import TokenWay

#: Of more tokens than this, the rest is improbable beyond reading.
_MOST_TOKENS = 200


def listing_of(way: TokenWay, sheet: Sheet, row: int | None) -> Listing:
    """Return what is listed beside a stage.

    Args:
        way: What is shown.
        sheet: The stage, opened.
        row: Whose number is explained, of a product.
    """
    stage = sheet.stage
    if sheet.is_product and row is not None:
        return _products(way, sheet, row)
    if stage.is_stream:
        is_last = stage.id == way.last_stream
        title = "What the model predicts" if is_last else f"Logit lens: {stage.name}"
        note = "" if is_last else "lm_head, where the model has none"
        return _tokens(way, stage.id, title, note)
    if stage.id == "probs":
        return _tokens(way, stage.id, "What the model predicts", "")
    return EMPTY


def _products(way: TokenWay, sheet: Sheet, row: int) -> Listing:
    stage = sheet.stage
    found = arising_of(way, sheet, row)
    if found is None:
        return EMPTY
    index = sheet.index_of(row)
    is_plain = stage.kind is Kind.PRODUCT and stage.id != "logits"
    name = f"{stage.symbol}[{index}]" if is_plain else stage.symbol
    place = "" if is_plain else f"; {words.place_of(way, stage, index)}"
    names = sheet.column_names
    lines = []
    for term in found.terms:
        label = names[term.index] if names else str(term.index)
        size = f"{term.weight:+.3f} × {term.entering:+.3f}"
        full = (
            f"product {term.index}: {term.weight!r} × {term.entering!r} = "
            f"{term.product!r}"
        )
        lines.append(
            Line(f"{label:>3} {size}", term.product, f"{term.product:+.4f}", full)
        )
    note = f"sum of {len(lines)} products"
    if stage.kind is Kind.SCORES:
        note += f", {found.total:+.4f}, / √{way.moment.model.head_dim}"
    note += place
    return Listing(
        f"{name} = {found.value:+.4f}",
        note,
        tuple(lines),
        is_signed=True,
    )


def _tokens(way: TokenWay, id: str, title: str, note: str) -> Listing:
    readout = way.numbers[id][0] if id == "probs" else way.readouts[id]
    lines = []
    for token in ranked(readout)[:_MOST_TOKENS]:
        chance = readout[token]
        full = f"{words.token_named(way, token)}: {chance!r}"
        label = shown(visible(way.label_of(token)))
        lines.append(Line(label, chance, words.share(chance), full))
    return Listing(title, note, tuple(lines), is_signed=False)
