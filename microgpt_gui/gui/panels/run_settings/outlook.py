"""What changed settings would make: of which text, how large, how slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.run_settings.words import (
    documents_in_words,
    learnt_in_words,
    parameters_in_words,
)
from microgpt_gui.session.config import ConfigError, RunConfig
from microgpt_gui.session.cost import (
    length_in_words,
    slowness_in_words,
    step_seconds,
)
from microgpt_gui.session.split import split

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.run_settings.draft import Draft
    from microgpt_gui.session.datasets import DatasetReport
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.text_facts import TextFacts


class Outlook:
    """What is known of the texts that were read, and what follows from it."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._reports: dict[tuple[str, object], DatasetReport] = {}

    def note(self, report: DatasetReport) -> None:
        """Keep what was read of a text."""
        self._reports[report.name, report.reading] = report

    def report(self, config: RunConfig) -> DatasetReport | None:
        """Return what was read of the text of these settings, as they read it."""
        return self._reports.get((config.dataset, config.reading))

    def facts(self) -> TextFacts | None:
        """Return what was read of the text that is chosen."""
        report = self.report(self._draft.text)
        return report.facts if report else None

    def parameters(self, info: RunInfo | None) -> str:
        """Return the size of the model that the settings make, in words.

        Args:
            info: Of the run in force.
        """
        try:
            config = self._draft.config()
        except ConfigError:
            return parameters_in_words(None, info)
        report = self.report(config)
        if report is None or not report.vocab_size:
            return "Parameters: counted as soon as the dataset is read"
        return parameters_in_words(config.model(report.vocab_size).num_params, info)

    def problems(self) -> dict[str, str]:
        """Return what is wrong with right settings for the text that is chosen."""
        if not (count := self._num_docs()):
            return {}
        try:
            split(self._draft.config(), count)
        except ConfigError as error:
            return {error.field: str(error)}
        return {}

    def documents_told(self) -> str:
        """Return which documents are learnt from, in few words."""
        count = self._num_docs()
        if not count or self.problems():
            return "Which documents are learnt from"
        parts = split(self._draft.config(), count)
        return learnt_in_words(parts, count)

    def document_notes(self) -> dict[str, str]:
        """Return what the settings of documents come to, by setting, if anything."""
        count = self._num_docs()
        if not count or self.problems():
            return {}
        config = self._draft.config()
        return documents_in_words(config, split(config, count), count)

    def _num_docs(self) -> int:
        """Return how many documents the chosen text has; 0 where settings are wrong."""
        report = self.report(self._draft.text)
        return report.num_docs if report and not self._draft.problems() else 0

    def slowness(self) -> str:
        """Return a warning of steps, or a run, that will take long; empty as a rule."""
        try:
            config = self._draft.config()
        except ConfigError:
            return ""
        report = self.report(config)
        if report is None or not report.vocab_size:
            return ""
        step_s = step_seconds(config, report.vocab_size, report.mean_length)
        return slowness_in_words(step_s) or length_in_words(
            config, report.vocab_size, report.mean_length
        )
