"""What a page is that asks the model: the scratch copy, while a what-if is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.what_if_bar import WhatIfBar
from microgpt_gui.gui.panels.data.page import Page
from microgpt_gui.session.reading.altered_question import alteration_asked

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.shown_wish import ShownWish
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class ScratchPage(Page):
    """Subclasses make ``wish``, and implement `_show`.

    Attributes:
        bar: Says what is altered in the model that is asked.
        wish: Brings what is shown.
    """

    wish: ShownWish

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__(workshop, appearance)
        self.bar = WhatIfBar(workshop, appearance)

    @Slot()
    def refresh(self) -> None:
        """See `Page`."""
        if self.run.info is None:
            self.stack.show_words(self.missing())
        else:
            self.stack.show_content()
        self._show()

    def _show(self) -> None:
        """Show the newest answer, or say why there is none."""
        raise NotImplementedError

    def _tell_alteration(self, shown: object | None) -> None:
        """Say in the bar what was altered for the answer that is shown now."""
        alteration = alteration_asked(self.wish.answered_to)
        if shown is not None:
            self.workshop.what_if.note_drawn(self, shown, alteration)
        self.bar.set_drawn(None if shown is None else alteration)
