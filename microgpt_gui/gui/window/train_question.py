"""Which model to train, where changed settings wait for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import set_look
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.keys import TAKES_ENTER
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.window.actions import Actions

_WIDEST_PX = 440


class TrainQuestion(QFrame):
    """Opens below the button that was meant, over all panels, and moves none of them.

    Enter or Space take the answer that has the focus, Tab goes to the next, Escape
    leaves everything as it is.

    Attributes:
        apply: Begins with the settings that wait.
        keep: Goes on with the model as it is.
        close_button: Does neither.
    """

    def __init__(
        self,
        run: RunController,
        appearance: Appearance,
        actions: Actions,
        over: QWidget,
    ) -> None:
        """Build it, unseen.

        Args:
            run: Whose settings wait.
            appearance: Theme and zoom.
            actions: What asks.
            over: The widget that it opens in.
        """
        super().__init__(over)
        self.setObjectName("question")
        self.setProperty(TAKES_ENTER, True)
        self._pending = run.pending
        self._appearance = appearance
        self._actions = actions
        self._over = over
        self._asking: QAction | None = None
        self._anchor: QWidget | None = None
        self._focus_before: QWidget | None = None
        self._title = PlainLabel("Changed settings wait for a new model")
        self._title.setStyleSheet("font-weight: 600;")
        self._text, self._reason = PlainLabel(), PlainLabel()
        self._reason.setProperty("role", "warning")
        for label in (self._text, self._reason):
            label.setWordWrap(True)
        self.apply, self.keep = QPushButton(), QPushButton()
        for button in (self.apply, self.keep):
            button.setAutoDefault(True)  # Enter presses it
        self.apply.setToolTip("Begin anew, with a model of these settings")
        self.keep.setToolTip("The settings go on waiting in the Run panel")
        self._name("train")
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "quiet")
        self.close_button.setAccessibleName("Train nothing now")
        self.close_button.setToolTip("Train nothing now (Escape)")
        self._top, self._answers = QHBoxLayout(), FlowLayout()
        self._top.addWidget(self._title, 1)
        self._top.addWidget(self.close_button)
        for button in (self.apply, self.keep):
            self._answers.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self._text)
        self._column.addWidget(self._reason)
        self._column.addLayout(self._answers)
        self.apply.clicked.connect(self._on_apply_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.close_button.clicked.connect(self.leave)
        self._pending.changed.connect(self._refresh)
        run.started.connect(self.leave)
        appearance.changed.connect(self._restyle)
        over.installEventFilter(self)
        self._restyle()
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is not there."""
        parts = (self._title.text(), self._text.text(), self._reason.text())
        return "" if self.isHidden() else " ".join(filter(None, parts))

    def ask(self, action: QAction, anchor: QWidget) -> None:
        """Ask which model ``action`` is meant for, below ``anchor``."""
        if self.isHidden():
            self._focus_before = QApplication.focusWidget()
        self._asking, self._anchor = action, anchor
        self._refresh()
        self.show()
        self.raise_()
        self._take_place()
        (self.apply if self.apply.isEnabled() else self.keep).setFocus()

    @Slot()
    def leave(self) -> None:
        """Ask no longer, and give the keys back."""
        if self.isHidden():
            return
        now = QApplication.focusWidget()
        has_keys = now is not None and self.isAncestorOf(now)
        self.hide()
        before, self._focus_before = self._focus_before, None
        if has_keys:
            # It may have been in a dialog that is gone by now.
            is_there = before is not None and isValid(before) and before.isVisible()
            (before if before and is_there else self._over).setFocus()

    def event(self, event: QEvent) -> bool:
        """Have Escape for itself while an answer has the focus."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.leave()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window gets another size."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self._take_place()
        return False

    @Slot()
    def _refresh(self) -> None:
        pending = self._pending
        if self._asking is None or not pending.text:
            self.leave()
            return
        self._name("step" if self._asking is self._actions.step else "train")
        self.apply.setEnabled(not pending.reason)
        kinds = ("", "primary") if pending.reason else ("primary", "")
        for button, kind in zip((self.apply, self.keep), kinds, strict=True):
            set_look(button, "kind", kind)
        self._text.setText(pending.text)
        self._reason.setText(pending.reason)
        self._reason.setVisible(bool(pending.reason))
        self.setAccessibleName(f"{self._title.text()}. {pending.text}")
        self._take_place()

    def _name(self, verb: str) -> None:
        for button, text in (
            (self.apply, f"Apply and {verb}"),
            (self.keep, f"{verb.capitalize()} the model as it is"),
        ):
            button.setText(text)
            button.setAccessibleName(text)

    def _take_place(self) -> None:
        anchor, over = self._anchor, self._over
        if self.isHidden() or anchor is None:
            return
        px = self._appearance.px
        width = min(px(_WIDEST_PX), over.width())
        height = self._column.totalHeightForWidth(width)
        place = anchor.mapTo(over, QPoint(0, anchor.height() + px(sizes.TIGHT)))
        x = min(max(place.x(), 0), over.width() - width)
        self.setGeometry(x, place.y(), width, height)

    @Slot()
    def _restyle(self) -> None:
        px = self._appearance.px
        edge = px(sizes.MEDIUM)
        self._column.setContentsMargins(edge, px(sizes.SMALL), px(sizes.SMALL), edge)
        self._column.setSpacing(px(sizes.SMALL))
        self._answers.setSpacing(px(sizes.SMALL))
        self.close_button.setIconSize(QSize(px(14), px(14)))
        self.close_button.setIcon(
            self._appearance.icon("close", self._appearance.theme.muted)
        )
        self._take_place()

    @Slot()
    def _on_apply_clicked(self) -> None:
        action = self._asking
        if action is not None and self._pending.apply():
            self.leave()
            self._actions.go_on(action)

    @Slot()
    def _on_keep_clicked(self) -> None:
        if (action := self._asking) is not None:
            self.leave()
            self._actions.go_on(action)
