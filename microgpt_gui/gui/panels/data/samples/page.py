"""The page of samples: how many to draw, what they are, and which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from microgpt_gui.gui.panels.data.samples import words
from microgpt_gui.gui.panels.data.samples.rows import KindRows, SampleRows
from microgpt_gui.gui.panels.data.scratch_page import ScratchPage
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.content_or_words import ContentOrWords
from microgpt_gui.gui.widgets.dressing import say, set_look
from microgpt_gui.gui.widgets.elided_label import ElidedLabel
from microgpt_gui.gui.widgets.number_field import IntegerField
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.session.reading.questions import TallyQuestion
from microgpt_gui.session.reading.sample_tally import COUNT_RANGE

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.sample_tally import Kind, Tally

#: Samples that are drawn until somebody wants others: enough to tell shares apart.
USUAL_COUNT = 200


class SamplesPage(ScratchPage):
    """Counts samples of the moment shown, again and again while the run trains.

    Attributes:
        count: How many are drawn.
        kinds: What they are.
        rows: The samples of the kind chosen, or all.
    """

    title = "Samples"
    tip = "Many samples, counted: how many are new, in the data, valid."
    words = words.WORDS

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__(workshop, appearance)
        self.kinds, self.rows = KindRows(appearance), SampleRows(appearance)
        self.count = IntegerField(*COUNT_RANGE)
        self.count.setValue(USUAL_COUNT)
        self.count.setSuffix(" samples")
        self.count.setAccessibleName("Samples to count")
        self.count.setToolTip(
            wrapped(f"How many samples are drawn, {COUNT_RANGE[0]} to {COUNT_RANGE[1]}")
        )
        self._chance = ElidedLabel()
        set_look(self._chance, "role", "caption")
        policy = QSizePolicy.Policy
        self._chance.setSizePolicy(policy.Expanding, policy.Fixed)
        self.controls.addWidget(self.count)
        self.controls.addWidget(self._chance)
        lists = QWidget()
        self._halves = QHBoxLayout(lists)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addWidget(self.kinds, 5)
        self._halves.addWidget(self.rows, 6)
        self._lists = ContentOrWords(lists)
        figure = QWidget()
        self._lines = QVBoxLayout(figure)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.addWidget(self.bar)
        self._lines.addWidget(self._lists, 1)
        self._kind: Kind | None = None
        self._shown: Tally | None = None
        self.put(figure)
        question = self._question()
        self.wish = workshop.wish_of_shown(self, question, reads_scratch=True)
        self.wish.answered.connect(self._on_wish_answered)
        self.wish.ended.connect(self._on_wish_ended)
        self.count.valueChanged.connect(self._ask)
        workshop.chance.changed.connect(self._ask)
        workshop.run.started.connect(self._on_run_started)
        self.kinds.row_chosen.connect(self._on_kind_chosen)
        self.rows.row_chosen.connect(self._on_row_chosen)
        for view in (self.kinds, self.rows):
            view.pointed_changed.connect(self._read)
        self._ask()

    def _question(self) -> TallyQuestion:
        chance = self.workshop.chance
        return TallyQuestion(chance.temperature, chance.seed, self.count.value())

    @property
    def empty_text(self) -> str:
        """What stands in place of the lists; empty where they are there."""
        return self.stack.words or self._lists.words

    def summary(self) -> str:
        """See `Page`."""
        return words.summary(self._shown) if self._shown is not None else ""

    def _show(self) -> None:
        """Show the newest counts; those of a moment before stay until all are there."""
        answer: Tally | None = self.wish.answer
        if answer is None or self.run.info is None:
            self._shown = None
        elif answer.is_complete or self.wish.is_awaited or self._shown is None:
            self._shown = answer
        shown = self._shown
        if shown is not self.kinds.tally:
            self._tell_alteration(shown)
            if shown is None or self._kind not in shown.kinds():
                self._kind = None
            self.kinds.show_tally(shown)
            self._show_samples()
        if shown is None:
            self._lists.show_words(words.DRAWING)
        elif shown.problem and not shown.samples:
            self._lists.show_words(shown.problem)
        else:
            self._lists.show_content()
        self._read()
        self.changed.emit()

    def _show_samples(self) -> None:
        shown, kind = self._shown, self._kind
        self.rows.show_samples(shown, kind)
        row = None
        if shown is not None and kind is not None:
            row = shown.kinds().index(kind)
        self.kinds.mark(row)

    @Slot()
    def _ask(self) -> None:
        chance = self.workshop.chance
        say(self._chance, words.chance(chance.temperature, chance.seed))
        self.wish.ask(self._question())

    @Slot()
    def _on_wish_answered(self) -> None:
        self._show()

    @Slot()
    def _on_wish_ended(self) -> None:
        self.pace(self.wish)

    @Slot()
    def _on_run_started(self) -> None:
        self._kind = None

    @Slot(int)
    def _on_kind_chosen(self, row: int) -> None:
        kind = self.kinds.kind(row)
        self._kind = None if kind is self._kind else kind
        self._show_samples()

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        self.workshop.subject.watch(self.rows.sample(row).text)

    @Slot()
    def _read(self) -> None:
        text = ""
        for view in (self.kinds, self.rows):
            at = view.pointed
            is_there = at is not None and at < view.part_count()
            told = view.part_name(at) if at is not None and is_there else ""
            text = text or told
            view.setAccessibleDescription(told or words.POINT)
        hint = words.POINT if self._shown is not None else ""
        self.read(text or hint, is_pointed=bool(text))

    def restyle(self) -> None:
        """See `Page`."""
        super().restyle()
        px = self.appearance.px
        self.count.fit(px)
        self.bar.restyle()
        self._lines.setSpacing(px(sizes.TIGHT))
        self._halves.setSpacing(px(sizes.LARGE))
        for view in (self.kinds, self.rows):
            view.rearrange()
