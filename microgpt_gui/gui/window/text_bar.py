"""The text that is looked at, above the panels: of whatever view is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from microgpt_gui.gui.panel.frames import FrameClock
from microgpt_gui.gui.panel.watched_text import WatchedTextBox
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class TextBar(QFrame):
    """One line: a box for the text, and what is wrong with it.

    Attributes:
        text_box: Where the person types; empty for the document being trained.
    """

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__()
        self.setObjectName("textBar")
        self._timeline = workshop.timeline
        self._appearance = appearance
        self._clock = FrameClock.of(workshop.run)
        self._label = PlainLabel("Text")
        self.text_box = WatchedTextBox(workshop.timeline, appearance)
        self._problem = ElidedLabel()
        set_look(self._problem, "role", "warning")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addWidget(self.text_box, 2)
        self._row.addWidget(self._problem, 3)
        self._problem.hide()
        appearance.changed.connect(self.restyle)
        self.restyle()

    @property
    def problem(self) -> str:
        """What the person is told about the text; empty if all is well."""
        return "" if self._problem.isHidden() else self._problem.text()

    def redraw(self) -> None:
        """Show what is looked at, whoever asked, and what is wrong with it."""
        self.text_box.follow()
        look = self._timeline.shown_look
        problem = look.problem if look is not None and self.text_box.text() else ""
        say(self._problem, problem)
        self._problem.setVisible(bool(problem))
        self.text_box.show_problem(problem)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self._clock.add(self)
        self.redraw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more: nobody sees it."""
        super().hideEvent(event)
        self._clock.remove(self)

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        side, edge = px(sizes.MEDIUM), px(sizes.TIGHT)
        self._row.setContentsMargins(side, edge, edge, edge)
        self._row.setSpacing(px(sizes.SMALL))
        self.text_box.restyle()
