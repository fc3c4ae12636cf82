"""Lines with a bar each as a picture: lines that were scored, samples counted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.letters import in_one_line
from microgpt_gui.session.exports import svg
from microgpt_gui.session.exports.heading import CAPTION, EDGE, bottom_of, heading
from microgpt_gui.session.reading.sample_tally import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.sample_tally import Tally
    from microgpt_gui.session.reading.scored_lines import ScoredLine, ScoredLines

#: More lines in a picture are not read by anybody.
MOST_LINES = 60

#: They stand in the data.
_KNOWN = (Kind.KNOWN, Kind.LEARNT, Kind.NOT_LEARNT)

_WIDTH, _PITCH, _LETTERS = 720.0, 26.0, 13.0
_LABEL, _TOLD = 220.0, 150.0  # room before and behind the bars


@dataclass(frozen=True, slots=True)
class Bar:
    """One line.

    Attributes:
        label: Before the bar.
        share: How long it is, 0 to 1.
        told: Behind it.
        is_reference: It has the other colour.
    """

    label: str
    share: float
    told: str
    is_reference: bool = False


def lines_svg(scored: ScoredLines, order: Sequence[int], ink: Ink, caption: str) -> str:
    """Return scored lines as bars: as long as a token of theirs surprises.

    Args:
        scored: The lines; one at least.
        order: Their numbers, as they are ranked; the first MOST_LINES are drawn.
        ink: Its colours.
        caption: Of which run it is.
    """
    by_number = {line.number: line for line in scored.lines}
    lines = [by_number[number] for number in order]
    means = [line.mean for line in lines if math.isfinite(line.mean)]
    most = max(means, default=0.0) or 1.0
    bars = [
        Bar(
            in_one_line(line.taken),
            min(1.0, line.mean / most) if line.mean >= 0 else 0.0,
            _told(line, scored),
        )
        for line in lines[:MOST_LINES]
    ]
    said = f"after step {scored.step:,}: mean surprise of a token, in nats"
    if scored.measured:
        said += f"; percentile among {len(scored.measured):,} documents not trained on"
    more = len(lines) - len(bars)
    notes = [said, *([f"{more:,} more are not drawn"] if more else []), caption]
    return _picture("Lines ranked by surprise", notes, bars, ink)


def _told(line: ScoredLine, scored: ScoredLines) -> str:
    if math.isnan(line.mean):
        return "no score"
    place = scored.percentile(line)
    nats = f"{line.mean:.2f} nats"
    return nats if math.isnan(place) else f"{nats}, {place:.1f}"


def tally_svg(
    tally: Tally, titles: Sequence[tuple[Kind, str]], ink: Ink, caption: str
) -> str:
    """Return the counts of samples as bars.

    Args:
        tally: The counts.
        titles: The kinds, and what each is called.
        ink: Its colours.
        caption: Of which run it is.
    """
    of = len(tally.samples)
    bars = []
    for kind, title in titles:
        count = len(tally.of_kind(kind))
        share = count / of if of else 0.0
        told = f"{count:,}, {100 * share:.1f} %"
        bars.append(Bar(title, share, told, is_reference=kind in _KNOWN))
    seed = "the run's own stream" if tally.seed is None else f"seed {tally.seed}"
    said = (
        f"{of:,} samples after step {tally.step:,}, temperature "
        f"{tally.temperature:g}, {seed}"
    )
    return _picture("Samples that are", [said, caption], bars, ink)


def _picture(title: str, notes: Sequence[str], bars: Sequence[Bar], ink: Ink) -> str:
    room = _WIDTH - 2 * EDGE
    lines = [part for note in notes for part in svg.wrapped(note, CAPTION, room)]
    parts = heading(title, lines, ink)
    top, left = bottom_of(lines), EDGE + _LABEL
    longest = _WIDTH - EDGE - _TOLD - left
    for number, bar in enumerate(bars):
        y = top + number * _PITCH
        base = y + _PITCH / 2 + _LETTERS * 0.36
        label = svg.fitted(bar.label, _LETTERS, _LABEL - 12)
        fill = ink.reference if bar.is_reference else ink.curve
        high = _PITCH - 10
        parts += [
            svg.text(left - 8, base, label, _LETTERS, text_anchor="end"),
            svg.element(
                "rect",
                x=left,
                y=y + 5,
                width=max(0.5, bar.share * longest),
                height=high,
                fill=fill,
            ),
            svg.text(
                left + bar.share * longest + 8, base, bar.told, CAPTION, fill=ink.muted
            ),
        ]
    height = top + len(bars) * _PITCH + EDGE
    about = f"{title}. {'. '.join(lines)}."
    return svg.picture(_WIDTH, height, ink, title, about, parts)
