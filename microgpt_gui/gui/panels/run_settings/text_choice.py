"""Which text shall be learnt: read to its end before it can take a run's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from microgpt_gui.gui.jobs.inspection import DatasetInspection
from microgpt_gui.gui.panels.run_settings.outlook import Outlook
from microgpt_gui.gui.panels.run_settings.words import opened_in_words
from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.isolation import isolated
from microgpt_gui.session.datasets import dataset_title, download_offer

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.run_settings.draft import Draft
    from microgpt_gui.gui.panels.run_settings.form import Form
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.datasets import DatasetReport


class TextChoice(QObject):
    """The text of the settings that wait; on the GUI thread.

    A text is read in the background: a bad file costs nobody their model.

    Attributes:
        problem: Why it is not the text that was wanted last; empty where it is.
        outlook: What is known of the texts that were read.

    Signals:
        changed: Something above changed, or how far the text is read.
        told: What came of opening a text, where that went well (str).
        troubled: The same where it did not (str).
    """

    changed = Signal()
    told = Signal(str)
    troubled = Signal(str)

    def __init__(
        self, run: RunController, draft: Draft, form: Form, parent: QObject
    ) -> None:
        """Choose nothing yet.

        Args:
            run: What learns.
            draft: Where the choice waits.
            form: Where it is shown; its list forgets what cannot be learnt.
            parent: As for any QObject.
        """
        super().__init__(parent)
        self.problem = ""
        self.outlook = Outlook(draft)
        self._run = run
        self._draft = draft
        self._form = form
        self._wanted_at_once = ""  # the dataset to start with as soon as it is read
        self._reader = DatasetInspection(self)
        self._reader.progressed.connect(self.changed)
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self._on_reader_failed)

    @property
    def is_being_read(self) -> bool:
        """Whether it is not known yet what the text holds."""
        return self._reader.is_active

    def choose(self, name: str, *, at_once: bool, is_failed: bool) -> None:
        """Choose a text, and read it.

        Args:
            name: A dataset's key, or a path.
            at_once: Whether to start with it if the run is untrained.
            is_failed: Whether the run in force could not be prepared: then its own
                text is tried again.
        """
        self.give_up()
        self._draft.set_dataset(name)
        is_again = is_failed and name == self._run.config.dataset
        if name != self._run.config.dataset or is_again:
            self._wanted_at_once = name if at_once or is_again else ""
            self.read()
        self.changed.emit()

    def say_chosen_already(self) -> None:
        """Tell that the run learns from this text as it is."""
        title = isolated(dataset_title(self._run.config.dataset))
        self.problem = (
            f"This run learns from {title} already. Reset reads the file anew."
        )
        self.troubled.emit(self.problem)
        self.changed.emit()

    @Slot(str, object)
    def set_reading(self, setting: str, value: object) -> None:
        """Read the text that is chosen in another way."""
        self.give_up()
        self._draft.set(setting, value)
        text, config = self._draft.text, self._run.config
        if (text.dataset, text.reading) != (config.dataset, config.reading):
            self.read()
        self.changed.emit()

    def read(self) -> None:
        """Begin to read the text that is chosen."""
        self._reader.inspect(self._draft.text)

    def give_up(self) -> None:
        """Read no further, and offer no download."""
        self._reader.cancel()
        self._form.download.show_offer(None)
        self._wanted_at_once = ""
        self.problem = ""

    def shut_down(self) -> None:
        """Read no further; takes a moment at most."""
        self._reader.shut_down()

    def reason_to_wait(self) -> str:
        """Return why the text cannot be learnt now; empty where it can."""
        title = isolated(dataset_title(self._draft.text.dataset))
        if self._reader.is_active:
            share = f" {self._reader.share:.0%}" if self._reader.share else ""
            return f"Reading {title} …{share}"
        if self._form.download.offer is not None:
            return f"{title} must be downloaded first."
        return ""

    @Slot(object)
    def _on_reader_succeeded(self, report: DatasetReport) -> None:
        self.outlook.note(report)
        if report.needs_download:
            self._form.download.show_offer(download_offer(report.name))
        elif report.problem:
            self._refuse(report.problem)
        elif report.name == self._wanted_at_once:
            self.told.emit(opened_in_words(report, is_begun=self._is_begun(report)))
        self.changed.emit()

    @Slot(str)
    def _on_reader_failed(self, message: str) -> None:
        self._refuse(message)
        self.changed.emit()

    def _refuse(self, problem: str) -> None:
        refused, in_force = self._draft.text.dataset, self._run.config.dataset
        for setting in ("dataset", "documents", "leave_out_mark"):
            self._draft.drop(setting)
        self.problem = problem
        if refused != in_force:
            self._form.dataset.forget(refused)
            self.problem += f". The run on {isolated(dataset_title(in_force))} stays."
        if self._wanted_at_once:  # it was opened, not chosen here
            self.troubled.emit(self.problem)

    def _is_begun(self, report: DatasetReport) -> bool:
        """Start with this dataset unless that would cost a person their model."""
        self._wanted_at_once = ""
        if self._run.step or self._run.state is RunState.TRAINING:
            return False
        name, config = report.name, self._run.config  # whose text failed, or another
        self._run.start(config if name == config.dataset else config.on(name))
        return True
