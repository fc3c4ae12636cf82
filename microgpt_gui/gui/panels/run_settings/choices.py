"""The three settings that are chosen from a list: preset, dataset, engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from PySide6.QtCore import Qt, Signal, Slot

from microgpt_gui.gui.panels.run_settings.field_row import (
    FieldRow,
    breakable,
    text_label,
)
from microgpt_gui.gui.panels.run_settings.inputs import CalmCombo
from microgpt_gui.gui.panels.run_settings.words import change_in_words
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.isolation import isolated
from microgpt_gui.session.datasets import (
    dataset_choices,
    dataset_title,
    is_text_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microgpt_gui.gui.theme.appearance import Appearance

#: Text files that stay on offer.
MAX_RECENT = 8

_DATASET_TIP = "What the model learns to imitate: one short document a line"

#: How names of files are bytes that are no text, see `os.fsdecode`.
_ANY_BYTE = "surrogateescape"

_KEY, _DESCRIPTION = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ChoiceRow(FieldRow):
    """A list to choose from, with the sentence of what is chosen below it.

    Signals:
        chosen: The person chose this key (str, perhaps of a path that is not UTF-8).
    """

    chosen = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        label: str,
        tooltip: str,
        choices: Iterable[tuple[str, str, str]],
        otherwise: str = "",
        beside: tuple[int, int] | None = None,
    ) -> None:
        """Fill the list.

        Args:
            appearance: The look.
            label: The setting in words.
            tooltip: What it means.
            choices: Key, title and description of each.
            otherwise: What the box says when none of them is chosen.
            beside: See `FieldRow`.
        """
        self.combo = CalmCombo()
        self.combo.setAccessibleName(label or "Dataset")
        self.combo.setPlaceholderText(otherwise)
        super().__init__(appearance, label, self.combo, tooltip=tooltip, beside=beside)
        self._is_brief = False
        self._said = ""  # below the box
        self._description = text_label("caption")
        self._column.addWidget(self._description)
        self.fill(choices)
        self.combo.activated.connect(self._on_combo_activated)

    @property
    def key(self) -> str:
        """What is chosen; empty where nothing of the list is."""
        return unquote(self.combo.currentData(_KEY) or "", errors=_ANY_BYTE)

    def fill(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """Replace the list: key, title and description of each."""
        self.combo.clear()
        for key, title, description in choices:
            self.add(key, title, description)

    def add(self, key: str, title: str, description: str) -> None:
        """Add one choice."""
        self.combo.addItem(title, _quoted(key))
        last = self.combo.count() - 1
        self.combo.setItemData(last, description, _DESCRIPTION)
        self.combo.setItemData(last, wrapped(description), Qt.ItemDataRole.ToolTipRole)

    def show_key(self, key: str) -> None:
        """Show this choice."""
        self.combo.setCurrentIndex(self._place_of(key) if key else -1)
        text = str(self.combo.currentData(_DESCRIPTION) or "")
        self.show_description(text)

    def _place_of(self, key: str) -> int:
        """Return where a choice is in the list; -1 for nowhere."""
        return self.combo.findData(_quoted(key), _KEY)

    def show_change(self, name: str, change: tuple[object, object] | None) -> None:
        """Show that the choice waits for a new model.

        Args:
            name: The setting.
            change: What is in force and what is wanted; None where that is the same.
        """
        self.show_note(change_in_words(name, change) if change else "")
        self.show_state("changed" if change else "")

    def show_description(self, text: str) -> None:
        """Show this sentence below the box."""
        self._said = text
        self._description.setText(breakable(text))
        self._description.setVisible(bool(text) and not self._is_brief)
        self.combo.setToolTip(wrapped(*filter(None, (self._tooltip, text))))

    def set_brief(self, is_brief: bool) -> None:
        """Leave the sentence below the box to its tooltip, for want of room."""
        self._is_brief = is_brief
        self.show_description(self._said)

    @Slot(int)
    def _on_combo_activated(self, _index: int) -> None:
        self.chosen.emit(self.key)


class DatasetRow(ChoiceRow):
    """The datasets, and the text files that were opened."""

    def __init__(self, appearance: Appearance) -> None:
        self._recent: list[str] = []
        super().__init__(
            appearance,
            "",
            _DATASET_TIP,
            (),
        )
        self.refill()

    def refill(self) -> None:
        """List the datasets anew, the text files after them."""
        key = self.key
        self.combo.clear()
        for choice in dataset_choices():
            self.add(choice.key, choice.title, _sentence(choice.description))
        if self._recent:
            self.combo.insertSeparator(self.combo.count())
        for path in self._recent:
            said = path if is_text_file(path) else "A text that was pasted"
            self.add(path, self._file_title(path), said)
        super().show_key(key)

    def remember(self, path: str) -> None:
        """Keep a text file on offer."""
        if path not in self._recent:
            self._recent = [path, *self._recent][:MAX_RECENT]
            self.refill()

    def forget(self, path: str) -> None:
        """Take a text file off the list."""
        if path in self._recent:
            self._recent.remove(path)
            self.refill()

    def show_key(self, key: str) -> None:
        """Show this dataset or text file; a file that is not listed is added."""
        if key and self._place_of(key) < 0:
            self.remember(key)
        super().show_key(key)
        is_file = key in self._recent
        if is_file:
            self.show_description("")  # what was read says more
        is_path = is_file and is_text_file(key)
        self.combo.setToolTip(wrapped(key if is_path else _DATASET_TIP))

    def _file_title(self, path: str) -> str:
        title = dataset_title(path)
        if sum(dataset_title(other) == title for other in self._recent) > 1:
            return f"{isolated(title)} in {isolated(Path(path).parent.name)}"
        return title


def _quoted(key: str) -> str:
    """Return a key so that Qt can keep it: its strings drop what is not UTF-8."""
    return quote(key, errors=_ANY_BYTE)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
