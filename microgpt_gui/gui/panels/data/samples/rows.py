"""The two lists of the page: kinds with their shares, and the samples of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from microgpt_gui.gui.panels.data.samples import words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.row_view import RowColumn, RowView
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.reading.sample_tally import Kind

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.sample_tally import Tally
    from microgpt_gui.session.sample_batch import Sample

KIND, COUNT, SHARE = range(3)
NUMBER, TEXT, MARKS = range(3)

_KINDS = (
    RowColumn("samples that are"),
    RowColumn("count", "0,000", is_right=True, gives_way=1),
    RowColumn("share", "100.0 %", is_right=True),
)
_SAMPLES = (
    RowColumn("", "0,000", is_right=True, gives_way=1),
    RowColumn("sample"),
    RowColumn("", "in data ✓"),
)

#: Of a bar, in pixels at 100 %.
_BAR = 3


class KindRows(RowView):
    """Kinds of samples, each with its count, its share, and a bar as long as that.

    Attributes:
        tally: What is counted; None for nothing.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, _KINDS, "Kinds of samples")
        self.tally: Tally | None = None
        self._kinds: tuple[Kind, ...] = ()
        self._counts: tuple[int, ...] = ()
        self.setToolTip(wrapped(words.POINT))

    def show_tally(self, tally: Tally | None) -> None:
        """Show counts; none if None."""
        self.tally = tally
        self._kinds = tally.kinds() if tally else ()
        self._counts = (
            tuple(len(tally.of_kind(kind)) for kind in self._kinds) if tally else ()
        )
        self.rearrange()

    def kind(self, row: int) -> Kind:
        """Return the kind in a row."""
        return self._kinds[row]

    def part_count(self) -> int:
        """Return how many rows there are."""
        return len(self._kinds)

    def part_name(self, part: int) -> str:
        """Return the sentence on a kind."""
        return words.kind_reading(self._kinds[part], self.tally) if self.tally else ""

    def text_of(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        assert self.tally is not None
        count = self._counts[row]
        if column == COUNT:
            return f"{count:,}"
        if column == SHARE:
            return words.percent(count, len(self.tally.samples))
        return words.kind_title(self._kinds[row], self.tally)

    def colour_of(self, row: int, column: int) -> str:
        """Return the colour of that text."""
        theme = self._appearance.theme
        return theme.muted if column == COUNT else theme.text

    def paint_cell(self, painter: QPainter, row: int, column: int, box: QRect) -> None:
        """Paint a cell, and the row's bar below its first."""
        super().paint_cell(painter, row, column, box)
        if column != KIND or self.tally is None or not self.tally.samples:
            return
        px, theme = self._appearance.px, self._appearance.theme
        left, right = px(sizes.SMALL), self.viewport().width() - px(sizes.SMALL)
        high = px(_BAR)
        line = QRect(left, box.bottom() - high + 1, right - left, high)
        painter.fillRect(line, QColor(theme.border))
        share = self._counts[row] / len(self.tally.samples)
        line.setWidth(round(line.width() * share))
        kind = self._kinds[row]
        is_known = kind in (Kind.KNOWN, Kind.LEARNT, Kind.NOT_LEARNT)
        colour = theme.reference if is_known else theme.good
        is_bad = kind is Kind.INVALID
        painter.fillRect(line, QColor(theme.warning if is_bad else colour))


class SampleRows(RowView):
    """Samples of one kind, or all.

    Attributes:
        tally: Whose samples; None for nothing.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, _SAMPLES, "Samples")
        self.tally: Tally | None = None
        self._places: tuple[int, ...] = ()
        self.setToolTip(wrapped(words.POINT))

    def show_samples(self, tally: Tally | None, kind: Kind | None) -> None:
        """Show the samples of ``kind``, all if None; none without a tally."""
        self.tally = tally
        if tally is None:
            self._places = ()
        elif kind is None:
            self._places = tuple(range(len(tally.samples)))
        else:
            self._places = tally.of_kind(kind)
        self.letters = 2 * tally.block_size if tally else 0
        self.rearrange()

    def place(self, row: int) -> int:
        """Return the place of a row's sample among all, from 0."""
        return self._places[row]

    def sample(self, row: int) -> Sample:
        """Return the sample in a row."""
        assert self.tally is not None
        return self.tally.samples[self._places[row]]

    def part_count(self) -> int:
        """Return how many rows there are."""
        return len(self._places)

    def part_name(self, part: int) -> str:
        """Return the sentence on a sample."""
        if self.tally is None:
            return ""
        return words.sample_reading(self.place(part), self.sample(part), self.tally)

    def text_of(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        if column == NUMBER:
            return f"{self.place(row) + 1:,}"
        sample = self.sample(row)
        return words.marks(sample) if column == MARKS else sample.text or words.EMPTY

    def colour_of(self, row: int, column: int) -> str:
        """Return the colour of that text."""
        theme = self._appearance.theme
        if column == TEXT and not self.sample(row).text:
            return theme.muted
        if column != MARKS:
            return super().colour_of(row, column)
        return theme.reference if self.sample(row).is_known else theme.good
