"""The Run panel: every setting of a run, and what changing it means."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from microgpt_gui.gui.panel.panel import Panel
from microgpt_gui.gui.panels.run_settings.apply_bar import ApplyBar
from microgpt_gui.gui.panels.run_settings.draft import Draft
from microgpt_gui.gui.panels.run_settings.form import Form
from microgpt_gui.gui.panels.run_settings.text_choice import TextChoice
from microgpt_gui.gui.panels.run_settings.words import (
    changes_in_words,
    rate_in_words,
    term,
)
from microgpt_gui.gui.widgets.dialogs import open_over
from microgpt_gui.gui.widgets.file_drops import as_on_disk
from microgpt_gui.session.config import LIVE_SETTINGS, ConfigError, RunConfig
from microgpt_gui.session.datasets import (
    dataset_report,
    download_offer,
    is_text_file,
)
from microgpt_gui.session.presets import PRESETS, matching_preset

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop

#: Lower than this, at 100 %, the bar has no room to repeat what the boxes say, and the
#: form none for more than its boxes.
_LOW_BAR_PX, _LOW_FORM_PX = 440, 640


class RunPanel(Panel):
    """Shows the settings in force with the person's changes on top of them.

    Learning rate and steps apply at once; everything else waits, marked as changed,
    until the person asks for a new model.
    """

    title: ClassVar[str] = "Run"
    hint: ClassVar[str] = "What is learnt, by how large a model, and how"

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        run = workshop.run
        self._draft = Draft(run.config)
        self._failure = ""  # why the run in force could not be prepared
        self._told_rate = ""  # see `_rate`
        self._last_good: RunConfig | None = None  # of the newest run that was prepared
        # Enter commits a number, then applies: it is no shortcut here.
        self.setProperty("takesEnter", True)
        self._open = QAction("Open a text file…", self)
        self._open.setToolTip("Learn from a text of your own, one document a line")
        self._open.triggered.connect(self._on_open_triggered)
        self._form = Form(appearance, self._open, run.compiling, self._draft.values)
        self._text = TextChoice(run, self._draft, self._form, self)
        self._bar = ApplyBar(appearance)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._form, 1)
        column.addWidget(self._bar)
        self._connect()
        self._on_run_prepared()

    def _connect(self) -> None:
        form, run = self._form, self.run
        form.preset.chosen.connect(self._on_preset_chosen)
        form.dataset.chosen.connect(self._on_dataset_chosen)
        form.own_text.set_requested.connect(self._text.set_reading)
        self._text.changed.connect(self._refresh)
        self._text.told.connect(self.told)
        self._text.troubled.connect(self.troubled)
        form.engine.chosen.connect(self._on_engine_chosen)
        form.compiled.told.connect(self.told)
        form.download.fetched.connect(self._on_download_fetched)
        form.number_changed.connect(self._on_form_number_changed)
        form.number_committed.connect(self._on_form_number_committed)
        form.number_abandoned.connect(self._on_form_number_abandoned)
        form.confirmed.connect(self.apply)
        self._bar.apply_requested.connect(self.apply)
        self._bar.undo_requested.connect(self.undo)
        run.pending.settle_requested.connect(form.commit)
        run.pending.apply_requested.connect(self.apply)
        run.config_changed.connect(self._on_run_config_changed)
        run.replaced.connect(self._on_run_replaced)
        run.prepared.connect(self._on_run_prepared)
        run.failed.connect(self._on_run_failed)

    # What the window can ask for

    def take_file(self, path: str) -> bool:
        """Learn from a file dropped onto the window. See `Panel`."""
        self.open_text_file(path)
        return True

    def take_setting(self, name: str, value: object) -> bool:
        """Let a proposed setting wait for a new model. See `Panel`."""
        self._form.abandon()
        self._draft.set(name, value)
        self._refresh()
        self._form.show_field(name)
        return True

    def focus_first(self) -> None:
        """Give the keyboard to the first setting."""
        self._form.preset.combo.setFocus()

    def open_text_file(self, path: str) -> None:
        """Learn from a text file: at once if the run is untrained, else on request."""
        name = as_on_disk(os.path.abspath(path)) if is_text_file(path) else path
        self._choose_dataset(name, at_once=True)
        if name == self.run.config.dataset and not self._failure:
            self._text.say_chosen_already()

    def shut_down(self) -> None:
        """Give up reading and downloading; takes a moment at most."""
        self._text.shut_down()
        self._form.download.shut_down()

    @Slot()
    def apply(self) -> None:
        """Start a run with the changed settings, if they are right."""
        self._form.commit()
        if self._draft.needs_new_model and not self._reason_to_wait():
            self.run.start(self._draft.config())

    @Slot()
    def undo(self) -> None:
        """Take all changes back; after a run that failed, go back to the one before."""
        self._form.abandon()
        self._draft.clear()
        self._text.give_up()
        if self._failure and self._last_good is not None:
            self.run.start(self._last_good)
        self._refresh()

    # Changes by the person

    @Slot(object)
    def _on_preset_chosen(self, key: str) -> None:
        settings = PRESETS[key].settings()
        self._form.abandon()
        for name, value in settings.items():
            self._draft.set(name, value)
        if not self._draft.needs_new_model:
            self._change_live({k: v for k, v in settings.items() if k in LIVE_SETTINGS})
        self._refresh()

    @Slot(object)
    def _on_engine_chosen(self, key: str) -> None:
        self._draft.set("engine", key)
        self._refresh()

    @Slot(object)
    def _on_dataset_chosen(self, name: str) -> None:
        self._choose_dataset(name, at_once=False)

    @Slot(str)
    def _on_form_number_changed(self, name: str) -> None:
        self._draft.set(name, self._form.number(name))
        self._refresh()

    @Slot(str)
    def _on_form_number_committed(self, name: str) -> None:
        value = self._form.number(name)
        if name in LIVE_SETTINGS and not isinstance(value, str):
            self._change_live({name: value})
        self._refresh()

    @Slot(str)
    def _on_form_number_abandoned(self, name: str) -> None:
        self._draft.drop(name)
        self._refresh()

    def _change_live(self, settings: dict[str, int | float]) -> None:
        """Change what needs no new model; a wrong value stays, with its why."""
        try:
            self.run.change(**settings)
        except ConfigError:
            self._refresh()

    # Datasets

    def _choose_dataset(self, name: str, *, at_once: bool) -> None:
        self._text.choose(name, at_once=at_once, is_failed=bool(self._failure))

    @Slot(str)
    def _on_download_fetched(self, key: str) -> None:
        self._form.dataset.refill()
        self._choose_dataset(key, at_once=True)

    @Slot()
    def _on_open_triggered(self) -> None:
        dialog = QFileDialog(self, "Open a text file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Texts, whatever their ending (*)"])
        dialog.fileSelected.connect(self.open_text_file)
        open_over(self, dialog)

    # What the run says

    @Slot()
    def _on_run_config_changed(self) -> None:
        self._draft.follow(self.run.config)
        self._refresh()

    @Slot()
    def _on_run_replaced(self) -> None:
        """Forget what waits: it was meant for another run."""
        self._form.abandon()
        self._draft.clear()
        self._text.give_up()
        self._refresh()

    @Slot()
    def _on_run_prepared(self) -> None:
        if (info := self.run.info) is not None:
            self._last_good = info.config
            self._failure = self._text.problem = ""
            dataset = info.segments[-1].dataset
            self._text.outlook.note(dataset_report(info.config.dataset, dataset))
        self._refresh()

    @Slot(str)
    def _on_run_failed(self, message: str) -> None:
        if self.run.info is not None:
            return  # it died in mid-course: no setting's fault
        self._failure = message
        name = self.run.config.dataset
        if download_offer(name) is not None and "dataset" not in self._draft.changes():
            self._text.read()
        self._refresh()

    # What is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the settings their room where the panel is low."""
        super().resizeEvent(event)
        self._share_room()

    def redraw(self) -> None:
        """Follow the rate of now; all else follows each change at once."""
        if self._rate() != self._told_rate:
            self._refresh()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self._form.restyle()
        self._bar.restyle()
        self._share_room()

    def _share_room(self) -> None:
        px = self.appearance.px
        self._bar.set_brief(self.height() < px(_LOW_BAR_PX))
        is_low = self.height() < px(_LOW_FORM_PX)
        is_free = not is_low and self._bar.isHidden()
        self._form.set_brief(is_low, says_rule=is_free)

    @Slot()
    def _refresh(self) -> None:
        draft = self._draft
        changes, problems = draft.changes(), self._problems()
        values = draft.values()
        preset = matching_preset(values)
        self._form.preset.show_key(preset.key if preset else "")
        block_size = values["block_size"]
        self._form.own_text.show_facts(
            self._text.outlook.facts(), block_size if isinstance(block_size, int) else 0
        )
        self._told_rate = self._rate()
        notes = self._text.outlook.document_notes()
        notes["learning_rate"] = self._told_rate
        self._form.show_values(values, changes, problems, notes)
        self._form.show_documents(
            self._text.outlook.documents_told(), changes, problems
        )
        self._form.dataset.show_message(self._text.problem or self._dataset_failure())
        self._form.show_parameters(
            self._text.outlook.parameters(self.run.info), self._text.outlook.slowness()
        )
        text, whole = changes_in_words(changes)
        reason = self._reason_to_wait()
        self.run.pending.say(text if draft.needs_new_model else "", reason)
        self._bar.show_changes(
            is_wanted=bool(draft.needs_new_model or problems or self._failure),
            text=text,
            whole=whole,
            failure="" if self._dataset_failure() else self._failure,
            reason=reason,
            has_changes=draft.needs_new_model,
            is_reading=self._text.is_being_read,
            can_undo=bool(changes) or bool(self._failure and self._last_good),
        )
        self._share_room()

    def _rate(self) -> str:
        """Return what the number in the learning rate's box is the rate of."""
        run = self.run
        config = run.config
        if not run.is_training:
            with suppress(ConfigError):  # then its box says what is wrong
                config = self._draft.config()
        return rate_in_words(
            config,
            run.step,
            is_at_rest=not (run.is_training or run.divergence),
            is_typed=config.learning_rate != run.config.learning_rate,
        )

    def _problems(self) -> dict[str, str]:
        """Return what is wrong with settings, by name."""
        return self._draft.problems() or self._text.outlook.problems()

    def _dataset_failure(self) -> str:
        """Return why the run in force failed, if its dataset is to blame."""
        report = self._text.outlook.report(self.run.config)
        was_readable = report is not None and not report.problem
        return "" if was_readable else self._failure

    def _reason_to_wait(self) -> str:
        """Return why the changes cannot be applied now; empty where they can."""
        if not self._draft.needs_new_model:
            return ""
        if problems := self._problems():
            said = f"{term(next(iter(problems)))} needs another value first."
            return said[:1].upper() + said[1:]
        return self._text.reason_to_wait()
