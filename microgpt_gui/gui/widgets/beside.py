"""Where a panel comes up that leaves the window: beside what takes its place there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize


def beside(size: QSize, place: QRect, window: QRect, screen: QRect) -> QRect:
    """Return where a window goes that is to hide as little as possible of ``place``.

    And then as little as possible of the rest of the window that it comes from.

    Args:
        size: It wants; it gets no more than the screen has.
        place: Where it stood until now, on the screen.
        window: The window that it comes from, likewise, with its frame.
        screen: What of the screen is free for windows.
    """
    size = size.boundedTo(screen.size())
    corners = (
        QPoint(place.right() + 1, place.top()),
        QPoint(place.left() - size.width(), place.top()),
        QPoint(place.left(), place.top() - size.height()),
        QPoint(place.left(), place.bottom() + 1),
        QPoint(window.right() + 1, place.top()),
        QPoint(window.left() - size.width(), place.top()),
    )
    found = [_within(QRect(corner, size), screen) for corner in corners]
    # Of equals the first: to the right, where there is room.
    return min(found, key=lambda rect: (_area(rect & place), _area(rect & window)))


def is_in_sight(window: QRect, screens: list[QRect]) -> bool:
    """Say whether a window there is whole on one of the screens."""
    return any(screen.contains(window) for screen in screens)


def _within(window: QRect, screen: QRect) -> QRect:
    """Move ``window`` as little as need be."""
    moved = QRect(window)
    moved.moveLeft(max(screen.left(), min(moved.left(), _last(screen, moved).x())))
    moved.moveTop(max(screen.top(), min(moved.top(), _last(screen, moved).y())))
    return moved


def _last(screen: QRect, window: QRect) -> QPoint:
    """Return the lowest and rightmost corner at which a window is within."""
    return screen.bottomRight() - QPoint(window.width() - 1, window.height() - 1)


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
