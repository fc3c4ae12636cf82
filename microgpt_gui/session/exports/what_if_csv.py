"""What an alteration does, and how true a gradient is, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.exports.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.reading.effect import Effect
    from microgpt_gui.session.reading.learning.slopes import GradientCheck


def effect_csv(effect: Effect, check: Callable[[], None]) -> Iterator[str]:
    r"""Yield what an alteration does as a table, to the last digit.

    Columns: what, of, as_it_is, what_if; and altered: what is. Rows: loss, the mean
    over so many documents not trained on, in nats; text_loss, of a text, in nats;
    probability, of each token after the text, or after BOS, at temperature 1; sample,
    counted from 1. A line break in a text is the two characters \n.

    Args:
        effect: What it does.
        check: Called now and then; what it raises ends the work.
    """
    own, altered, told = effect.own, effect.altered, effect.alteration.told()

    def rows() -> Iterator[Sequence[object]]:
        if effect.documents:
            count = f"{effect.documents} documents not trained on"
            yield "loss", count, repr(own.loss), repr(altered.loss), told
        if effect.text:
            text = with_escaped_breaks(effect.text)
            losses = repr(own.text_loss), repr(altered.text_loss)
            yield "text_loss", text, *losses, told
        if own.letter is not None and altered.letter is not None:
            pairs = zip(own.letter.own, altered.letter.own, strict=False)
            for token, pair in enumerate(pairs):
                label = with_escaped_breaks(own.letter.label_of(token))
                yield "probability", label, *map(repr, pair), told
        drawn = zip(own.samples, altered.samples, strict=False)
        for number, texts in enumerate(drawn, 1):
            yield "sample", number, *map(with_escaped_breaks, texts), told

    return table(("what", "of", "as_it_is", "what_if", "altered"), rows(), check)


def slopes_csv(told: GradientCheck, check: Callable[[], None]) -> Iterator[str]:
    """Yield the slopes that are measured at a weight as a table, to the last digit.

    Columns: matrix, row and column, from 0; step, the one whose loss and gradient it
    is; weight, before that step; gradient, what backward found; h; loss_below and
    loss_above, at weight - h and weight + h, in nats; slope; difference from the
    gradient; switched_units, see `Slope`.

    Args:
        told: What is measured.
        check: Called now and then; what it raises ends the work.
    """
    header = (
        *("matrix", "row", "column", "step", "weight", "gradient"),
        *("h", "loss_below", "loss_above", "slope", "difference", "switched_units"),
    )

    def rows() -> Iterator[Sequence[object]]:
        for s in told.slopes:
            numbers = s.distance, s.below, s.above, s.slope, told.difference(s)
            yield (
                *told.cell,
                told.step,
                *(repr(told.weight), repr(told.gradient)),
                *map(repr, numbers),
                s.switched,
            )

    return table(header, rows(), check)
