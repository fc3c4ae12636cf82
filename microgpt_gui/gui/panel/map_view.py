"""A map of cells: painted for the part that is in view, with numbers where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QPoint, QSize, Slot

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.widgets.enlarging_view import EnlargingView
from microgpt_gui.gui.widgets.pace import Pace

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance

#: Numbers in cells change at most so often: faster nobody reads them.
NUMBERS_MS = 200


class MapPicture(Protocol):
    """What a map paints."""

    @property
    def has_numbers(self) -> bool:
        """Whether the cells have their values written into them."""

    def show_part(self, offset: QPoint, view: QSize, ratio: float) -> None:
        """Draw the part of the whole that is in view, its numbers included.

        Args:
            offset: The point of the whole that is at the top left of the view.
            view: Size of the part.
            ratio: Pixels of the screen to a pixel of the view.
        """

    def write_numbers(self) -> None:
        """Write the values as they are now."""


Painted = TypeVar("Painted", bound=MapPicture)


class MapView(EnlargingView, Generic[Painted]):
    """One part of cells for each head, or each matrix.

    Subclasses implement `rearrange` besides, which ends in `_fit_bars`.

    Attributes:
        colour_range: How far the colours reach.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.colour_range = ColourRange.FIXED
        self._picture: Painted | None = None
        self._numbers = Pace(self, NUMBERS_MS)
        self._numbers.due.connect(self._on_numbers_due)

    def rearrange(self) -> None:
        """Place all anew: what is shown, the view, the theme or the zoom changed."""
        raise NotImplementedError

    def enlarge(self, part: int | None, /) -> None:
        """See `EnlargingView`."""
        if part == self.enlarged:
            return
        self.enlarged = part
        if part is not None:
            self._current = part
        self.rearrange()
        self.find_pointed()
        self.enlarged_changed.emit()

    def _fit_bars(self, whole: QSize, seen: QSize, step: QSize) -> None:
        """Let the bars scroll over ``whole``, and show the part that is in view."""
        for bar, most, page, single in (
            (self.verticalScrollBar(), whole.height(), seen.height(), step.height()),
            (self.horizontalScrollBar(), whole.width(), seen.width(), step.width()),
        ):
            bar.setRange(0, max(0, most - page))
            bar.setPageStep(page)
            bar.setSingleStep(max(1, single))
        self._show_part()

    def _show_part(self) -> None:
        if self._picture is not None and not self.viewport().size().isEmpty():
            ratio = self.devicePixelRatioF()
            self._picture.show_part(self.offset(), self.viewport().size(), ratio)
            self._numbers.forget()
        self.viewport().update()

    def _ask_for_numbers(self) -> None:
        """Write the numbers anew, if there are any, as soon as that can be read."""
        if self._picture is not None and self._picture.has_numbers:
            self._numbers.ask()

    @Slot()
    def _on_numbers_due(self) -> None:
        if self._picture is not None:
            self._picture.write_numbers()
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self.rearrange()
        self.find_pointed()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw the part that comes into view."""
        self._show_part()
        self.find_pointed()
