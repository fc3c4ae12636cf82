"""The samples of the current run and, beside or below them, those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.two_runs import TwoRuns
from microgpt_gui.gui.panels.sampling import wording
from microgpt_gui.gui.panels.sampling.table_view import SampleTable
from microgpt_gui.gui.theme import coverage
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.plain_label import PlainLabel
from microgpt_gui.session.reading.questions import SamplesQuestion

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.sample_batch import SampleBatch


class SideBySide(TwoRuns):
    """One table of samples, or two of the same request at the same step.

    Attributes:
        table: The current run's.
        other: The other run's; hidden while there is none.
    """

    least_width = 480
    spacing = sizes.SMALL

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        self._batch: SampleBatch | None = None
        self.table = SampleTable(appearance)
        self.other = SampleTable(appearance)
        self.other.setAccessibleName("Samples of the other run")
        super().__init__(workshop, appearance, self.table, self.other)
        self._font_notes = PlainLabel(), PlainLabel()
        for column, table, note in zip(
            self._columns, (self.table, self.other), self._font_notes, strict=True
        ):
            column.insertWidget(1, note)
            note.setWordWrap(True)
            note.setProperty("role", "warning")
            note.hide()
            table.drawn.connect(self._tell_of_fonts)
        self._on_shelf_compared_changed()

    def show_batch(self, batch: SampleBatch | None) -> None:
        """Show ``batch``, and want the same of the other run."""
        self._batch = batch
        self.table.show_batch(batch)
        self._want()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self.table.restyle()
        self.other.restyle()

    def _want(self) -> None:
        batch = self._batch
        if batch is None or not self.isVisible():
            return
        question = SamplesQuestion(batch.request)
        is_asked_for = not self._run.is_training
        self._want_at(batch.step, question, is_asked_for=is_asked_for)

    def _empty_other(self) -> None:
        self.other.show_batch(None)

    def _take(self, answer: SampleBatch) -> None:
        if answer.is_complete or answer.problem:
            self.other.show_batch(answer)

    @Slot()
    def _tell_of_fonts(self) -> None:
        """Say over each table which of its letters cannot be shown."""
        for note, table in zip(self._font_notes, (self.table, self.other), strict=True):
            text = coverage.sentence(table.without_font)
            if note.text() != text:
                note.setText(text)
                note.setVisible(bool(text))

    def _told(self, name: str, *, is_other: bool) -> str:
        """Say whose samples these are."""
        batch = self.other.samples.batch
        if not is_other:
            return f"This run: {name}"
        if batch is None:
            return f"{name} …"
        if batch.problem:
            return f"{name}: {batch.problem}"
        return f"{wording.moment(batch.step).capitalize()}: {name}"
