"""The runs panel: the list, what can be done with a run, and what is held."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.runs import words
from microgpt_gui.gui.panels.runs.actions import RunActions
from microgpt_gui.gui.panels.runs.exports import RunsExports
from microgpt_gui.gui.panels.runs.list_view import RunList
from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QFocusEvent

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: Figures of the current run change at most so often: faster nobody reads them.
TEXTS_MS = 200

#: In pixels at 100 %: wider, a name and its loss are too far apart.
_WIDEST = 640


class RunsPanel(Panel):
    """Lists the current run and those before it, to compare and to go on with.

    Attributes:
        list: The runs.
        actions_of_run: What can be done with the one that is chosen.
    """

    title = "Runs"
    hint = (
        "This run and those before it. The eye draws a run's losses in the loss plot; "
        "side by side shows its attention and samples next to the current run's."
    )

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._texts_at_s = float("-inf")
        self._is_undo_dismissed = False
        self._undone_name = ""
        self._late = QTimer(self, interval=TEXTS_MS, singleShot=True)
        self._late.timeout.connect(self.schedule)
        self.list = RunList(workshop, appearance)
        self.actions_of_run = RunActions(self.list, workshop, appearance)
        self._exports = RunsExports(self.list.runs, workshop)
        self._build()
        self._lay_out()
        self.list.chosen.connect(self._refresh_actions)
        shelf = workshop.shelf
        shelf.changed.connect(self._on_shelf_changed)
        shelf.compared_changed.connect(self._on_shelf_changed)
        shelf.current_changed.connect(self._on_shelf_current_changed)
        self.restyle()
        self._on_shelf_changed()

    @property
    def undo_text(self) -> str:
        """What is said of the run deleted last; empty where nothing is."""
        return "" if self._undo_bar.isHidden() else self._undo_label.text()

    def run_actions(self) -> list[QAction]:
        """See `Panel`."""
        return [self.actions_of_run.undo]

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    def _build(self) -> None:
        actions = self.actions_of_run
        self._buttons = [
            self._button(actions.compare, is_worded=True),
            self._button(actions.rename),
            self._button(actions.hide),
            self._button(actions.delete),
            self._button(actions.take_up, is_worded=True),
        ]
        self._empty = PlainLabel(words.EMPTY)
        self._empty.setProperty("role", "muted")
        self._held = PlainLabel()
        self._held.setProperty("role", "caption")
        for label in (self._empty, self._held):
            label.setWordWrap(True)
        self._hidden = QPushButton()
        self._hidden.setProperty("kind", "quiet")
        self._hidden.setCheckable(True)
        self._hidden.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hidden.setToolTip("Show the hidden runs in the list, or leave them out")
        self._hidden.toggled.connect(self._on_hidden_toggled)
        self._undo_bar = QFrame()
        self._undo_bar.setObjectName("notice")
        self._undo_label = ElidedLabel()
        self._undo = QPushButton("Undo")
        self._undo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._undo.setAccessibleName("Undo deleting the run")
        self._undo.setToolTip("Bring the run back (Ctrl+Z)")
        self._undo.clicked.connect(actions.undo.trigger)
        self._dismiss = QToolButton()
        self._dismiss.setProperty("kind", "quiet")
        self._dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._dismiss.setAccessibleName("Dismiss this message")
        self._dismiss.setToolTip("Dismiss this message; Ctrl+Z still brings it back")
        self._dismiss.clicked.connect(self._on_dismiss_clicked)

    def _lay_out(self) -> None:
        content = _Ground(self.list)
        self._column = QVBoxLayout(content)
        self._flow = FlowLayout()
        for button in self._buttons:
            self._flow.addWidget(button)
        self._undo_row = QHBoxLayout(self._undo_bar)
        self._undo_row.addWidget(self._undo_label, 1)
        self._undo_row.addWidget(self._undo)
        self._undo_row.addWidget(self._dismiss)
        self._column.addLayout(self._flow)
        self._column.addWidget(self._undo_bar)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._empty)
        self._column.addStretch(0)
        self._column.addWidget(self._hidden, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._held)
        self._content = content
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(content)
        scroller.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroller)

    @staticmethod
    def _button(action: QAction, *, is_worded: bool = False) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(
            style.ToolButtonTextOnly if is_worded else style.ToolButtonIconOnly
        )
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # Drawing

    def redraw(self) -> None:
        """Bring the current run's row up to date, at a readable pace."""
        now_s = time.monotonic()
        if now_s - self._texts_at_s < TEXTS_MS / 1000:
            if not self._late.isActive():
                self._late.start()
            return
        self._texts_at_s = now_s
        self.list.runs.refresh_current()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        look = self.appearance
        px, edge = look.px, min(look.px(sizes.SMALL), sizes.LARGE)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(px(6))
        self._flow.setSpacing(px(sizes.TIGHT))
        self._undo_row.setContentsMargins(
            px(sizes.SMALL), px(sizes.TIGHT), px(sizes.TIGHT), px(sizes.TIGHT)
        )
        self._content.setMaximumWidth(px(_WIDEST) + 2 * edge)
        self.actions_of_run.restyle()
        for button in (*self._buttons, self._dismiss):
            button.setIconSize(QSize(px(14), px(14)))
        self._dismiss.setIcon(look.icon("close", look.theme.muted))
        self.list.restyle()
        self._fit()

    def _fit(self) -> None:
        """Leave the explanation the room below the one row there is."""
        is_empty = not self.workshop.shelf.runs
        rows = (
            self.list.row_height + 2 * self.list.frameWidth() if is_empty else 2**24 - 1
        )
        self.list.setMaximumHeight(rows)
        self._empty.setVisible(is_empty)

    # What happens

    @Slot()
    def _on_shelf_changed(self) -> None:
        shelf = self.workshop.shelf
        self.list.refresh()
        self._refresh_actions()
        if shelf.undoable != self._undone_name:
            self._undone_name, self._is_undo_dismissed = shelf.undoable, False
        self._undo_label.setText(f"Deleted “{run_words.shown(shelf.undoable)}”")
        self._undo_bar.setVisible(bool(shelf.undoable) and not self._is_undo_dismissed)
        count = len(shelf.runs) - len(shelf.listed)
        self._hidden.setText(f"Show {count} hidden")
        self._hidden.setAccessibleName(f"Show {count} hidden")
        self._hidden.setVisible(bool(count))
        self._held.setText(words.held(shelf, self.run.keyframe_bytes))
        self._held.setVisible(bool(shelf.runs))
        self._fit()

    @Slot()
    def _refresh_actions(self) -> None:
        self.actions_of_run.refresh()
        for button in self._buttons:
            button.setAccessibleName(button.defaultAction().text())

    @Slot()
    def _on_shelf_current_changed(self) -> None:
        self.list.runs.refresh_current()

    @Slot(bool)
    def _on_hidden_toggled(self, shows: bool) -> None:
        self.list.runs.shows_hidden = shows
        self.list.refresh()

    @Slot()
    def _on_dismiss_clicked(self) -> None:
        self._is_undo_dismissed = True
        self._undo_bar.hide()


class _Ground(QWidget):
    """What the list and its buttons lie on: a click there gives the list the keys.

    A click on a button does, too, since buttons take none; a focus proxy would change
    the order in which Tab reaches the buttons.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keys on."""
        self._owner.setFocus(event.reason())
