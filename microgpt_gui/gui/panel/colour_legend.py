"""What the colours of a figure stand for, and the choice of how far they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.legend import Legend
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.colour_bar import ColourBar

if TYPE_CHECKING:
    from microgpt_gui.gui.panel.frame_words import FrameWords
    from microgpt_gui.gui.theme.appearance import Appearance


class ColourLegend(Legend):
    """A bar of colours, and a button that says and changes their range.

    Attributes:
        bar: The colours.
        chosen: The range in force, remembered while the window lives.

    Signals:
        range_chosen: ``chosen`` changed.
    """

    range_chosen = Signal()

    def __init__(
        self, words: FrameWords, appearance: Appearance, *, is_signed: bool = False
    ) -> None:
        super().__init__()
        self.chosen = ColourRange.FIXED
        self._appearance = appearance
        self._words = words
        self.bar = ColourBar(
            words.meaning, appearance, is_signed=is_signed, widest=words.widest_tick
        )
        self._button = QToolButton()
        self._button.setProperty("kind", "chip")
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setToolTip("How far the colours reach")
        menu = QMenu(self._button)
        self._choices = QActionGroup(menu)
        for colour_range, (_, text) in words.ranges.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(colour_range is self.chosen)
            action.setData(colour_range.value)
            self._choices.addAction(action)
        self._choices.triggered.connect(self._on_choices_triggered)
        self._button.setMenu(menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._say()

    def choose(self, colour_range: ColourRange) -> None:
        """Choose a range, as the person can."""
        if colour_range is not self.chosen:
            self.chosen = colour_range
            for action in self._choices.actions():
                action.setChecked(action.data() == colour_range.value)
            self._say()
            self.range_chosen.emit()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._row.setSpacing(self._appearance.px(sizes.SMALL))
        self._button.ensurePolished()
        metrics = self._button.fontMetrics()
        shorts = (short for short, _ in self._words.ranges.values())
        widest = max(metrics.horizontalAdvance(f"{short} ▾") for short in shorts)
        # As wide for every choice, or the bar would move.
        self._button.setFixedWidth(widest + self._appearance.px(14))

    def set_brief(self, is_brief: bool) -> None:
        """Choose whether to leave out what the colours mean."""
        self.bar.set_brief(is_brief)

    def full_width(self) -> int:
        """See `Legend`."""
        return self.sizeHint().width() + self.bar.left_out

    @Slot(QAction)
    def _on_choices_triggered(self, action: QAction) -> None:
        self.choose(ColourRange(action.data()))

    def _say(self) -> None:
        short, text = self._words.ranges[self.chosen]
        self._button.setText(f"{short} ▾")
        self._button.setAccessibleName(f"Range of the colours: {text}")
