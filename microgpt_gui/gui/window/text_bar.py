"""The text that is looked at, above the panels: of whatever view is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from microgpt_gui.gui.panel.watched_text import WatchedTextBox
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
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
        self._workshop = workshop
        self._appearance = appearance
        self._label = PlainLabel("Text")
        self.text_box = WatchedTextBox(workshop.subject, appearance)
        self._problem = ElidedLabel()
        set_look(self._problem, "role", "warning")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addWidget(self.text_box, 2)
        self._row.addWidget(self._problem, 3)
        self._problem.hide()
        appearance.changed.connect(self.restyle)
        workshop.subject.changed.connect(self._tell)
        workshop.timeline.moved.connect(self._tell)
        workshop.run.prepared.connect(self._tell)
        self.restyle()
        self._tell()

    @property
    def problem(self) -> str:
        """What the person is told about the text; empty if all is well."""
        return "" if self._problem.isHidden() else self._problem.text()

    @Slot()
    def _tell(self) -> None:
        """Say what is wrong with the text, for the model that reads it."""
        shown = self._workshop.shown_text
        problem = shown.problem if shown and self._workshop.subject.text else ""
        say(self._problem, problem)
        self._problem.setVisible(bool(problem))
        self.text_box.show_problem(problem)

    @Slot()
    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        side, edge = px(sizes.MEDIUM), px(sizes.TIGHT)
        self._row.setContentsMargins(side, edge, edge, edge)
        self._row.setSpacing(px(sizes.SMALL))
        self.text_box.restyle()
