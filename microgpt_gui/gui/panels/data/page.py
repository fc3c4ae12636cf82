"""What a page of the panel is: its choices, its figure or words, and a reading line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from microgpt_gui.gui.moments.wish import APART_S, SHARE
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.content_or_words import ContentOrWords
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_lines import ElidedLines
from microgpt_gui.gui.widgets.flow import FlowLayout

if TYPE_CHECKING:
    from microgpt_gui.gui.moments.shown_wish import ShownWish
    from microgpt_gui.gui.panel.frame_words import FrameWords
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: The figure of a page wants so much height; in less, the page scrolls. At 100 %.
_LEAST_HEIGHT = 72


class Page(QScrollArea):
    """One way to look at the data.

    Subclasses set ``title``, ``tip`` and ``words``, call `put`, and implement `refresh`
    and `summary`.

    Attributes:
        controls: Where its choices stand, above the figure.
        stack: The figure, or words in its place.
        reading: Says what is pointed at.

    Signals:
        changed: `summary` would say something else.
    """

    changed = Signal()

    title: ClassVar[str]
    tip: ClassVar[str]
    words: ClassVar[FrameWords]

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__()
        self.workshop = workshop
        self.run = workshop.run
        self.appearance = appearance
        self.controls = FlowLayout()
        self.reading = ElidedLines()

    def put(self, figure: QWidget) -> None:
        """Lay the page out around ``figure``, once."""
        # It takes what there is: its own wish would have the page scroll.
        ignored = QSizePolicy.Policy.Ignored
        figure.setSizePolicy(ignored, ignored)
        self.stack = ContentOrWords(figure)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self.controls)
        self._column.addWidget(self.stack, 1)
        self._column.addWidget(self.reading)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    # What a subclass says

    def refresh(self) -> None:
        """Show the run as it is now, at the moment shown."""
        raise NotImplementedError

    def summary(self) -> str:
        """Say what is shown, in a few words."""
        raise NotImplementedError

    def shut_down(self) -> None:
        """See `Panel`."""

    # What all pages do

    def missing(self) -> str:
        """Say why there is nothing to show; empty where the text is there."""
        info = self.run.info
        if info is None:
            is_failed = self.run.state is RunState.FAILED
            return self.words.failed if is_failed else self.words.loading
        segment = info.segment_learnt(self.workshop.timeline.at)
        if not segment.docs:
            return (
                f"The text of this run, {segment.dataset.title}, is not at hand: what "
                "it was made of cannot be shown."
            )
        return ""

    def pace(self, wish: ShownWish) -> None:
        """Let a wish have no more than its share of the time, whatever it takes."""
        wish.apart_s = max(APART_S, wish.cost_s / SHARE)

    def read(self, text: str, *, is_pointed: bool) -> None:
        """Say ``text`` below the figure; it is about what is pointed at, or how to."""
        say(self.reading, text)
        set_look(self.reading, "role", "" if is_pointed else "muted")

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self.appearance.px
        self.controls.setSpacing(px(sizes.SMALL))
        self._column.setSpacing(px(sizes.TIGHT))
        self.stack.setMinimumHeight(px(_LEAST_HEIGHT))
        self.reading.setFixedHeight(QFontMetrics(self.reading.font()).height() + 2)
