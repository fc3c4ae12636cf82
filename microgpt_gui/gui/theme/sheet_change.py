"""Another style sheet for the whole application, looked at once by each widget.

`QApplication.setStyleSheet`, of a second sheet, styles every widget that it has styled
before, and with each of them all that lies within: a button eight frames deep is styled
nine times. In a window of a thousand widgets that is twelve times the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


def change_sheet(app: QApplication, sheet: str) -> None:
    """Let all widgets of ``app`` wear ``sheet``, for the first time or another time."""
    if not app.styleSheet():
        app.setStyleSheet(sheet)  # the first one is looked at once
        return
    # Qt styles whom it remembers to have styled. It forgets them all here, and with
    # them what it knows of the sheet so far.
    app.style().unpolish(app)
    app.setStyleSheet(sheet)
    for widget in _outer_first(app):
        widget.style().polish(widget)
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _outer_first(app: QApplication) -> Iterator[QWidget]:
    """Return all widgets; fonts and colours pass from one to what lies within."""
    for widget in app.topLevelWidgets():
        if widget.parentWidget() is None:
            yield widget
            yield from widget.findChildren(QWidget)
