"""How many documents training cuts, and the context length that would hold them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.text_facts import TextFacts

if TYPE_CHECKING:
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.gui.theme.appearance import Appearance


_WHAT = (
    "Of a longer document, training sees the beginning alone, and no sample can be "
    "longer. A sample that is such a beginning counts as known."
)


class CutLine(QWidget):
    """One line, and a button; hidden where no document is cut.

    Signals:
        proposed: A setting would better have another value (its name: str, object).
    """

    proposed = Signal(str, object)

    def __init__(self, run: RunController, appearance: Appearance) -> None:
        super().__init__()
        self._run = run
        self._appearance = appearance
        self._room = 0  # that would hold all documents, as far as that is allowed
        self._text = PlainLabel(wordWrap=True)
        self._text.setProperty("role", "caption")
        self._text.setToolTip(wrapped(_WHAT))
        self._use = QPushButton()
        self._use.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._use.clicked.connect(self._on_use_clicked)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._use, 0, Qt.AlignmentFlag.AlignTop)
        run.prepared.connect(self._refresh)
        appearance.changed.connect(self._restyle)
        self._restyle()
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        """Say what holds for the run; nothing while there is none."""
        if (info := self._run.info) is None:
            self.hide()
            return
        facts = TextFacts.of(info.segments[-1].dataset)
        block_size = info.config.block_size
        said = facts.said_of_cut(block_size)
        self._room = room = facts.context_for_all
        self._text.setText(f"{said}.")
        self._use.setText(f"Use {room}")
        self._use.setAccessibleName(f"Use a context length of {room}")
        self._use.setToolTip(
            wrapped(
                f"Put a context length (block_size) of {room} into the Run panel: it "
                f"{facts.gain(block_size)}, with their ends. It waits there "
                "for “Apply and reset”, since it needs a new model."
            )
        )
        self._use.setVisible(room > block_size)
        self.setVisible(bool(said))

    @Slot()
    def _on_use_clicked(self) -> None:
        self.proposed.emit("block_size", self._room)

    @Slot()
    def _restyle(self) -> None:
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self._appearance.px(sizes.SMALL))
