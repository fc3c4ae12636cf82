"""The place of messages: over the lower edge of a widget, where they move nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect

from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.message_frame import MessageFrame

_WIDEST_PX = 680


class LowerEdge(QObject):
    """Gives messages their places above each other, in the middle of the edge.

    Attributes:
        over: The widget.
    """

    def __init__(self, over: QWidget, appearance: Appearance) -> None:
        super().__init__(over)
        self.over = over
        self._appearance = appearance
        self._frames: list[MessageFrame] = []
        over.installEventFilter(self)

    def take(self, frame: MessageFrame) -> None:
        """Let ``frame`` stand above those that came before, whenever it is shown."""
        frame.setParent(self.over)
        self._frames.append(frame)
        frame.installEventFilter(self)

    def place(self) -> None:
        """Place what is shown, for what it says now; to be called when that changes."""
        below, edge = self.over.rect(), self._appearance.px(sizes.MEDIUM)
        widest = min(self._appearance.px(_WIDEST_PX), below.width() - 2 * edge)
        bottom = below.bottom() - edge
        for frame in self._frames:
            if frame.isHidden():
                continue
            place = QRect(0, 0, *frame.size_within(widest))
            place.moveCenter(below.center())
            place.moveBottom(bottom)
            frame.setGeometry(place)
            frame.raise_()
            bottom = place.top() - self._appearance.px(sizes.SMALL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the places: the widget has another size, a message comes or goes."""
        types = QEvent.Type
        is_over = watched is self.over
        if event.type() in ((types.Resize,) if is_over else _COMES_OR_GOES):
            self.place()
        return False


_COMES_OR_GOES = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent)
