"""What the model predicts, or a lens reads on the way, as bars with their letters."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.inside.way import ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.gui.panels.inside.flow.layout import Strip
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.inside.way import TokenWay


def draw_bars(
    painter: QPainter,
    appearance: Appearance,
    font: QFont,
    way: TokenWay,
    chances: Sequence[float],
    strip: Strip,
    *,
    is_lens: bool = False,
) -> list[int]:
    """Draw the likeliest tokens, and return them, the likeliest first.

    Args:
        painter: Of the whole.
        appearance: Colours.
        font: Of letters and numbers.
        way: Whose tokens.
        chances: Their probabilities, [token].
        strip: Where they are: each row is a bar.
        is_lens: They are not the model's own.
    """
    px, theme, metrics = appearance.px, appearance.theme, QFontMetrics(font)
    order = ranked(chances)[: strip.rows]
    labels = [sign_of(way, token) for token in order]
    gap = px(4)
    before = max(map(metrics.horizontalAdvance, labels)) + gap
    after = metrics.horizontalAdvance("100 %") + gap
    room = max(0, strip.width - before - after)
    most = max(filter(isfinite, chances), default=0.0) or 1.0
    bars, texts = [], []
    for row, (token, label) in enumerate(zip(order, labels, strict=True)):
        left, top, _, high = strip.cell(row)
        chance = chances[token] if isfinite(chances[token]) else 0.0
        long = max(1, round(chance / most * room))
        bars.append(QRect(left + before, top + 1, long, high - 2))
        base = top + (high + metrics.ascent() - metrics.descent()) // 2
        x = left + before - gap - metrics.horizontalAdvance(label)
        texts.append((x, base, label))
        texts.append((left + before + long + gap, base, words.share(chances[token])))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.faint if is_lens else theme.series[0]))
    painter.drawRects(bars)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted if is_lens else theme.text))
    for x, y, text in texts:
        painter.drawText(x, y, text)
    return order


def sign_of(way: TokenWay, token: int) -> str:
    """Return the one sign that stands for a token."""
    return shown(visible(way.label_of(token)))
