"""Files dropped onto a widget, as a file manager does it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl, qVersion
from PySide6.QtGui import QDragEnterEvent, QDropEvent

#: Within any widget.
_CORNER = QPointF(5, 5)


def drop(app, widget, path, place=_CORNER):
    """Enter ``widget`` with a file, see that it is welcome, and let go of it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Before Qt 6.12 the one takes whole pixels alone; from then on, that is deprecated.
    is_older = tuple(map(int, qVersion().split(".")[:2])) < (6, 12)
    entering = QDragEnterEvent(place.toPoint() if is_older else place, *how)
    app.sendEvent(widget, entering)
    assert entering.isAccepted()
    app.sendEvent(widget, QDropEvent(place, *how))
