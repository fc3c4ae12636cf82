"""A figure of stages, and beside it the lines of the engine that compute them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action import make_action
from microgpt_gui.gui.widgets.action_button import ActionButton
from microgpt_gui.gui.widgets.code_text import CodeLine, CodePart
from microgpt_gui.gui.widgets.code_view import CodeView
from microgpt_gui.session.reading.source.excerpts import SourceLine, excerpts
from microgpt_gui.session.reading.source.links import (
    lines_of,
    stage_after,
    stage_ids,
    stages_of_lines,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance

#: The code comes by itself where there is so much width, in pixels at 100 %; of that,
#: it takes this share.
_WIDE, _SHARE = 900, 0.42

#: The stage whose lines take a gradient back through another one.
_BACKWARD = "gradients"

#: Less is of no use, in pixels at 100 %.
_LEAST_WIDTH = 220

_TIP = (
    "The lines of the engine that compute what is shown: they light up with the stage, "
    "and a click on a line, or Up and Down, shows what it computes"
)


class CodeBeside(QSplitter):
    """Lights the lines of the stage that is looked at; a line chosen is a stage chosen.

    Attributes:
        view: The lines.
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
        self._stages: tuple[str, ...] = ()
        self._names: Mapping[str, str] = {}
        self._is_wanted: bool | None = None  # as somebody has chosen; else by width
        self._is_written = False
        self._is_dragged = False  # somebody has shared the width
        self.view = CodeView(appearance)
        self.view.setAccessibleName("Code of the engine")
        self.view.setAccessibleDescription(_TIP)
        self.view.line_chosen.connect(self._on_view_line_chosen)
        self.setChildrenCollapsible(False)
        self.addWidget(figure)
        self.addWidget(self.view)
        self.splitterMoved.connect(self._on_splitter_moved)
        self.view.hide()
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
        stages = stage_ids(n_layer)
        if stages == self._stages:
            return
        self._stages = stages
        self._names = names
        if self._is_written:
            self._link()

    def _link(self) -> None:
        """Let the lines of stages be chosen."""
        self.view.link(
            {
                CodeLine(*line): _told([self._names.get(id, id) for id in found])
                for line, found in stages_of_lines(self._stages).items()
            }
        )

    def light(self, stage: str, *, is_backward: bool = False) -> None:
        """Light the lines of ``stage``; none if it is empty.

        Args:
            stage: Its id.
            is_backward: The gradient comes back through it.
        """
        self._stage, self._is_backward = stage, is_backward
        if self._is_written:
            self._light()

    def _light(self) -> None:
        if not self._stage:
            self.view.light((), ())
            return
        lines = lines_of(self._stage)
        is_back = self._is_backward
        called = lines_of(_BACKWARD).called if is_back else lines.called
        self.view.light(
            (CodeLine(*line) for line in lines.own),
            (CodeLine(*line) for line in called),
        )

    @property
    def is_shown(self) -> bool:
        """Whether the code stands beside the figure."""
        return not self.view.isHidden()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px = self._appearance.px
        self._show_icon()
        self.button.setIconSize(QSize(px(14), px(14)))
        self.setHandleWidth(px(sizes.SMALL))
        self.view.setMinimumWidth(px(_LEAST_WIDTH))
        if self._is_written:
            self.view.restyle()
        self._share()

    def _show_icon(self) -> None:
        theme = self._appearance.theme
        colour = theme.accent if self.is_shown else theme.muted
        self.button.setIcon(self._appearance.icon("code", colour, 14))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the code where there is room, if nobody has chosen otherwise."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        is_wide = self.width() >= self._appearance.px(_WIDE)
        is_shown = is_wide if self._is_wanted is None else self._is_wanted
        self.action.setChecked(is_shown)
        if is_shown and not self._is_written:
            self._is_written = True
            self._link()
            self.view.show_parts(
                [CodePart(e.file, e.first_line, e.text) for e in excerpts()]
            )
            self._light()
        if is_shown is not self.is_shown:
            self.view.setVisible(is_shown)
            self._show_icon()
        if is_shown and not self._is_dragged:
            width = self.width()
            code = max(round(width * _SHARE), self._appearance.px(_LEAST_WIDTH))
            self.setSizes([width - code, code])
        if is_shown:
            self.view.reveal()

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

    @Slot(object)
    def _on_view_line_chosen(self, line: CodeLine) -> None:
        stage = stage_after(SourceLine(*line), self._stages, self._stage)
        if stage:
            self.stage_chosen.emit(stage)


def _told(names: list[str]) -> str:
    """Say what a line computes, in few words."""
    different = list(dict.fromkeys(names))
    told = ", ".join(different[:4])
    more = len(different) - 4
    return f"Computes: {told}" + (f" and {more} more" if more > 0 else "")
