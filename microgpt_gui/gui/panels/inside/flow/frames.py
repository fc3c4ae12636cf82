"""What of the flow stays the same from step to step: titles, outlines, and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microgpt_gui.gui.panels.inside.flow.layout import FlowLayout
    from microgpt_gui.gui.panels.inside.flow.titles import Titles
    from microgpt_gui.gui.theme.appearance import Appearance


def draw_titles(
    painter: QPainter,
    appearance: Appearance,
    layout: FlowLayout,
    titles: Titles,
    top: int,
    groups: int,
) -> None:
    """Draw the titles, above the rows and over those that are scrolled there.

    Args:
        painter: Of the whole.
        appearance: Colours and fonts.
        layout: Where the stages are.
        titles: Theirs.
        top: Of what is in view.
        groups: Height of the line that says what the stages are parts of; 0 for none.
    """
    theme, metrics = appearance.theme, QFontMetrics(titles.font)
    if top:
        band = QRect(0, top, layout.width, layout.title)
        painter.fillRect(band, QColor(theme.surface))
    painter.setFont(titles.font)
    painter.setPen(QColor(theme.text))
    for slot, (left, width) in layout.slots.items():
        title = titles.texts[slot]
        x = left + (width - metrics.horizontalAdvance(title)) // 2
        painter.drawText(x, top + groups + metrics.ascent(), title)
    if groups:
        _draw_groups(painter, appearance, layout, top)


def _draw_groups(
    painter: QPainter, appearance: Appearance, layout: FlowLayout, top: int
) -> None:
    """Say above the titles what the stages are parts of."""
    font = appearance.font(sizes.CAPTION)
    metrics, gap = QFontMetrics(font), appearance.px(sizes.SMALL)
    middle = top + metrics.height() // 2
    painter.setFont(font)
    lines = []
    painter.setPen(QColor(appearance.theme.muted))
    for name, first, last in words.GROUPS:
        start, (end, wide) = layout.slots[first][0], layout.slots[last]
        end += wide
        x = (start + end - metrics.horizontalAdvance(name)) // 2
        painter.drawText(x, top + metrics.ascent(), name)
        after = x + metrics.horizontalAdvance(name) + gap
        lines += [(start, x - gap), (after, end)]
    painter.setPen(QColor(appearance.theme.border))
    for left, right in lines:
        if left < right:
            painter.drawLine(left, middle, right, middle)


def draw_frames(
    painter: QPainter,
    appearance: Appearance,
    layout: FlowLayout,
    numbers: Iterable[int],
) -> None:
    """Draw the outlines of strips, by the numbers of their stages."""
    painter.setPen(QColor(appearance.theme.border))
    strips = [layout.strips[number] for number in numbers]
    painter.drawRects(
        [QRect(s.left - 1, s.top - 1, s.width + 1, s.height + 1) for s in strips]
    )


def draw_layers(
    painter: QPainter, appearance: Appearance, layout: FlowLayout, font: QFont
) -> None:
    """Say which layer a row is, and where it goes on."""
    metrics, rows = QFontMetrics(font), layout.rows
    painter.setFont(font)
    painter.setPen(QColor(appearance.theme.muted))
    for row in rows[1:]:
        y = row.strip_top + metrics.ascent()
        painter.drawText(0, y, words.layer(row.layer))
    left, _ = layout.slots["logits"]
    for row in rows[:-1]:
        has_lens = row.strip_height >= 2 * (metrics.height() + appearance.px(2))
        said = words.on_to(row.layer + 1, has_lens=has_lens)
        painter.drawText(left, row.strip_top + metrics.ascent(), said)


def draw_bypasses(
    painter: QPainter, appearance: Appearance, layout: FlowLayout, high: int
) -> None:
    """Lead the stream around attention and around the MLP, below the strips.

    Args:
        painter: Of the whole.
        appearance: Colours.
        layout: Where the stages are.
        high: How high the line's room is.
    """
    painter.setPen(QPen(QColor(appearance.theme.accent), 2))
    middle, after = _centre(layout, "middle"), _centre(layout, "after")
    for row in layout.rows:
        start = _centre(layout, "norm0") if row is layout.rows[0] else 0
        bottom = row.strip_bottom
        low = bottom + high - 3
        for left, right in ((start, middle - 3), (middle + 3, after)):
            line = [QPoint(left, low), QPoint(right, low), QPoint(right, bottom + 2)]
            if left:
                line.insert(0, QPoint(left, bottom + 2))
            painter.drawPolyline(line)


def _centre(layout: FlowLayout, slot: str) -> int:
    left, width = layout.slots[slot]
    return left + width // 2
