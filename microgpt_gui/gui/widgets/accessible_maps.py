"""Which widgets are more to screen readers than Qt makes of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from microgpt_gui.gui.widgets.enlarging_view import EnlargingView

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

_NAME = "accessibleMap"  # attribute of a view that keeps its map alive


@cache
def install_maps() -> None:
    """Let screen readers get maps of cells; once for the application, on its thread."""
    QAccessible.installFactory(_map_of)


def _map_of(_key: str, of: QObject | None) -> QAccessibleInterface | None:
    if not isinstance(of, EnlargingView):
        return None
    if not hasattr(of, _NAME):
        # Not at the top: a window that no screen reader looks at needs none of it.
        from microgpt_gui.gui.widgets.accessible_cells import AccessibleMap

        setattr(of, _NAME, AccessibleMap(of))
    made: QAccessibleInterface = getattr(of, _NAME)
    return made
