"""The cells of all strips in one image: only colours change from step to step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QPoint, QSize

    from microgpt_gui.gui.panels.inside.flow.layout import Strip

#: Heads are parted where their cells are so many pixels of the screen high.
_PARTED = 4


class _Patch(NamedTuple):
    """Part of the image that is one strip's."""

    number: int
    rows: slice
    columns: slice
    indices: NDArray[np.intp]  # which number is at each pixel; the last: none


class FlowCells:
    """Paints numbers as cells, where a layout has them."""

    def __init__(
        self,
        strips: Mapping[int, Strip],
        counts: Sequence[int],
        head_sizes: Sequence[int],
        offset: QPoint,
        view: QSize,
        ratio: float,
    ) -> None:
        """Find out which number each pixel of the view belongs to.

        Args:
            strips: Of the stages that are drawn as cells.
            counts: Of the numbers of each stage.
            head_sizes: Numbers of a head, at each stage; 0 where heads are not parted.
            offset: The point of the whole that is at the top left of the view.
            view: Its size.
            ratio: Pixels of the screen to a pixel of the view.
        """
        high, wide = round(view.height() * ratio), round(view.width() * ratio)
        self._pixels = np.zeros((high, wide), np.uint32)
        self._image = QImage(
            self._pixels.data,
            wide,
            high,
            4 * wide,
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        self._image.setDevicePixelRatio(ratio)
        self._patches = []
        for number, strip in strips.items():
            left, top = (
                round((strip.left - offset.x()) * ratio),
                round((strip.top - offset.y()) * ratio),
            )
            width, height = round(strip.width * ratio), round(strip.height * ratio)
            y, x = np.arange(height), np.arange(width)
            row, column = y * strip.rows // height, x * strip.columns // width
            indices = (
                row[:, None] * strip.columns + column
                if strip.is_by_row
                else column * strip.rows + row[:, None]
            )
            none = counts[number]
            if head_sizes[number] and height >= _PARTED * strip.rows:
                is_first = np.diff(row, prepend=-1) > 0
                starts = (indices % head_sizes[number] == 0) & is_first[:, None]
                starts[0] = False
                indices[starts] = none
            indices[indices >= none] = none
            rows = slice(max(0, -top), max(0, high - top))
            columns = slice(max(0, -left), max(0, wide - left))
            seen = indices[rows, columns]
            if seen.size:
                top, left = max(0, top), max(0, left)
                self._patches.append(
                    _Patch(
                        number,
                        slice(top, top + seen.shape[0]),
                        slice(left, left + seen.shape[1]),
                        seen,
                    )
                )

    @property
    def numbers(self) -> list[int]:
        """The stages of which something is in view."""
        return [patch.number for patch in self._patches]

    def painted(self, colours: Mapping[int, NDArray[np.uint32]]) -> QImage:
        """Return the image, in these colours: of each stage in view, flat."""
        for number, rows, columns, indices in self._patches:
            table = np.append(colours[number], np.uint32(0))
            np.take(table, indices, out=self._pixels[rows, columns], mode="clip")
        return self._image
