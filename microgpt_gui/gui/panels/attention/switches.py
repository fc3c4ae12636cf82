"""A switch beside the title of each head: whether it counts, and a veil where not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from microgpt_gui.gui.panels.attention.arrangement import SWITCH_ROOM, Detail
from microgpt_gui.session.moments.alteration import UNALTERED

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from microgpt_gui.gui.panels.attention.heads_picture import HeadsPicture
    from microgpt_gui.gui.theme.appearance import Appearance

#: Of a switch, and so far around it a click means it, in pixels at 100 %.
_WIDTH, _HEIGHT, _AROUND = 22, 12, 3

#: How much of a head that is off is gone, from 0 to 255.
_DENSITY = 170


class Switches:
    """Draws them for one arrangement, and knows where they are.

    Attributes:
        alteration: What is altered in the heads that are drawn.
        is_used: Whether there are any: the run beside is as it is.
    """

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self.alteration = UNALTERED
        self.is_used = False

    def under(self, at: QPoint, picture: HeadsPicture) -> int | None:
        """Return the head whose switch is at a point of the whole, or None."""
        by = self._appearance.px(_AROUND)
        for head, slot in picture.heads_in_view:
            box = self.box_of(slot, picture)
            if box is not None and box.adjusted(-by, -by, by, by).contains(at):
                return head
        return None

    def box_of(self, slot: int, picture: HeadsPicture) -> QRect | None:
        """Return where a slot's switch is, in pixels of the whole.

        None where there is none, titles are not written, or they leave no room.
        """
        a, titles, px = picture.arrangement, picture.titles, self._appearance.px
        if a.detail is Detail.BARE or not self.is_used:
            return None
        x, y = a.corner(slot)
        right = x - a.margin + titles.widths[a.title_form] + px(SWITCH_ROOM)
        if right > x - a.margin + a.title_room:
            return None
        wide, high = px(_WIDTH), px(_HEIGHT)
        line = y - a.above - titles.height
        return QRect(right - wide, line + (titles.height - high) // 2, wide, high)

    def paint(
        self, painter: QPainter, picture: HeadsPicture, heads: int, offset: QPoint
    ) -> None:
        """Draw the switches, and veil the heads that do not count.

        Args:
            painter: Of the view, not moved.
            picture: What the view shows.
            heads: How many each layer has.
            offset: The point of the whole that is at the top left of the view.
        """
        a = picture.arrangement
        theme, veiled = self._appearance.theme, []
        as_they_are, otherwise = QPainterPath(), QPainterPath()
        for number, slot in picture.heads_in_view:
            factor = self.alteration.factor_of(*divmod(number, heads))
            if factor == 0:
                cells = QRect(*a.part_box(slot))
                veiled.append(cells.translated(-offset))
            if (switch := self.box_of(slot, picture)) is not None:
                path = as_they_are if factor == 1 else otherwise
                _add_switch(path, QRectF(switch.translated(-offset)), min(factor, 1.0))
        if veiled:
            veil = QColor(theme.surface)
            veil.setAlpha(_DENSITY)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(veil)
            painter.drawRects(veiled)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for path, colour in ((as_they_are, theme.muted), (otherwise, theme.warning)):
            if not path.isEmpty():
                painter.fillPath(path, QColor(colour))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _add_switch(path: QPainterPath, box: QRectF, share: float) -> None:
    """Add a switch whose knob, a hole in it, is so far to the right."""
    radius = box.height() / 2
    path.addRoundedRect(box, radius, radius)
    knob = box.height() * 0.62
    inset = (box.height() - knob) / 2
    left = box.left() + inset + share * (box.width() - 2 * inset - knob)
    path.addEllipse(QRectF(left, box.top() + inset, knob, knob))
