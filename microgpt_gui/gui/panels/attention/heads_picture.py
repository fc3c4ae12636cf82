"""What a picture of heads is, whatever it draws of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from microgpt_gui.gui.panel.cell_numbers import DARK_CELL
from microgpt_gui.gui.panel.layer import new_layer
from microgpt_gui.gui.panels.attention.arrangement import Detail, Place
from microgpt_gui.gui.widgets.colour_map import colour_table, lightness

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QSize

    from microgpt_gui.gui.panel.colour_range import ColourRange
    from microgpt_gui.gui.panels.attention.arrangement import Arrangement, Box
    from microgpt_gui.gui.panels.attention.titles import HeadTitles, Roles
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.session.reading.text import TextReading


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the heads are to be drawn.

    Attributes:
        view: Size of the view, scroll bars included.
        enlarged: The one head to show, counted through all layers; None for all.
        usual_tokens: See `arrange`.
        keeps_letters: See `arrange`.
        colour_range: How far the colours reach.
        scroll_bar: Width of a scroll bar.
        roles: See `HeadTitles`.
    """

    view: QSize
    enlarged: int | None
    usual_tokens: int
    keeps_letters: bool
    colour_range: ColourRange
    scroll_bar: int
    roles: Roles = ()


class HeadsPicture:
    """Draws the part of the heads that is in view.

    Texts and outlines are drawn when the tokens, the size or the part change; with
    every look only what depends on it is. Subclasses set ``arrangement`` and ``titles``
    and implement `show_part`, `show_look` and `paint`.

    Attributes:
        arrangement: Where the heads are.
        titles: What stands over them.
        cells: The part of the view that changes from look to look.
        spans: The shares that have the end colour, [head in view][query].
    """

    arrangement: Arrangement
    titles: HeadTitles
    cells: QRect
    spans: NDArray[np.float64]

    def __init__(
        self, appearance: Appearance, look: TextReading, wanted: Wanted
    ) -> None:
        """Arrange ``look`` for a view.

        Args:
            appearance: Colours and fonts.
            look: What to show.
            wanted: How.
        """
        self._colour_range = wanted.colour_range
        self._theme = appearance.theme
        self._look = look
        self._layers, self._heads = len(look.attention), len(look.attention[0])
        self._enlarged = wanted.enlarged
        self._offset, self._view, self._ratio = QPoint(), wanted.view, 1.0
        self._seen = range(0)  # the slots in view
        self._table, self._is_dark = _colours(self._theme)
        self._is_odd_dark = self._is_dark[-1]

    @property
    def heads_in_view(self) -> list[tuple[int, int]]:
        """The heads that the view shows, of all layers, each with its slot."""
        shown = self._shown()
        first = shown.start if self._enlarged is not None else 0
        return [(head, head - first) for head in shown]

    @property
    def has_numbers(self) -> bool:
        """Whether values are written into the picture."""
        return False

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """Draw every layer for the part of the whole that is in view.

        Args:
            offset: The point of the whole that is at the top left of the view.
            view: Size of the part.
            ratio: Pixels of the screen to a pixel of the view.
        """
        raise NotImplementedError

    def show_look(self, look: TextReading) -> None:
        """Draw ``look``, which has the same tokens, heads and layers."""
        raise NotImplementedError

    def write_numbers(self) -> None:
        """Write the values of the look shown last, where there are any."""

    def paint(self, painter: QPainter, pointed: Place | None) -> None:
        """Put the layers together, and mark what is pointed at."""
        raise NotImplementedError

    def place_at(self, at: QPoint) -> Place | None:
        """Return what is at a point of the whole; None beside all."""
        return self.arrangement.place_at(at.x(), at.y())

    def cursor_boxes(self, place: Place) -> list[QRect]:
        """Return what to ring, in pixels of the view, where the keyboard is on."""
        return [self._cell(place)]

    def span_of(self, head: int, query: int) -> float | None:
        """Return the share that has the end colour in a row; None out of view.

        Args:
            head: Counted through all layers.
            query: From 0.
        """
        shown = self._shown()
        if head not in shown or query >= self.spans.shape[1]:
            return None
        return float(self.spans[head - shown.start, query])

    def title_at(self, at: QPoint) -> int | None:
        """Return the head whose title is at a point of the whole; None beside all."""
        a = self.arrangement
        if a.detail is Detail.BARE:
            return None
        for head, slot in self.heads_in_view:
            x, y = a.corner(slot)
            top = y - a.above - self.titles.height
            box = QRect(x - a.margin, top, a.title_room, self.titles.height)
            if box.contains(at):
                return head
        return None

    def box_of(self, head: int) -> QRect:
        """Return where a head with all that is written beside it is in the view."""
        a = self.arrangement
        box = _rect(a.part_box(head))
        box.adjust(-a.margin, -a.above, 0, 0)
        if a.detail is not Detail.BARE:
            wide = self.titles.width_of(head, a.title_form, a.title_room)
            box.adjust(0, -self.titles.height, max(0, wide - box.width()), 0)
        return box.translated(-self._offset)

    def _layer(self) -> tuple[QPixmap, QPainter]:
        """Return a transparent picture of the view, and a painter on it."""
        return new_layer(self._view, self._offset, self._ratio)

    def _shown(self) -> range:
        """Return the heads that the view shows, counted through all layers."""
        if self._enlarged is not None:
            return range(self._enlarged, self._enlarged + 1)
        return self._seen

    def _heads_in_view(self) -> list[tuple[tuple[float, ...], ...]]:
        """Return [head][query][key] of the heads that the view shows."""
        attention, heads = self._look.attention, self._heads
        return [attention[i // heads][i % heads] for i in self._shown()]

    def _cell(self, place: Place) -> QRect:
        """Return where a cell is in the view."""
        return _rect(self.arrangement.cell_box(place)).translated(-self._offset)


@cache
def _colours(theme: Theme) -> tuple[NDArray[np.uint32], list[bool]]:
    """Return the colours of cells, and of which a number must be light.

    The last two are of a cell that is empty, and of what is no share.
    """
    others = [QColor(colour).rgb() for colour in (theme.map_empty, theme.map_odd)]
    table = np.append(colour_table(theme.map), np.array(others, np.uint32))
    table.setflags(write=False)
    return table, [bool(light < DARK_CELL) for light in lightness(table)]


def _rect(box: Box) -> QRect:
    return QRect(*box)
