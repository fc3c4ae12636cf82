"""A batch of samples as one picture, made on any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter

from microgpt_gui.gui.panels.sampling.row_painter import Column, RowPainter, RowStyle
from microgpt_gui.gui.panels.sampling.table_model import TEXT
from microgpt_gui.gui.theme.coverage import without_font

if TYPE_CHECKING:
    from microgpt_gui.gui.widgets.shaped_text import Cluster
    from microgpt_gui.session.sample_batch import SampleBatch


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pictures of a table have in common until someone resizes or restyles it.

    Attributes:
        columns: Those that are shown.
        width: Of the picture, in pixels.
        ratio: Pixels of the screen to one of those.
    """

    style: RowStyle
    columns: tuple[Column, ...]
    width: int
    ratio: float

    def text_width(self) -> int:
        """Return the width of the letters' column."""
        return next(c.width for c in self.columns if c.number == TEXT)


@dataclass(frozen=True, slots=True)
class BatchPicture:
    """Rows of a batch, painted.

    Attributes:
        batch: Whose.
        frame: How.
        heights: Of all rows, painted or not.
        top: Where the picture begins, in pixels below the top of the first row.
        image: The picture, transparent where nothing is drawn.
        clusters: Where the letters of the painted rows are, by row; counted from the
            top of the first row.
        without_font: The letters that no font has.
    """

    batch: SampleBatch
    frame: Frame
    heights: tuple[int, ...]
    top: int
    image: QImage
    clusters: dict[int, list[Cluster]]
    without_font: str

    @property
    def bottom(self) -> int:
        """Where the picture ends, likewise."""
        return self.top + round(self.image.height() / self.frame.ratio)


def picture_of(batch: SampleBatch, frame: Frame, first: int, last: int) -> BatchPicture:
    """Paint the rows of ``batch`` that lie from ``first`` to ``last``, in pixels."""
    painter_of_rows = RowPainter(frame.style)
    width = frame.text_width()
    heights = [painter_of_rows.height_of(sample, width) for sample in batch.samples]
    rows, top, place = [], -1, 0
    for row, height in enumerate(heights):
        if place < last and place + height > first:
            rows.append((row, place))
            top = place if top < 0 else top
            bottom = place + height
        place += height
    top, bottom = (top, bottom) if rows else (0, 1)
    image = QImage(
        QSize(frame.width, bottom - top) * frame.ratio,
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(frame.ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.translate(0, -top)
    given = batch.given
    clusters = {
        row: painter_of_rows.paint(
            painter, batch.samples[row], given, frame.columns, place
        )
        for row, place in rows
    }
    painter.end()
    letters = without_font(x for sample in batch.samples for x in sample.text)
    return BatchPicture(batch, frame, tuple(heights), top, image, clusters, letters)
