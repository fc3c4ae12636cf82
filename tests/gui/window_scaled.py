"""Run as a program on a scaled screen: the widths of the gaps in heat maps, as JSON."""

import json
from itertools import groupby

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from microgpt_gui.app import Playground
from microgpt_gui.gui.panels.attention.heads_view import HeadsView
from microgpt_gui.gui.window.preferences import Preferences
from microgpt_gui.session.config import RunConfig
from tests.gui.beside import subject_of


def gaps_in_pixels(window, heads):
    """Return the widths of all gaps between the cells of each head's last row."""
    shown, ratio = heads.arrangement, window.devicePixelRatio()
    at = heads.viewport().mapTo(window, QPoint(0, 0))
    image = window.grab().toImage()
    ground = QColor(heads._appearance.theme.surface)
    found = []
    for head in range(shown.count):
        left, top = shown.corner(head)
        y = int((at.y() + top + (shown.tokens - 0.5) * shown.cell) * ratio)
        begin = int((at.x() + left + shown.cell / 2) * ratio)
        end = int((at.x() + left + (shown.tokens - 0.5) * shown.cell) * ratio)
        row = (image.pixelColor(x, y) == ground for x in range(begin, end))
        found.append([len(list(run)) for is_gap, run in groupby(row) if is_gap])
    return found


def main():
    playground = Playground(Preferences(mode="light"))
    window = playground.window
    window.show()
    heads = window.docks.findChild(HeadsView)
    playground.run.start(RunConfig(dataset="elements", n_embd=8, n_head=4))
    while heads.look is None:
        QTest.qWait(20)
    subject_of(playground.run).watch("phosphorus")
    while len(heads.look.labels) != 11:
        QTest.qWait(20)
    print(json.dumps([window.devicePixelRatio(), gaps_in_pixels(window, heads)]))
    window.close_without_remembering()


if __name__ == "__main__":
    main()
