"""A figure of stages, and beside it the lines of the engine that compute them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.action_button import ActionButton

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from microgpt_gui.gui.panel.stage_code import StageCode
    from microgpt_gui.gui.theme.appearance import Appearance

#: The code comes by itself where there is so much width, in pixels at 100 %; of that,
#: it takes this share.
_WIDE, _SHARE = 900, 0.42

#: Less is of no use, in pixels at 100 %.
_LEAST_WIDTH = 220

_TIP = (
    "The lines of the engine that compute what is shown: they light up with the stage, "
    "and a click on a line, or Up and Down, shows what it computes"
)


class CodeBeside(QSplitter):
    """Lights the lines of the stage that is looked at; a line chosen is a stage chosen.

    Attributes:
        action: Shows them, or folds them away.
        button: The same, for a title bar.

    Signals:
        stage_chosen: Somebody chose the line of a stage (its id: str).
        sight_requested: Somebody asked for the code, and all this is not seen.
    """

    stage_chosen = Signal(str)
    sight_requested = Signal()

    def __init__(self, figure: QWidget, appearance: Appearance) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._appearance = appearance
        self._stage, self._is_backward = "", False
        self._n_layer = 0
        self._names: Mapping[str, str] = {}
        self._view: StageCode | None = None  # nobody has seen it yet
        self._is_wanted: bool | None = None  # as somebody has chosen; else by width
        self._is_dragged = False  # somebody has shared the width
        self.setChildrenCollapsible(False)
        self.addWidget(figure)
        self.splitterMoved.connect(self._on_splitter_moved)
        self.action = make_action(self, "Code beside it", "C", _TIP, self._on_action)
        self.action.setCheckable(True)
        self.button = ActionButton(self.action)
        self.button.setProperty("kind", "quiet")
        self.button.is_compact = True
        self.button.follow()

    def show_stages(self, n_layer: int, names: Mapping[str, str]) -> None:
        """Take up which stages there are.

        Args:
            n_layer: Layers of the model.
            names: What each stage is called, by its id.
        """
        self._n_layer, self._names = n_layer, names
        if self._view is not None:
            self._view.show_stages(n_layer, names)

    def light(self, stage: str, *, is_backward: bool = False) -> None:
        """Light the lines of ``stage``; none if it is empty.

        Args:
            stage: Its id.
            is_backward: The gradient comes back through it.
        """
        self._stage, self._is_backward = stage, is_backward
        if self._view is not None:
            self._view.light_stage(stage, is_backward=is_backward)

    @property
    def view(self) -> StageCode:
        """The lines; made when they are first needed."""
        if self._view is None:
            # Not at the top: the first window needs none of it.
            from microgpt_gui.gui.panel.stage_code import StageCode

            self._view = view = StageCode(self._appearance)
            view.setAccessibleName("Code of the engine")
            view.setAccessibleDescription(_TIP)
            view.setMinimumWidth(self._appearance.px(_LEAST_WIDTH))
            view.stage_chosen.connect(self.stage_chosen)
            view.hide()
            self.addWidget(view)
            view.show_stages(self._n_layer, self._names)
            view.light_stage(self._stage, is_backward=self._is_backward)
        return self._view

    @property
    def is_shown(self) -> bool:
        """Whether the code stands beside the figure."""
        return self._view is not None and not self._view.isHidden()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._show_icon()
        self.button.setIconSize(QSize(px(14), px(14)))
        self.setHandleWidth(px(sizes.SMALL))
        if self._view is not None:
            self._view.setMinimumWidth(px(_LEAST_WIDTH))
            self._view.restyle()
        self._share()

    def _show_icon(self) -> None:
        theme = self._appearance.theme
        colour = theme.accent if self.is_shown else theme.muted
        self.button.setIcon(self._appearance.icon("code", colour, 14))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the code where there is room, if nobody has chosen otherwise."""
        super().resizeEvent(event)
        self._share()

    def showEvent(self, event: QShowEvent) -> None:
        """Show it now, if it is to be seen."""
        super().showEvent(event)
        self._share()

    def _share(self) -> None:
        is_wide = self.width() >= self._appearance.px(_WIDE)
        is_shown = is_wide if self._is_wanted is None else self._is_wanted
        self.action.setChecked(is_shown)
        is_first = self._view is None
        if is_shown and is_first and not self.isVisible():
            return
        if is_shown is not self.is_shown:
            self.view.setVisible(is_shown)
            self._show_icon()
        if is_shown and not self._is_dragged:
            width = self.width()
            code = max(round(width * _SHARE), self._appearance.px(_LEAST_WIDTH))
            self.setSizes([width - code, code])
        if is_shown:
            self.view.reveal()
        if is_shown and is_first:
            self.view.begin()

    @Slot()
    def _on_splitter_moved(self) -> None:
        self._is_dragged = True

    @Slot()
    def _on_action(self) -> None:
        is_seen = self.isVisible()
        if not is_seen:
            self.sight_requested.emit()
        self._is_wanted = not (is_seen and self.is_shown)
        self._share()
        if self.is_shown:
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
