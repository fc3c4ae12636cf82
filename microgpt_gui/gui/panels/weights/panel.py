"""The weights panel: every matrix as colours, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.weights import words
from microgpt_gui.gui.panels.weights.colours import scale_of
from microgpt_gui.gui.panels.weights.weights_map import WeightsMap
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.colour_bar import ColourBar
from microgpt_gui.gui.widgets.content_or_words import ContentOrWords
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.way_back import WayBack

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.snapshot import Look

#: The matrices want so much, in pixels at 100 %.
_LEAST_HEIGHT = 80


class WeightsPanel(Panel):
    """Shows what training changes: all numbers of the model, at the moment shown.

    Attributes:
        weights_map: The matrices.
    """

    title = "Weights"
    hint = (
        "All numbers that training changes, matrix by matrix: blue below zero, orange "
        "above, and the stronger the colour, the larger the weight."
    )

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._drawn: Look | None = None
        self._build()
        self._lay_out()
        self.weights_map.pointed_changed.connect(self._read)
        self.weights_map.enlarged_changed.connect(self._read)
        workshop.timeline.moved.connect(self.schedule)
        workshop.timeline.looked.connect(self.schedule)
        self.restyle()

    @property
    def subject(self) -> str:
        """What the header says is looked at."""
        return self._subject.text()

    @property
    def reading(self) -> str:
        """What the line below the matrices says."""
        return self._reading.text()

    @property
    def empty_text(self) -> str:
        """What stands where no weights can be shown; empty if some are."""
        return self._stack.words

    def _build(self) -> None:
        self._subject = ElidedLabel()
        self._bar = ColourBar("weight", self.appearance, is_signed=True)
        self.weights_map = WeightsMap(self.appearance)
        self._back = WayBack(self.weights_map, "matrices", self.appearance)
        self._stack = ContentOrWords(self.weights_map)
        self._reading = ElidedLabel()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self._top.addWidget(self._subject, 1)
        self._top.addWidget(self._back)
        self._top.addItem(self._back.strut)
        self._top.addWidget(self._bar)
        self._column.addLayout(self._top)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._reading)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self.appearance.px
        side = px(sizes.MEDIUM)
        self._column.setContentsMargins(side, px(2), side, px(sizes.SMALL))
        self._column.setSpacing(px(sizes.TIGHT))
        self._top.setSpacing(px(sizes.SMALL))
        self._stack.setMinimumHeight(px(_LEAST_HEIGHT))
        self._back.restyle()
        self._top.invalidate()
        for label in (self._subject, self._reading):
            label.setFixedHeight(QFontMetrics(label.font()).height() + 2)
        self.weights_map.rearrange()

    def redraw(self) -> None:
        """Show the weights of the newest look."""
        look = self.workshop.timeline.shown_look
        if self.run.info is None or look is None:
            self._show_nothing()
            return
        self._stack.show_content()
        if look is self._drawn:
            return
        self._drawn = look
        scale = scale_of(look.weights)
        self._bar.set_ticks(words.ticks(scale))
        self.weights_map.show_weights(look.weights, scale)
        self._subject.setText(words.subject(look.step, look.weights))
        self._read()

    def _show_nothing(self) -> None:
        self._drawn = None
        self.weights_map.show_weights((), 1.0)
        is_failed = self.run.state is RunState.FAILED
        self._stack.show_words(words.FAILED if is_failed else words.LOADING)
        self._subject.setText("")
        self._read()

    @Slot()
    def _read(self) -> None:
        """Say what is under the pointer."""
        shown, info, look = self.weights_map, self.run.info, self._drawn
        if info is None or look is None:
            text = ""
        elif shown.pointed is not None:
            number, row, column = shown.pointed
            heads = len(look.attention[0])
            matrix = shown.matrices[number]
            text = words.reading(matrix, row, column, info.chars, heads)
        elif shown.enlarged is not None:
            text = words.about(shown.matrices[shown.enlarged])
        else:
            text = words.POINT
        set_look(self._reading, "role", "" if shown.pointed is not None else "muted")
        self._reading.setText(text)
        shown.setAccessibleDescription(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return to all matrices with Escape, wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape and self.weights_map.enlarged is not None:
            self.weights_map.enlarge(None)
        else:
            super().keyPressEvent(event)
