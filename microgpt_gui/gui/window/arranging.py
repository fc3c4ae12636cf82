"""Puts docks where a layout says, and shares the room among them as it says."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QDockWidget, QMainWindow

    from microgpt_gui.gui.window.layouts import Layout


def lay_out(
    host: QMainWindow, docks: Mapping[str, QDockWidget], layout: Layout
) -> None:
    """Put every dock where ``layout`` says, and show it.

    Args:
        host: Where they stand.
        docks: By the titles of their panels.
        layout: Names all of them.
    """
    for dock in docks.values():
        dock.setFloating(False)
        host.removeDockWidget(dock)
    tops = [docks[column.titles[0]] for column in layout.columns]
    host.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, tops[0])
    # Side by side first, or rows would cross the columns.
    for left, right in itertools.pairwise(tops):
        host.splitDockWidget(left, right, Qt.Orientation.Horizontal)
    stacks = [stack for column in layout.columns for stack in column.stacks]
    for column in layout.columns:
        for above, below in itertools.pairwise(column.stacks):
            host.splitDockWidget(
                docks[above.tabs[0]], docks[below.tabs[0]], Qt.Orientation.Vertical
            )
    for stack in stacks:
        first = docks[stack.tabs[0]]
        first.show()
        for title in stack.titles[1:]:
            host.tabifyDockWidget(first, docks[title])
            docks[title].show()  # a tab that is not shown is none, and cannot be raised
    for stack in stacks:
        docks[stack.front or stack.tabs[0]].raise_()


def share_space(
    host: QMainWindow,
    docks: Mapping[str, QDockWidget],
    layout: Layout,
    px: Callable[[float], int],
) -> None:
    """Give columns their widths and stacks their heights.

    Args:
        host: Where they stand, undisturbed.
        docks: By the titles of their panels; those of a folded column are hidden.
        layout: What is shared as it says; of two groups, one is hidden.
        px: Turns pixels at 100 % into pixels.
    """

    def seen(titles: Sequence[str]) -> QDockWidget | None:
        return next((docks[t] for t in titles if not docks[t].isHidden()), None)

    columns = [column for column in layout.columns if seen(column.titles)]
    widths = [px(column.width) if column.width else 0 for column in columns]
    left = max(1, host.width() - sum(widths))
    host.resizeDocks(
        [dock for column in columns if (dock := seen(column.titles))],
        [width or left for width in widths],
        Qt.Orientation.Horizontal,
    )
    stacks = [stack for column in columns for stack in column.stacks]
    host.resizeDocks(
        [dock for stack in stacks if (dock := seen(stack.titles))],
        [stack.height * 100 for stack in stacks if seen(stack.titles)],
        Qt.Orientation.Vertical,
    )
