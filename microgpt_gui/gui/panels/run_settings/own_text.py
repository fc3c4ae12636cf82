"""How a text of the person's is read, and what was read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from microgpt_gui.gui.panels.run_settings.choices import ChoiceRow
from microgpt_gui.gui.panels.run_settings.field_row import breakable, text_label
from microgpt_gui.gui.theme import scale as sizes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.text_facts import TextFacts

#: Room for words and box side by side, at 100 %.
_CHOICE_PX = (52, 120)

_PARTINGS = (
    ("lines", "Lines", "Every line is a document, as for microgpt.py."),
    (
        "paragraphs",
        "Paragraphs",
        "Blank lines part the documents; a line break is a letter (↵).",
    ),
)

_LETTER, _LEFT_OUT = "letter", "left out"

_MARKS = (
    (_LETTER, "A letter", "The text begins with U+FEFF; microgpt.py learns it too."),
    (_LEFT_OUT, "Left out", "The U+FEFF that the text begins with is not learnt."),
)


class OwnText(QWidget):
    """The settings of a text, and its facts; hidden for what comes with the program.

    Signals:
        set_requested: A setting shall have another value (its name: str, object).
    """

    set_requested = Signal(str, object)

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.documents = ChoiceRow(
            appearance,
            "Documents",
            "What one document is: a line, or all lines up to a blank one\ndocuments",
            _PARTINGS,
            beside=_CHOICE_PX,
        )
        self.mark = ChoiceRow(
            appearance,
            "Byte order mark",
            "Some programs write an invisible U+FEFF before a text\nleave_out_mark",
            _MARKS,
            beside=_CHOICE_PX,
        )
        self._facts = text_label("caption")
        self._doubt = text_label("warning")
        self._column = QVBoxLayout(self)
        for widget in (self._facts, self._doubt, self.documents, self.mark):
            self._column.addWidget(widget)
        self.documents.chosen.connect(self._on_documents_chosen)
        self.mark.chosen.connect(self._on_mark_chosen)
        self.show_facts(None, 0)
        self.restyle()

    def show_values(
        self,
        values: Mapping[str, object],
        changes: Mapping[str, tuple[object, object]],
        problems: Mapping[str, str],
    ) -> None:
        """Show both settings, what has changed, and what is wrong."""
        self.documents.show_key(str(values["documents"]))
        self.mark.show_key(_LEFT_OUT if values["leave_out_mark"] else _LETTER)
        self.mark.setVisible(self._has_mark or bool(values["leave_out_mark"]))
        for name, row in (("documents", self.documents), ("leave_out_mark", self.mark)):
            row.show_change(name, changes.get(name))
            row.show_message(problems.get(name, ""))

    def show_facts(self, facts: TextFacts | None, block_size: int) -> None:
        """Show what was read; None while that is not known.

        Args:
            facts: Of the text.
            block_size: Where documents are cut; 0 if that is not known.
        """
        self._has_mark = facts is not None and facts.has_mark
        cut = facts.said_of_cut(block_size) if facts and block_size else ""
        sentences = [facts.summary(), cut] if facts else []
        self._facts.setText(breakable(" ".join(f"{s}." for s in sentences if s)))
        self._facts.setVisible(facts is not None)
        self._doubt.setText(breakable(facts.doubt if facts else ""))
        self._doubt.setVisible(bool(self._doubt.text()))

    def restyle(self) -> None:
        """Take up the zoom."""
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(self._appearance.px(sizes.TIGHT))
        self.documents.restyle()
        self.mark.restyle()

    @Slot(object)
    def _on_documents_chosen(self, key: str) -> None:
        self.set_requested.emit("documents", key)

    @Slot(object)
    def _on_mark_chosen(self, key: str) -> None:
        self.set_requested.emit("leave_out_mark", key == _LEFT_OUT)
