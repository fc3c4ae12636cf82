"""The frames as they are painted: each once, as long as its numbers stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panel.signed_colours import signed_colours
from microgpt_gui.gui.panels.weights.film import words
from microgpt_gui.gui.panels.weights.film.colours import (
    difference,
    shown_matrices,
    values,
)
from microgpt_gui.gui.panels.weights.film.layout import Part
from microgpt_gui.gui.panels.weights.lettering import letter_size

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

    from microgpt_gui.gui.panels.weights.film.colours import Ends
    from microgpt_gui.gui.panels.weights.film.layout import FilmLayout
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.weights.film import Film


class FilmPicture:
    """Draws a film; keeps the frames of the one before that are the same."""

    def __init__(self, appearance: Appearance, ratio: float) -> None:
        self._appearance = appearance
        self._ratio = ratio
        self._frames: dict[tuple[object, ...], QPixmap] = {}

    def paint(
        self,
        painter: QPainter,
        film: Film,
        layout: FilmLayout,
        matrix: int | None,
        ends: tuple[Ends, Ends],
        shown_step: int,
    ) -> None:
        """Draw all of it.

        Args:
            painter: Of the view.
            film: What to draw.
            layout: Where.
            matrix: The one that is shown; None for all.
            ends: See `ends_of`.
            shown_step: That the window shows.
        """
        theme, used = self._appearance.theme, {}
        size = letter_size(layout.view.height(), self._appearance.px)
        painter.setFont(self._appearance.font(size))
        metrics = QFontMetrics(painter.font())
        painter.setPen(QColor(theme.text))
        for part in layout.parts:
            tell = words.change if part.is_change else words.frame
            text, box = tell(film, part.frame), layout.box(part)
            left = box.left() + (box.width() - metrics.horizontalAdvance(text)) // 2
            painter.drawText(left, box.top() - layout.label + metrics.ascent(), text)
        for part in layout.parts:
            box, last = layout.cells(part), part.frame + part.is_change
            if last >= len(film.moments):
                painter.setPen(QColor(theme.border))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
                continue
            key = self._key(film, part, layout, matrix, ends[part.is_change])
            frame = self._frames.get(key)
            if frame is None:
                frame = self._frame(film, part, layout, matrix, ends[part.is_change])
            used[key] = frame
            painter.drawPixmap(box.topLeft(), frame)
            if not part.is_change and film.steps[part.frame] == shown_step:
                painter.setPen(QColor(theme.accent))
                painter.drawRects(
                    [box.adjusted(-2, -2, 1, 1), box.adjusted(-3, -3, 2, 2)]
                )
        self._frames = used
        self._tell_changes(painter, layout, ends[1])

    def _tell_changes(self, painter: QPainter, layout: FilmLayout, ends: Ends) -> None:
        """Say, in the room before the first change, how far its colours reach."""
        if layout.frames < 2 or not ends:
            return
        is_one = all(float(rows.min()) == float(ends[0][0]) for rows in ends)
        is_one = is_one and all(float(rows.max()) == float(ends[0][0]) for rows in ends)
        scale = float(ends[0][0]) if is_one else None
        first = layout.box(Part(0, True))
        room = QRect(0, first.top(), first.left() - layout.gap, first.height())
        painter.setPen(QColor(self._appearance.theme.muted))
        how = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        how |= Qt.TextFlag.TextDontClip
        painter.drawText(room, how, f"change\n{words.end(scale)}")

    def _key(
        self,
        film: Film,
        part: Part,
        layout: FilmLayout,
        matrix: int | None,
        ends: Ends,
    ) -> tuple[object, ...]:
        moments = film.moments[part.frame : part.frame + 1 + part.is_change]
        return (
            part.is_change,
            tuple((moment.run_id, moment.step) for moment in moments),
            layout.arrangement,
            layout.stride,
            matrix,
            tuple(rows.tobytes() for rows in ends),
            self._appearance.theme.name,
        )

    def _frame(
        self,
        film: Film,
        part: Part,
        layout: FilmLayout,
        matrix: int | None,
        ends: Ends,
    ) -> QPixmap:
        """Return the cells of a part."""
        every = layout.stride
        shown = shown_matrices(film.moments[part.frame], matrix)
        numbers = [values(one, every) for one in shown]
        if part.is_change:
            after = shown_matrices(film.moments[part.frame + 1], matrix)
            pairs = zip(shown, after, strict=True)
            numbers = [difference(one, other, every) for one, other in pairs]
        a, theme = layout.arrangement, self._appearance.theme
        size = QSize(max(1, a.width), max(1, a.height))
        frame, painter = new_layer(size, QPoint(0, 0), self._ratio)
        painter.setPen(QColor(theme.border))
        for number, (cells_of, rows) in enumerate(zip(numbers, ends, strict=True)):
            scales = rows[::every].reshape(-1, 1)
            colours = signed_colours(np.ascontiguousarray(cells_of), scales, theme)
            high, wide = colours.shape
            form = QImage.Format.Format_RGB32
            image = QImage(colours.data, wide, high, 4 * wide, form)
            for strip in a.strips(number):
                cells = QRect(
                    strip.left, strip.top, wide * a.cell_width, strip.rows * a.cell
                )
                painter.drawImage(cells, image, QRect(0, strip.first, wide, strip.rows))
                painter.drawRect(cells.adjusted(-1, -1, 0, 0))
        painter.end()
        return frame
