"""What is open: its name, formula and shape, and which layer and head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from microgpt_gui.gui.panels.inside.sheet import words
from microgpt_gui.gui.panels.inside.words import layers_of
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.inside.sheet.content import Sheet
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.reading.inside.way import TokenWay


class StageHead(QWidget):
    """One line above a stage that is open.

    Attributes:
        layer: Chooses the layer; hidden where there is one, or it is in none.
        head: Chooses the head; hidden where the stage is not opened by head.

    Signals:
        layer_chosen: From 0 (int).
        head_chosen: From 0 (int).
    """

    layer_chosen = Signal(int)
    head_chosen = Signal(int)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._name = PlainLabel()
        self._formula, self._shape = ElidedLabel(), ElidedLabel()
        set_look(self._name, "role", "title")
        set_look(self._shape, "role", "muted")
        self.layer, self.head = QComboBox(), QComboBox()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._name)
        self._row.addWidget(self._formula, 3)
        self._row.addWidget(self._shape, 2)
        for box, text in ((self.layer, "Layer"), (self.head, "Head")):
            box.setAccessibleName(text)
            box.setToolTip(f"{text} of the stage that is open")
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.hide()
            self._row.addWidget(box)
        self.layer.activated.connect(self.layer_chosen)
        self.head.activated.connect(self.head_chosen)

    @property
    def text(self) -> str:
        """What it says: name, formula and shape."""
        labels = self._name, self._formula, self._shape
        return "; ".join(label.text() for label in labels)

    def show_stage(self, way: TokenWay, sheet: Sheet, parts: int) -> None:
        """Say what is open, of how many parts."""
        stage = sheet.stage
        say(self._name, stage.name)
        say(self._formula, words.formula(way, sheet))
        say(self._shape, words.shape(way, sheet))
        has_layer = stage.layer is not None and layers_of(way) > 1
        _offer(self.layer, "layer", layers_of(way) if has_layer else 0)
        _offer(self.head, "head", parts if parts > 1 else 0)
        if stage.layer is not None:
            self.layer.setCurrentIndex(stage.layer)
        self.head.setCurrentIndex(sheet.part)

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._row.setSpacing(self._appearance.px(sizes.MEDIUM))


def _offer(box: QComboBox, word: str, count: int) -> None:
    """Let a box offer so many; hide it where that is none."""
    if box.count() != count:
        box.clear()
        box.addItems([f"{word} {number + 1}" for number in range(count)])
    if box.isHidden() is (count > 0):
        box.setVisible(count > 0)
