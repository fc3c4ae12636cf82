"""Brings into sight what has the focus, however deep in scrolling areas it is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class FocusInSight(QObject):
    """Scrolls to the widget that has got the focus by keyboard, in any window.

    Qt looks only at the areas that the focus comes from.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._focus_window = app.focusWindow()  # when the focus last changed
        app.focusChanged.connect(self._on_app_focus_changed)

    @Slot("QWidget*", "QWidget*")
    def _on_app_focus_changed(
        self, before: QWidget | None, now: QWidget | None
    ) -> None:
        focus_window, before_it = QApplication.focusWindow(), self._focus_window
        self._focus_window = focus_window
        is_come_back_to = before is None and focus_window != before_it
        # What is clicked is seen, and must not move away.
        if is_come_back_to or QApplication.mouseButtons():
            return
        if now is not None:
            bring_into_sight(now)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll every area that ``widget`` stands in to where it is seen."""
    at: QWidget | None = widget
    while at is not None and not at.isWindow():
        at = at.parentWidget()
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget)
