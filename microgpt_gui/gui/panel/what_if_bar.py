"""A line over a figure of a scratch copy: what is altered, and how to put it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.moments.what_if import WhatIf
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.moments.alteration import Alteration

_SIGN_PX = 16

_SHOWN = "What if: {} \N{EM DASH} a scratch copy; the run is untouched"
_ON_ITS_WAY = "What if: {} \N{EM DASH} being read; below is still what was before"
_PUT_BACK = "Nothing is altered any more \N{EM DASH} being read; below is still what if"
_ELSEWHERE = "What if: {} \N{EM DASH} in the other views; it changes nothing here"


class WhatIfBar(QFrame):
    """There while something is altered.

    Attributes:
        back: Puts it back.
    """

    def __init__(
        self, what_if: WhatIf, appearance: Appearance, *, is_unaltered: bool = False
    ) -> None:
        """Build it.

        Args:
            what_if: What is altered.
            appearance: Theme and zoom; call `restyle` when they changed.
            is_unaltered: The figure is of what nothing alters.
        """
        super().__init__()
        self.setObjectName("whatIfBar")
        self._what_if = what_if
        self._appearance = appearance
        self._is_unaltered = is_unaltered
        self._drawn: Alteration | None = None
        self._sign = PlainLabel()
        self._words = ElidedLabel()
        self.back = QPushButton("Put it back")
        self.back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back.setToolTip("Show the model as it is again, in all views (Escape)")
        self.back.setAccessibleName("Put back what is altered")
        self.back.clicked.connect(what_if.put_back)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.back)
        what_if.changed.connect(self.follow)
        self.follow()

    def add_control(self, control: QWidget) -> None:
        """Let ``control`` stand in the bar: what alters it further."""
        self._row.insertWidget(2, control)

    @property
    def text(self) -> str:
        """What it says; empty while it is not there."""
        return "" if self.isHidden() else self._words.text()

    def set_drawn(self, drawn: Alteration | None) -> None:
        """Take up what is altered in the figure as it is drawn; None for no figure."""
        if drawn != self._drawn:
            self._drawn = drawn
            self.follow()

    @Slot()
    def follow(self) -> None:
        """Say what is altered, and whether the figure shows that."""
        wanted, drawn = self._what_if.alteration, self._drawn
        is_late = not self._is_unaltered and drawn is not None and drawn != wanted
        if self._is_unaltered:
            form = _ELSEWHERE
        elif is_late:
            form = _ON_ITS_WAY if wanted else _PUT_BACK
        else:
            form = _SHOWN
        text = form.format(self._what_if.told)
        say(self._words, text)
        self.setAccessibleName(text)
        self.back.setVisible(bool(wanted))
        self.setVisible(bool(wanted) or is_late)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, theme = self._appearance.px, self._appearance.theme
        small, tight = px(sizes.SMALL), px(sizes.TIGHT)
        self._row.setContentsMargins(small, tight, tight, tight)
        self._row.setSpacing(small)
        icon = self._appearance.icon("pencil", theme.warning)
        self._sign.setPixmap(icon.pixmap(px(_SIGN_PX), px(_SIGN_PX)))
        self.back.setIcon(self._appearance.icon("back"))
