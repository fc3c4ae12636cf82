"""The row of tokens and, below it, the vocabulary: each marks what the other is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from microgpt_gui.gui.panels.tokens import words
from microgpt_gui.gui.panels.tokens.strip import TokenStrip
from microgpt_gui.gui.panels.tokens.strip_sizes import SCALES
from microgpt_gui.gui.panels.tokens.vocabulary import Vocabulary
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.token_row import TokenRow

#: From which height on a figure is drawn at which of SCALES, in pixels at 100 %: where
#: there is more room, all is larger, to be read from the back row.
_HEIGHTS = dict(zip(SCALES, (0, 165, 300, 440), strict=True))


class TokensFigure(QWidget):
    """Shows a text in both.

    Attributes:
        strip: The text, token by token.
        vocabulary: All tokens there are.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.strip = TokenStrip(appearance)
        self.vocabulary = Vocabulary(appearance)
        self._counts = ElidedLabel()
        set_look(self._counts, "role", "caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.strip)
        self._column.addWidget(self._counts)
        self._column.addWidget(self.vocabulary, 1)
        for view in (self.strip, self.vocabulary):
            view.pointed_changed.connect(self._mark)
            view.enlarged_changed.connect(self._mark)

    @property
    def counts(self) -> str:
        """What stands above the vocabulary."""
        return self._counts.text()

    def show_row(self, row: TokenRow | None, usual_tokens: int) -> None:
        """Draw ``row``; nothing if None. See `TokenStrip`."""
        self.strip.show_row(row, usual_tokens)
        self.vocabulary.show_row(row)
        say(self._counts, words.counts(row) if row else "")
        self._mark()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        for view in (self.strip, self.vocabulary):
            view.rearrange()
        self.vocabulary.setMinimumHeight(self.vocabulary.line_height())
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw large where there is much room."""
        super().resizeEvent(event)
        self._share_height()

    def least_height(self) -> int:
        """Return the height at which all is still there, in pixels."""
        spacing = self._appearance.px(sizes.TIGHT)
        caption = self._counts.sizeHint().height()
        one_line = self.vocabulary.line_height()
        return self.strip.least_height() + caption + one_line + 2 * spacing

    def _share_height(self) -> None:
        px = self._appearance.px
        scale = max(s for s, least in _HEIGHTS.items() if self.height() >= px(least))
        is_low = scale < 1
        self._column.setSpacing(px(sizes.TIGHT if is_low else sizes.SMALL))
        for view in (self.strip, self.vocabulary):
            view.set_scale(scale)

    @Slot()
    def _mark(self) -> None:
        row, told = self.strip.row, self.strip.spoken
        marked: tuple[int, ...] = ()
        if row is not None and told is not None:
            marked = row.tokens[told : told + 1]
        self.vocabulary.mark(marked)
        self.strip.mark(self.vocabulary.spoken)
