"""The settings in their groups, in a column that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from microgpt_gui.gui.panels.run_settings.choices import ChoiceRow, DatasetRow
from microgpt_gui.gui.panels.run_settings.compiled_box import CompiledBox
from microgpt_gui.gui.panels.run_settings.documents_fold import DocumentsFold
from microgpt_gui.gui.panels.run_settings.download_box import DownloadBox
from microgpt_gui.gui.panels.run_settings.field_row import FieldRow, text_label
from microgpt_gui.gui.panels.run_settings.fields import (
    DOCUMENT_FIELDS,
    FIELDS,
    MODEL_FIELDS,
    TRAINING_FIELDS,
    NumberField,
    Value,
)
from microgpt_gui.gui.panels.run_settings.inputs import NumberBox
from microgpt_gui.gui.panels.run_settings.own_text import OwnText
from microgpt_gui.gui.panels.run_settings.words import (
    WHAT_NEEDS_A_MODEL,
    change_in_words,
)
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.flow import FlowLayout
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.config import LIVE_SETTINGS
from microgpt_gui.session.datasets import is_own_text
from microgpt_gui.session.engines import engine_choices
from microgpt_gui.session.presets import PRESETS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtGui import QAction, QResizeEvent

    from microgpt_gui.gui.run.compiling import Compiling
    from microgpt_gui.gui.theme.appearance import Appearance

#: Room for words and box side by side, at 100 %.
_NUMBER_PX, _CHOICE_PX = (84, 100), (52, 120)


class Form(QScrollArea):
    """Every setting of a run.

    Attributes:
        preset: The presets.
        dataset: The datasets.
        engine: The engines.
        own_text: How a text of the person's is read; hidden for others.
        compiled: What is to be said of the engine that is compiled.
        download: The offer to fetch the dataset that is chosen, hidden as a rule.

    Signals, the first three with the setting's name (str):
        number_changed: A number is another one, perhaps still being typed.
        number_committed: The person is done with a number.
        number_abandoned: The number in force is wanted back.
        confirmed: Enter, with nothing left to commit.
    """

    number_changed = Signal(str)
    number_committed = Signal(str)
    number_abandoned = Signal(str)
    confirmed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        open_file: QAction,
        compiling: Compiling,
        values: Callable[[], dict[str, object]],
    ) -> None:
        """Build the form.

        Args:
            appearance: The look.
            open_file: What the button beside the datasets does.
            compiling: Gets the machine code that one of the engines needs.
            values: Gives every setting as the person has it, for arrows that depend on
                other settings.
        """
        super().__init__()
        self._appearance = appearance
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Settings of the run")
        self.preset = ChoiceRow(
            appearance,
            "Preset",
            "Sizes and rates worth trying; dataset, engine and seed stay as they are",
            [(p.key, p.title, p.description) for p in PRESETS.values()],
            beside=_CHOICE_PX,
            otherwise="Your own",
        )
        self.dataset = DatasetRow(appearance)
        self.download = DownloadBox(appearance)
        self.own_text = OwnText(appearance)
        self.engine = ChoiceRow(
            appearance,
            "Engine",
            "The code that does the computing; what is learnt is the same",
            [(e.key, e.title, f"{e.description}.") for e in engine_choices()],
            beside=_CHOICE_PX,
        )
        self.compiled = CompiledBox(appearance, compiling)
        self._open = QPushButton(" Open file…")  # a space for room after the icon
        self._open.setToolTip(open_file.toolTip())
        self._open.setAccessibleName("Open a text file")
        self._open.setProperty("kind", "quiet")
        self._open.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._open.clicked.connect(open_file.trigger)
        self._rows = {field.name: self._row(field, values) for field in FIELDS.values()}
        self._documents = DocumentsFold(
            appearance, [self._rows[field.name] for field in DOCUMENT_FIELDS]
        )
        self._parameters = text_label("muted")
        self._slowness = text_label("muted")
        self._rule = text_label("caption")
        self._rule.setText(WHAT_NEEDS_A_MODEL)
        self._column = QVBoxLayout()
        self._data_head = FlowLayout()
        for choice in (self.preset, self.dataset, self.engine):
            choice.combo.confirmed.connect(self.confirmed)
        self._lay_out()
        self.restyle()

    def _row(
        self, field: NumberField, values: Callable[[], dict[str, object]]
    ) -> FieldRow:
        box = NumberBox(field, values)
        box.setAccessibleName(f"{field.label}, {field.name}")
        box.changed.connect(self.number_changed)
        box.committed.connect(self.number_committed)
        box.abandoned.connect(self.number_abandoned)
        box.confirmed.connect(self.confirmed)
        tooltip = f"{field.meaning}\n{field.name}: {field.allowed}"
        return FieldRow(
            self._appearance, field.label, box, tooltip=tooltip, beside=_NUMBER_PX
        )

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(self._column)
        column = self._column
        column.addWidget(self.preset)
        column.addWidget(self._divider())
        column.addLayout(self._data_head)
        self._data_head.addWidget(self._heading("Dataset"))
        self._data_head.addWidget(self._open)
        column.addWidget(self.dataset)
        column.addWidget(self.download)
        column.addWidget(self.own_text)
        column.addWidget(self._documents)
        column.addWidget(self.engine)
        column.addWidget(self.compiled)
        column.addWidget(self._divider())
        column.addWidget(self._heading("Model"))
        for field in MODEL_FIELDS:
            column.addWidget(self._rows[field.name])
        column.addWidget(self._parameters)
        column.addWidget(self._slowness)
        column.addWidget(self._divider())
        column.addWidget(self._heading("Training"))
        for field in TRAINING_FIELDS:
            column.addWidget(self._rows[field.name])
        column.addWidget(self._rule)
        column.addStretch(1)
        self.setWidget(content)
        # The card shows through.
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    @staticmethod
    def _heading(title: str) -> QLabel:
        heading = PlainLabel(title)
        heading.setStyleSheet("font-weight: 600;")
        heading.setToolTip(wrapped(WHAT_NEEDS_A_MODEL))
        expanding, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        heading.setSizePolicy(expanding, fixed)
        return heading

    @staticmethod
    def _divider() -> QFrame:
        divider = QFrame()
        divider.setObjectName("divider")
        divider.setFixedHeight(1)
        return divider

    def number(self, name: str) -> Value:
        """Return what stands in a number's box."""
        return self._box(name).value

    def show_field(self, name: str) -> None:
        """Scroll to a number's box."""
        if any(field.name == name for field in DOCUMENT_FIELDS):
            self._documents.unfold()
        margin = self._appearance.px(sizes.SMALL)
        self.ensureWidgetVisible(self._rows[name], 0, margin)

    def commit(self) -> None:
        """Hand over numbers that are being typed."""
        for name in self._rows:
            self._box(name).commit()

    def abandon(self) -> None:
        """Forget numbers that are being typed."""
        for name in self._rows:
            if (box := self._box(name)).is_edited:
                box.abandon()

    def show_values(
        self,
        values: Mapping[str, object],
        changes: Mapping[str, tuple[object, object]],
        problems: Mapping[str, str],
        notes: Mapping[str, str],
    ) -> None:
        """Show every setting, what has changed, and what is wrong.

        Args:
            values: By name.
            changes: Of these, those that are not in force.
            problems: What is wrong, by name.
            notes: What is said under a number's words, by name; else that name.
        """
        self.dataset.show_key(str(values["dataset"]))
        self.own_text.setVisible(is_own_text(str(values["dataset"])))
        self.own_text.show_values(values, changes, problems)
        self.engine.show_key(str(values["engine"]))
        self.compiled.show_choice(
            str(values["engine"]), is_in_force="engine" not in changes
        )
        for name, choice in (("dataset", self.dataset), ("engine", self.engine)):
            choice.show_change(name, changes.get(name))
        for name, row in self._rows.items():
            box = self._box(name)
            box.show_value(values[name])
            note = notes.get(name, name)
            if change := changes.get(name):
                note += f"  {change_in_words(name, change)}"
            if change and name in LIVE_SETTINGS and box.is_edited:
                note += ", Enter applies"
            row.show_note(note)
            row.show_message(problems.get(name, ""))
            is_wrong, is_changed = name in problems, name in changes
            row.show_state("wrong" if is_wrong else "changed" if is_changed else "")

    def show_documents(
        self, told: str, changes: Collection[str], problems: Collection[str]
    ) -> None:
        """Say which documents are learnt from.

        Args:
            told: That.
            changes: Names of the settings that are not in force.
            problems: Names of those that are wrong.
        """
        names = {field.name for field in DOCUMENT_FIELDS}
        is_needed = not names.isdisjoint((*changes, *problems))
        self._documents.show_state(told, is_needed=is_needed)

    def show_parameters(self, text: str, slowness: str) -> None:
        """Show the size of the model, and a warning where that makes it slow."""
        self._parameters.setText(text)
        self._slowness.setText(slowness)
        self._slowness.setVisible(bool(slowness))

    def set_brief(self, is_brief: bool, *, says_rule: bool) -> None:
        """Leave out what tooltips say as well, for want of room.

        Args:
            is_brief: Whether to say no more of dataset and engine than their names.
            says_rule: Whether to say what needs a new model and what does not.
        """
        self.engine.set_brief(is_brief)
        self.dataset.set_brief(is_brief)
        self._rule.setVisible(says_rule)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the box with the keyboard in sight when the room for all shrinks."""
        super().resizeEvent(event)
        for row in self._rows.values():
            if row.box.hasFocus():
                self.ensureWidgetVisible(row, 0, self._appearance.px(sizes.SMALL))

    def restyle(self) -> None:
        """Take up theme and zoom."""
        px, appearance = self._appearance.px, self._appearance
        margin, low = px(sizes.MEDIUM), px(sizes.SMALL)
        self._column.setContentsMargins(margin, low, margin, low)
        self._column.setSpacing(px(sizes.TIGHT))
        self._open.setIconSize(QSize(px(16), px(16)))
        self._open.setIcon(appearance.icon("folder", appearance.theme.muted))
        for row in (self.preset, self.dataset, self.engine, *self._rows.values()):
            row.restyle()
        self.download.restyle()
        self.compiled.restyle()
        self.own_text.restyle()
        self._documents.restyle()

    def _box(self, name: str) -> NumberBox:
        box = self._rows[name].box
        assert isinstance(box, NumberBox)
        return box
