"""What the person can press: at the panel's title, and in the corner of the plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from microgpt_gui.gui.panels.loss import words
from microgpt_gui.gui.panels.loss.smoothing import SMOOTHINGS, Smoothing
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.action import make_action

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.growing_plot import GrowingPlot

#: A plot less wide has no room for all words on the button, in pixels at 100 %.
_WIDE = 330

_FOLLOWING_TIP = (
    "The whole run is in view. Turn the wheel over the plot to zoom, drag to move; "
    "over an axis, both act on that axis alone."
)
_ZOOMED_TIP = (
    "Show the whole run again and follow it; a double-click in the plot does the same."
)


class LossControls(QObject):
    """The controls of the loss panel; what they do is the panel's.

    Attributes:
        smoothing_box: Chooses one of SMOOTHINGS.
        view_all: Shows the whole run again; enabled while zoomed.
        outliers: Shows outliers too, or leaves them out again; enabled where there are
            some.
        widgets: Of the title, from left to right.
    """

    def __init__(
        self,
        appearance: Appearance,
        smoothing: Smoothing,
        view_all: Callable[[], None],
        switch_outliers: Callable[[], None],
        parent: QWidget,
        plot: GrowingPlot,
    ) -> None:
        super().__init__(parent)
        self._plot = plot
        self._appearance = appearance
        self.view_all = make_action(
            parent,
            "View all of the loss",
            "V",
            "Show the whole run, and follow it",
            view_all,
        )
        self.view_all.setIconText("View all")
        self.outliers = make_action(
            parent,
            "Outliers of the loss in view",
            "",
            "Make room for losses that lie far from all others",
            switch_outliers,
        )
        self.outliers.setCheckable(True)
        self.outliers.setEnabled(False)
        self._view_all = _button(self.view_all, "View all of the loss")
        # In the plot: at the title, the panel would have to grow when it comes.
        self._outliers = _button(self.outliers, "Outliers of the loss", plot)
        self._outliers.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._outliers.hide()
        self.smoothing_box = self._smoothing_box(smoothing)
        self.widgets: list[QWidget] = [self.smoothing_box, self._view_all]

    def show_following(self, is_following: bool) -> None:
        """Say whether the whole run is followed; takes up theme and zoom."""
        theme, px = self._appearance.theme, self._appearance.px
        action, button = self.view_all, self._view_all
        action.setEnabled(not is_following)
        action.setIcon(self._appearance.icon("view-all", theme.accent))
        action.setToolTip(_FOLLOWING_TIP if is_following else _ZOOMED_TIP)
        button.setIconSize(QSize(px(sizes.LARGE), px(sizes.LARGE)))
        button.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if is_following
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )

    def show_outliers(self, count: int, *, are_there: bool, are_shown: bool) -> None:
        """Say how many losses lie outside the plot, or that all of them are in view."""
        text, tip = words.outside(count, are_shown=are_shown)
        if self._plot.area.width() < self._appearance.px(_WIDE):
            text = text.removesuffix(" outside")
        if self.outliers.isEnabled() != are_there:
            self.outliers.setEnabled(are_there)
            self._outliers.setVisible(are_there)
        if self.outliers.iconText() != text:
            self.outliers.setIconText(text)
            self.outliers.setToolTip(tip)
            self._outliers.setAccessibleDescription(tip)
        if self.outliers.isChecked() != are_shown:
            self.outliers.setChecked(are_shown)
        if are_there:
            self._place_outliers()

    @property
    def covered(self) -> QRectF:
        """Where the button stands in the plot, in the pixels of marks; may be empty."""
        if self._outliers.isHidden():
            return QRectF()
        return QRectF(self._outliers.geometry().translated(-self._plot.area.topLeft()))

    def _place_outliers(self) -> None:
        """Put the button into the corner of the plot."""
        px, area = self._appearance.px, self._plot.area
        hint = self._outliers.sizeHint()
        x, y = area.right() - hint.width() - px(2), area.top() + px(2)
        place = QRect(QPoint(max(x, area.left()), y), hint)
        if place != self._outliers.geometry():
            self._outliers.setGeometry(place)

    def _smoothing_box(self, chosen: Smoothing) -> QComboBox:
        box = QComboBox()
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setAccessibleName("Smoothing of the loss")
        for index, smoothing in enumerate(SMOOTHINGS):
            box.addItem(f"Smoothing: {smoothing.name.lower()}")
            tip = smoothing.explanation
            box.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(SMOOTHINGS.index(chosen))
        return box


def _button(action: QAction, name: str, parent: QWidget | None = None) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setProperty("kind", "chip" if parent else "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button
