"""The page of statistics: three parts, and what their colours stand for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox

from microgpt_gui.gui.panels.data.page import Page
from microgpt_gui.gui.panels.data.statistics import words
from microgpt_gui.gui.panels.data.statistics.shown import Statistics
from microgpt_gui.gui.panels.data.statistics.view import StatisticsView
from microgpt_gui.gui.theme import coverage
from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.widgets.colour_bar import ColourBar
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.way_back import WayBack
from microgpt_gui.session.corpus.count_maps import ticks
from microgpt_gui.session.corpus.lengths import lengths_of
from microgpt_gui.session.corpus.letter_counts import letter_counts

if TYPE_CHECKING:
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.corpus.letter_counts import LetterCounts
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.shuffled import Shuffled


class StatisticsPage(Page):
    """Shows the text that the moment shown has learnt from, counted.

    Attributes:
        view: The three parts.
        is_chance: Pairs as chances of what follows, not as counts.
        is_log: Colours on a logarithmic scale.
    """

    title = "Statistics"
    tip = "Lengths, letters by position, and which letter follows which."
    words = words.WORDS

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__(workshop, appearance)
        self.view = StatisticsView(appearance)
        self._job = Background("letter counts", self)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(workshop.run.noticed)
        self._docs: Shuffled | None = None  # that are counted, or being counted
        self._counts: LetterCounts | None = None
        self._drawn: tuple[object, ...] = ()
        self.is_chance = self._check(
            "Shares",
            "A cell of the pairs is the chance of the next letter after the one of its "
            "row, and one by position its share there; otherwise both are counts, and "
            "colours reach to the largest of each map.",
        )
        self.is_log = self._check(
            "Logarithmic colours",
            "Each power of 10 takes a third of the colours, so that what is rare is "
            "seen, too.",
        )
        self._bar = ColourBar("share", appearance, widest="0.1 %")
        self._back = WayBack(self.view, words.WORDS.parts, appearance)
        for widget in (self.is_chance, self.is_log, self._bar, self._back):
            self.controls.addWidget(widget)
        self.put(self.view)
        self.view.pointed_changed.connect(self._read)
        self.view.enlarged_changed.connect(self._read)
        self.view.keyboard_moved.connect(self._read)
        self._on_toggled()

    def _check(self, text: str, explanation: str) -> QCheckBox:
        check = QCheckBox(text)
        check.setChecked(True)
        check.setAccessibleName(text)
        check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        check.setToolTip(wrapped(explanation))
        check.toggled.connect(self._on_toggled)
        return check

    @property
    def segment(self) -> Segment | None:
        """What the newest step at the moment shown has learnt with."""
        info = self.run.info
        if info is None:
            return None
        return info.segment_learnt(self.workshop.timeline.at)

    def summary(self) -> str:
        """See `Page`."""
        return words.summary(self.view.shown) if self.view.shown else ""

    @Slot()
    def refresh(self) -> None:
        """See `Page`."""
        missing, segment = self.missing(), self.segment
        if missing or segment is None:
            self._job.cancel()
            self._docs = self._counts = None
            self._show(())
            self.stack.show_words(missing)
            self.read("", is_pointed=False)
            return
        self.stack.show_content()
        documents = segment.docs.documents
        if segment.docs is not self._docs:
            self._docs, self._counts = segment.docs, None
            self._job.start(partial(letter_counts, documents))
        title, block_size = segment.dataset.title, segment.config.block_size
        self._show((segment.docs, title, block_size, self._counts))

    def _show(self, sight: tuple[object, ...]) -> None:
        """Draw what is to be seen, if it is not drawn."""
        if len(sight) == len(self._drawn) and all(
            one is other or one == other
            for one, other in zip(sight, self._drawn, strict=True)
        ):
            return
        self._drawn, segment = sight, self.segment
        if not sight or segment is None:
            self.view.show_statistics(None)
        else:
            counts = segment.docs.documents.lengths
            lengths = lengths_of(counts, segment.config.block_size)
            title = segment.dataset.title
            self.view.show_statistics(Statistics(title, lengths, self._counts))
        self._read()
        self.changed.emit()

    @Slot(object)
    def _on_job_succeeded(self, counts: LetterCounts) -> None:
        self._counts = counts
        self.refresh()

    @Slot()
    def _on_toggled(self) -> None:
        is_chance, is_log = self.is_chance.isChecked(), self.is_log.isChecked()
        self.view.set_colours(is_chance=is_chance, is_log=is_log)
        self._bar.set_ticks(ticks(is_chance=is_chance, is_log=is_log))

    @Slot()
    def _read(self) -> None:
        view = self.view
        text = ""
        if view.pointed is not None:
            text = view.sentence(view.pointed)
        elif view.ringed is not None:
            text = view.part_name(view.ringed)
        hint = coverage.sentence(view.without_font()) or words.POINT
        self.read(text or hint, is_pointed=bool(text))
        view.setAccessibleDescription(text or hint)

    def shut_down(self) -> None:
        """See `Panel`."""
        self._job.shut_down()

    def restyle(self) -> None:
        """See `Page`."""
        super().restyle()
        self._back.restyle()
        self.view.rearrange()
