"""The layers of the flow: what changes with every step apart from what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap

from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panels.inside import words
from microgpt_gui.gui.panels.inside.flow.bars import draw_bars, sign_of
from microgpt_gui.gui.panels.inside.flow.cell_texts import write_cells
from microgpt_gui.gui.panels.inside.flow.cells import FlowCells
from microgpt_gui.gui.panels.inside.flow.frames import (
    draw_bypasses,
    draw_frames,
    draw_layers,
    draw_titles,
)
from microgpt_gui.gui.panels.inside.flow.layout import (
    FlowLayout,
    Sizes,
    Strip,
    flow_layout,
)
from microgpt_gui.gui.panels.inside.flow.titles import fitting_titles
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.session.reading.inside.way import ranked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from microgpt_gui.gui.panels.inside.colours import ColouredWay
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay

#: A view as high as this, in pixels at 100 %, is one to be read from the back row.
_STAGE = 380

#: In one that is lower than this, no line says what the stages are parts of.
_GROUPED = 260


class Spot(NamedTuple):
    """What is pointed at: a stage, and the number of one of its cells, if of one."""

    stage: int
    cell: int | None


class FlowPicture:
    """Draws the part of a way that is in view.

    Titles and lines are drawn when sizes change; the texts as often as they can be
    read; with every step only the cells are.

    Attributes:
        layout: Where the stages are.
    """

    def __init__(
        self,
        appearance: Appearance,
        way: TokenWay,
        view: QSize,
        only_layer: int | None,
    ) -> None:
        """Arrange the stages for a view.

        Args:
            appearance: Colours and fonts.
            way: What is to be shown, or one of the same sizes.
            view: The room.
            only_layer: The layer that alone is shown, in brief; None for all, in full.
        """
        px = appearance.px
        self._appearance = appearance
        self._stages = way.stages
        self.is_brief = only_layer is not None
        is_stage = view.height() >= px(_STAGE)
        self._titles = titles = fitting_titles(
            appearance,
            way.stages,
            view.width(),
            sizes.TITLE if is_stage else sizes.BODY,
        )
        metrics = QFontMetrics(titles.font)
        self._text_font = appearance.font(sizes.BODY if is_stage else sizes.CAPTION)
        of_text = QFontMetrics(self._text_font)
        line = of_text.height()
        self._bypass = 0 if self.is_brief else px(7)
        self._line = 0 if self.is_brief else line
        has_groups = not self.is_brief and view.height() >= px(_GROUPED)
        self._groups = line + px(2) if has_groups else 0
        wanted = Sizes(
            titles=titles.widths,
            title=self._groups + metrics.height() + px(3),
            text=self._line,
            bypass=self._bypass,
            gap=titles.gap,
            row_gap=px(sizes.SMALL if is_stage else 3),
            least_strip=px(14) if not self.is_brief else 0,
            least_shown=px(14),
            least_cell=px(2),
            bar=line + px(2),
        )
        self.layout: FlowLayout = flow_layout(
            way.stages,
            way.position + 1,
            view.width(),
            view.height(),
            wanted,
            only_layer,
        )
        self._shown: ColouredWay | None = None
        self._ranked: list[int] = []

    @property
    def has_numbers(self) -> bool:
        """See `MapPicture`: there are always texts."""
        return True

    def show(self, shown: ColouredWay) -> None:
        """Take other numbers, of a way of the same sizes."""
        self._shown = shown

    def token_of_bar(self, bar: int) -> int | None:
        """Return the token of a bar; None if there is none."""
        return self._ranked[bar] if bar < len(self._ranked) else None

    # The layers

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """See `MapPicture`."""
        self._offset, self._size, self._ratio = offset, view, ratio
        strips = self.layout.strips
        self._cells = FlowCells(
            {n: s for n, s in strips.items() if s.height and not self._is_bars(n)},
            [self._count(stage) for stage in self._stages],
            [(stage.width or 0) * (stage.parts > 1) for stage in self._stages],
            offset,
            view,
            ratio,
        )
        self._frames, painter = self._layer()
        are_framed = [n for n, s in strips.items() if s.height and not self._is_bars(n)]
        draw_frames(painter, self._appearance, self.layout, are_framed)
        if not self.is_brief:
            draw_bypasses(painter, self._appearance, self.layout, self._bypass)
            draw_layers(painter, self._appearance, self.layout, self._text_font)
        draw_titles(
            painter,
            self._appearance,
            self.layout,
            self._titles,
            offset.y(),
            self._groups,
        )
        painter.end()
        self.write_numbers()

    def _count(self, stage: Stage) -> int:
        assert self._shown is not None
        return len(self._shown.arrays[stage.id])

    def _is_bars(self, number: int) -> bool:
        return self._stages[number].id == "probs"

    def write_numbers(self) -> None:
        """See `MapPicture`: the texts below, the bars, and the numbers in cells."""
        self._texts, painter = self._layer()
        below = QRect(self._offset, self._size).adjusted(0, self.layout.title, 0, 0)
        painter.setClipRect(below)
        if self._shown is not None:
            way = self._shown.way
            for number, strip in self.layout.strips.items():
                if self._is_bars(number) and strip.height:
                    self._ranked = draw_bars(
                        painter,
                        self._appearance,
                        self._text_font,
                        way,
                        way.numbers["probs"][0],
                        strip,
                    )
            if not self.is_brief:
                self._write_stream(painter, way)
                self._write_lenses(painter, way)
                seen = {n: self.layout.strips[n] for n in self._cells.numbers}
                write_cells(painter, self._appearance, self._shown, seen)
        painter.end()

    def _write_stream(self, painter: QPainter, way: TokenWay) -> None:
        """Write length and lens below each stage of the stream."""
        metrics = QFontMetrics(self._text_font)
        painter.setFont(self._text_font)
        painter.setPen(QColor(self._appearance.theme.text))
        streams = [n for n in self.layout.strips if self._stages[n].is_stream]
        for place, number in enumerate(streams):
            strip, stage = self.layout.strips[number], self._stages[number]
            readout = way.readouts[stage.id]
            label = sign_of(way, ranked(readout)[0])
            texts = words.stream_texts(way, stage.id, label)
            right = self.layout.width
            if place + 1 < len(streams):
                after = self.layout.strips[streams[place + 1]]
                right = after.left if after.top == strip.top else right
            room = right - strip.left - 4
            fitting = (t for t in texts if metrics.horizontalAdvance(t) <= room)
            y = strip.top + strip.height + self._bypass + metrics.ascent()
            painter.drawText(strip.left, y, next(fitting, texts[-1]))

    def _write_lenses(self, painter: QPainter, way: TokenWay) -> None:
        """Draw what a lens reads after each layer but the last, where the bars fit."""
        high = QFontMetrics(self._text_font).height() + self._appearance.px(2)
        (left, _), (last, wide) = (self.layout.slots[s] for s in ("logits", "probs"))
        for row in self.layout.rows[:-1]:
            bars = (row.strip_height - high) // high
            if bars < 1:
                continue
            top = row.strip_top + high
            box = Strip(
                left, top, last + wide - left, bars * high, bars, 1, is_by_row=False
            )
            draw_bars(
                painter,
                self._appearance,
                self._text_font,
                way,
                way.readouts[f"l{row.layer}.after"],
                box,
                is_lens=True,
            )

    def paint(
        self, painter: QPainter, pointed: Spot | None, opened: int | None
    ) -> None:
        """Put the layers together, and mark what is pointed at, and what is open.

        Args:
            painter: Of the view, not moved.
            pointed: What is pointed at.
            opened: The number of the stage that is open.
        """
        theme = self._appearance.theme
        if self._shown is not None:
            painter.drawImage(0, 0, self._cells.painted(self._colours()))
        painter.drawPixmap(0, 0, self._frames)
        painter.drawPixmap(0, 0, self._texts)
        if opened is not None and opened in self.layout.strips:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(self.box_of(opened).translated(-self._offset))
        if pointed is not None and pointed.stage in self.layout.strips:
            box = self.cell_of(pointed).translated(-self._offset)
            for colour, by in ((theme.surface, 2), (theme.text, 1)):
                painter.setPen(QColor(colour))
                painter.drawRect(box.adjusted(-by, -by, by - 1, by - 1))

    def _colours(self) -> dict[int, NDArray[np.uint32]]:
        assert self._shown is not None
        theme = self._appearance.theme
        return {
            number: self._shown.colours(self._stages[number], theme)
            for number in self._cells.numbers
        }

    # Where all is

    def box_of(self, number: int) -> QRect:
        """Return where a stage is in the whole, its title included in the first row."""
        strip = self.layout.strips[number]
        top = 0 if strip.top == self.layout.rows[0].strip_top else strip.top
        return QRect(
            strip.left - 2, top, strip.width + 3, strip.top + strip.height - top + 1
        )

    def cell_of(self, spot: Spot) -> QRect:
        """Return where a cell is in the whole; of a whole stage, where that is."""
        if spot.cell is None:
            return self.box_of(spot.stage)
        strip, index = self.layout.strips[spot.stage], spot.cell
        if self._is_bars(spot.stage):
            if index not in self._ranked:
                return self.box_of(spot.stage)
            index = self._ranked.index(index)
        return QRect(*strip.cell(index))

    def spot_at(self, x: int, y: int) -> Spot | None:
        """Return what is at a point of the whole."""
        if y - self._offset.y() < self.layout.title:
            y -= self._offset.y()  # titles stay where they are
        number = self.layout.stage_at(x, y)
        if number is None:
            stream = None if self.is_brief else self._stream_at(x, y)
            return None if stream is None else Spot(stream, None)
        strip = self.layout.strips[number]
        is_within = strip.left <= x < strip.left + strip.width and y >= strip.top
        if not is_within or not strip.height:
            return Spot(number, None)
        index: int | None = strip.index_at(x, y)
        if self._is_bars(number):
            index = self.token_of_bar(index or 0)
        elif index is not None and index >= self._count(self._stages[number]):
            index = None
        return Spot(number, index)

    def _stream_at(self, x: int, y: int) -> int | None:
        """Return of which stage of the stream a point's words, or bars, speak."""
        numbers = [n for n in self.layout.strips if self._stages[n].is_stream]
        for row in self.layout.rows:
            low = row.strip_bottom + self._bypass + self._line
            mine = [n for n in numbers if self.layout.strips[n].top == row.strip_top]
            is_last = row is self.layout.rows[-1]
            if row.strip_bottom < y < low:
                before = [n for n in mine if self.layout.strips[n].left <= x]
                return before[-1] if before else None
            after = self.layout.strips[mine[-1]]
            if not is_last and row.strip_top <= y < low and x > after.left:
                return mine[-1]
        return None

    def _layer(self) -> tuple[QPixmap, QPainter]:
        """Return a transparent picture of the view, and a painter on it."""
        return new_layer(self._size, self._offset, self._ratio)
