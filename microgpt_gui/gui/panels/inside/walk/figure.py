"""The way forward, or what is learnt from it, below the bar of the walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from microgpt_gui.gui.panels.inside.walk import words
from microgpt_gui.gui.panels.inside.walk.bar import WalkBar
from microgpt_gui.gui.panels.inside.walk.board import board_of
from microgpt_gui.gui.panels.inside.walk.board_view import BoardView
from microgpt_gui.gui.panels.inside.walk.walk import StepWalk
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.action_button import ActionButton

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class WalkFigure(QWidget):
    """Shows the figure of a token's way; of a piece of learning, its board instead.

    Attributes:
        walk: Where somebody walks, if anybody does.
        bar: Drives it; seen while somebody walks.
        board: Says what is learnt.
        button: Begins and ends a walk; for a title bar.

    Signals:
        sight_requested: Somebody began to walk, and all this is not seen.
    """

    sight_requested = Signal()

    def __init__(
        self, figure: QWidget, workshop: Workshop, appearance: Appearance
    ) -> None:
        super().__init__()
        self._appearance = appearance
        self._said = ""
        self.walk = walk = StepWalk(workshop, self)
        self._on = make_action(self, words.ON, "W", words.TIP, self._on_on)
        self._back = make_action(
            self, words.BACK, "Shift+W", "Go to the piece before", self._on_back
        )
        self._end = make_action(self, words.END, "", words.END_TIP, walk.end)
        self._switch = make_action(self, words.BEGIN, "", "", self._on_switch)
        self.button = ActionButton(self._switch)
        self.button.setProperty("kind", "quiet")
        self.button.is_compact = True
        for action in (self._on, self._back):
            action.setAutoRepeat(True)
        self.bar = WalkBar(appearance, self._back, self._on, self._end)
        self.bar.phase_chosen.connect(walk.go_to_phase)
        self.bar.hide()
        self.board = BoardView(appearance)
        self._stack = QStackedLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.bar)
        self._column.addLayout(self._stack, 1)
        self._stack.addWidget(figure)  # before it stands here, it would be a window
        self._stack.addWidget(self.board)
        walk.changed.connect(self._on_walk_changed)
        self._show_switch()

    @property
    def actions_of_keys(self) -> list[QAction]:
        """What menus and keys can do."""
        return [self._on, self._back]

    @property
    def is_learning(self) -> bool:
        """Whether the board is shown, not the figure."""
        return self._stack.currentWidget() is self.board

    @property
    def subject(self) -> str:
        """What is looked at where the board is shown."""
        learning = self.walk.learning
        return words.subject(learning) if learning is not None else ""

    @property
    def end_of_colours(self) -> float | None:
        """Which number has the end colour on the board; None of a list."""
        return self.board.table.end_of_colours

    @property
    def is_pointed(self) -> bool:
        """Whether `reading` tells of a number, not how to point."""
        return self.board.table.spoken is not None

    @property
    def reading(self) -> str:
        """What the number that is pointed at is, to its last digit, or how to point."""
        table = self.board.table
        return words.POINT if table.spoken is None else table.part_name(table.spoken)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._column.setSpacing(self._appearance.px(sizes.SMALL))
        px = self._appearance.px
        self.button.setIconSize(QSize(px(14), px(14)))
        self._show_switch()
        self.bar.restyle()
        self.board.restyle()

    def _show_switch(self) -> None:
        """Let the button say what it does now."""
        theme, is_on = self._appearance.theme, self.walk.is_on
        self._switch.setText(words.END if is_on else words.BEGIN)
        self._switch.setToolTip(words.END_TIP if is_on else f"{words.TIP} (W)")
        colour = theme.accent if is_on else theme.muted
        self.button.setIcon(self._appearance.icon("stairs", colour, 14))

    @Slot()
    def _on_switch(self) -> None:
        if self.walk.is_on:
            self.walk.end()
        else:
            self.walk.begin()

    @Slot()
    def _on_on(self) -> None:
        self._come_forward()
        self.walk.on()

    @Slot()
    def _on_back(self) -> None:
        if self.walk.is_on:
            self._come_forward()
            self.walk.back()

    def _come_forward(self) -> None:
        if not self.isVisible():
            self.sight_requested.emit()

    @Slot()
    def _on_walk_changed(self) -> None:
        walk, learning, stop = self.walk, self.walk.learning, self.walk.stop
        self._show_switch()
        self.bar.setVisible(walk.is_on)
        self.bar.show_walk(walk)
        if learning is None or stop is None:
            if not walk.is_on:
                self._stack.setCurrentIndex(0)
            return
        board = board_of(learning, stop)
        told = words.told(learning, stop)
        if board is not None:
            self.board.show_board(told, board)
        self._stack.setCurrentIndex(0 if board is None else 1)
        self._announce(f"{words.place(learning, stop)}. {told}")

    def _announce(self, said: str) -> None:
        if said != self._said and QAccessible.isActive():
            told = QAccessibleAnnouncementEvent(self, said)
            QAccessible.updateAccessibility(told)
        self._said = said
