"""Paints the boxes of a graph and what goes between them, in few calls."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QPainter

from microgpt_gui.gui.panels.graph import words
from microgpt_gui.gui.panels.graph.colours import colours_of, level_of
from microgpt_gui.gui.panels.graph.edge_lines import EdgeLines
from microgpt_gui.gui.theme import scale as steps
from microgpt_gui.gui.theme.fonts import font
from microgpt_gui.gui.widgets.text_batch import TextBatch
from microgpt_gui.session.exports.mixing import mixed
from microgpt_gui.session.reading.graph.layout import Layout, Sizes, arranged
from microgpt_gui.session.reading.graph.names import (
    group_caption,
    group_name,
    number_sign,
)
from microgpt_gui.session.reading.graph.open_groups import Edge, gradient_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.theme.scale import Scale
    from microgpt_gui.session.reading.graph.open_graph import OpenGraph
    from microgpt_gui.session.reading.graph.open_groups import Box

#: How much of an edge is seen that nobody looks at, from 0 to 1.
_FAINT = 0.55


class LookedAt(NamedTuple):
    """What stands out of a graph."""

    key: int | None = None  # of a closed box: its edges do
    trail: Sequence[int] = ()  # keys of the boxes that a walk led through, in its order


class GraphPicture:
    """One layout of an open graph, for one theme and zoom.

    Attributes:
        shown: What is open of which graph.
        layout: Where its boxes are.
    """

    def __init__(self, shown: OpenGraph, theme: Theme, scale: Scale, room: int) -> None:
        """Lay out, but paint nothing.

        Args:
            shown: The graph.
            theme: Whose colours.
            scale: Of boxes and letters.
            room: The width there is, in pixels.
        """
        self.shown = shown
        self._theme = theme
        px = scale.px
        self._pad = px(5)
        self._thin = px(1.5)
        self._names = TextBatch(font(scale, steps.CAPTION, QFont.Weight.DemiBold))
        self._lines = TextBatch(font(scale, steps.CAPTION))
        line = round(self._lines.height)
        self._title = line + px(6)
        sizes = Sizes(
            group=(px(92), 2 * line + px(8)),
            number=(px(78), 3 * line + px(8)),
            title=self._title,
            pad=px(7),
            across=px(22),
            below=px(7),
            between=px(18),
        )
        self.layout: Layout = arranged(shown.boxes, shown.edges, sizes, room)
        self._by_key = {box.key: box for box in shown.boxes}
        self._levels = {
            box.key: level_of(gradient_size(shown.graph, box))
            for box in shown.boxes
            if not box.is_open
        }
        # All stages read the weights: such edges would hide all others.
        weights = next(b.key for b in shown.boxes if b.start == 0)
        edges = [e for e in shown.edges if e.source != weights]
        self._lines_between = EdgeLines(edges, self.layout.places)
        self._faint = mixed(theme.faint, theme.surface, _FAINT)
        self._texts: dict[int, tuple[str, ...]] = {}
        self._titles: list[tuple[str, float, float]] = []

    def place(self, key: int) -> QRect:
        """Return where a box is; of an open group, all of it."""
        return QRect(*self.layout.places[key])

    def target(self, box: Box) -> QRect:
        """Return where a box is pressed: of an open group, its title."""
        place = self.place(box.key)
        if box.is_open:
            place.setHeight(self._title)
        return place

    def paint(self, painter: QPainter, seen: QRect, looked_at: LookedAt) -> None:
        """Paint what lies in view.

        Args:
            painter: Moved so that the coordinates of the whole hold.
            seen: What lies in view, in pixels of the whole.
            looked_at: What stands out.
        """
        theme = self._theme
        boxes = [b for b in self.shown.boxes if self.place(b.key).intersects(seen)]
        painter.setPen(QColor(theme.border))
        for depth, some in self._open_by_depth(boxes):
            ground = theme.raised if depth % 2 == 0 else theme.surface
            painter.setBrush(QColor(ground))
            painter.drawRects([self.place(b.key).adjusted(0, 0, -1, -1) for b in some])
        self._lines_between.paint(painter, seen, self._faint, 1)
        self._paint_looked_at(painter, seen, looked_at)
        self._paint_boxes(painter, boxes)

    def _paint_looked_at(
        self, painter: QPainter, seen: QRect, looked_at: LookedAt
    ) -> None:
        theme, key, edges = self._theme, looked_at.key, self.shown.edges
        way = [Edge(source, target, 1) for target, source in pairwise(looked_at.trail)]
        for some, colour, width in (
            ([e for e in edges if e.target == key], theme.accent, self._thin),
            ([e for e in edges if e.source == key], theme.series[1], self._thin),
            (way, theme.accent, 2 * self._thin),
        ):
            if some:
                lines = EdgeLines(some, self.layout.places)
                lines.paint(painter, seen, colour, width)

    def _paint_boxes(self, painter: QPainter, boxes: list[Box]) -> None:
        theme = self._theme
        by_level: dict[int, list[QRect]] = {}
        colours = colours_of(theme)
        for box in boxes:
            place = self.place(box.key)
            if box.is_open:
                self._add_title(box, place)
                continue
            level = self._levels[box.key]
            by_level.setdefault(level, []).append(place.adjusted(0, 0, -1, -1))
            self._add_lines(box, place, is_light=colours[level][1])
        painter.setPen(QColor(theme.border))
        for level, places in by_level.items():
            painter.setBrush(colours[level][0])
            painter.drawRects(places)
        texts = {True: QColor("#ffffff"), False: QColor("#10131c")}
        self._lines.paint(painter, texts)
        self._names.paint(painter, texts)
        self._paint_titles(painter)

    def _open_by_depth(self, boxes: Iterable[Box]) -> list[tuple[int, list[Box]]]:
        found: dict[int, list[Box]] = {}
        around = self.shown.graph.groups.around
        for box in boxes:
            if box.is_open:
                found.setdefault(len(around(box.key)), []).append(box)
        return sorted(found.items())

    def _add_title(self, box: Box, place: QRect) -> None:
        room = place.width() - 2 * self._pad
        text = self._names.fitted(f"▾ {group_name(self.shown.graph, box.key)}", room)
        y = place.top() + (self._title + self._names.ascent) / 2 - 1
        self._titles.append((text, place.left() + self._pad, y))

    def _paint_titles(self, painter: QPainter) -> None:
        for text, x, y in self._titles:
            self._names.add(text, x, y)
        self._titles.clear()
        self._names.paint(painter, {False: QColor(self._theme.text)})

    def _add_lines(self, box: Box, place: QRect, *, is_light: bool) -> None:
        x = place.left() + self._pad
        top = place.top() + (place.height() - self._lines.height * self._count(box)) / 2
        for number, text in enumerate(self._text_of(box, place.width())):
            batch = self._lines if number else self._names
            y = top + number * self._lines.height + self._lines.ascent
            batch.add(text, x, y, is_light=is_light)

    def _count(self, box: Box) -> int:
        return 3 if box.is_number else 2

    def _text_of(self, box: Box, width: int) -> tuple[str, ...]:
        """Return a box's lines; found once, as they are painted again and again."""
        known = self._texts.get(box.key)
        if known is None:
            known = self._texts[box.key] = self._new_text_of(box, width - 2 * self._pad)
        return known

    def _new_text_of(self, box: Box, room: int) -> tuple[str, ...]:
        graph = self.shown.graph
        if box.is_number:
            name = number_sign(graph, box.start)
            data, grad = graph.data[box.start], graph.grad[box.start]
            lines = [words.told(data), f"∂ {words.told(grad)}"]
        else:
            name = group_name(graph, box.key)
            lines = [group_caption(graph, box.key)]
        fitted = (self._lines.fitted(line, room) for line in lines)
        return (self._names.fitted(name, room), *fitted)
