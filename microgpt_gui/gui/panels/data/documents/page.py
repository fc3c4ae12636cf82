"""The page of documents: in which order, what is looked for, and the list."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolButton

from microgpt_gui.gui.panels.data.documents import words
from microgpt_gui.gui.panels.data.documents.rows import DocumentRows
from microgpt_gui.gui.panels.data.page import Page
from microgpt_gui.gui.threads.background import Background
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.gui.widgets.typing import TextBox
from microgpt_gui.session.corpus.listing import Asked, listing
from microgpt_gui.session.learning import learnt_count
from microgpt_gui.session.other_case import in_alphabet, said_of_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.corpus.listing import Listing
    from microgpt_gui.session.segment import Segment

#: What is found is told no sooner and no more often, in seconds; to tell of it takes no
#: more than one part in so many of the time.
_FIRST_S, _REST = 0.1, 5

#: So many documents are in order before anybody could read that they are not.
_MANY = 200_000

#: Width of the box for what is looked for at least, in pixels at 100 %.
_BOX = 84


class DocumentsPage(Page):
    """Lists the documents of the run.

    Attributes:
        search_box: What is looked for.
        where: Where in the documents.
        order: As training meets them, or as in the file.
        follow: Keeps the document of the moment in view.
        rows: The list.
    """

    title = "Documents"
    tip = "All documents of the text: searched, and which step learns which."
    words = words.WORDS

    def __init__(self, workshop: Workshop, appearance: Appearance) -> None:
        super().__init__(workshop, appearance)
        self.rows = DocumentRows(appearance)
        self._job = Background("documents", self)
        self._job.told.connect(self._on_job_told)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(workshop.run.noticed)
        self._asked: Asked | None = None
        self._build()
        self.put(self.rows)
        self.search_box.textChanged.connect(self.refresh)
        self.where.currentIndexChanged.connect(self.refresh)
        self.order.currentIndexChanged.connect(self.refresh)
        self.follow.toggled.connect(self._on_follow_toggled)
        self.rows.row_chosen.connect(self._on_row_chosen)
        self.rows.row_followed.connect(self._on_row_followed)
        self.rows.pointed_changed.connect(self._read)
        self.rows.enlarged_changed.connect(self._read)

    def _build(self) -> None:
        self.order = QComboBox()
        self.order.addItem("Training's order", True)
        self.order.addItem("File's order", False)
        self.order.setAccessibleName("Order of the documents")
        self.order.setToolTip(
            wrapped("In the order in which training meets them, or as in the file")
        )
        self.where = QComboBox()
        for key, text in words.WHERE.items():
            self.where.addItem(text, key)
        self.where.setAccessibleName("Where in a document the text is looked for")
        self.where.setToolTip(wrapped("Where in a document the text is looked for"))
        self.search_box = TextBox()
        self.search_box.setPlaceholderText("Search")
        self.search_box.setAccessibleName("Text to look for in the documents")
        self.search_box.setToolTip(
            wrapped("Lists the documents with this text alone. Escape empties the box.")
        )
        self.search_box.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        )
        self.follow = QToolButton()
        self.follow.setText("Follow")
        self.follow.setCheckable(True)
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.follow.setAccessibleName("Follow the document of the moment shown")
        self.follow.setToolTip(
            wrapped("Keep the document that the newest step learnt in view")
        )
        for widget in (self.order, self.where, self.search_box, self.follow):
            self.controls.addWidget(widget)

    # What is shown

    @property
    def segment(self) -> Segment | None:
        """What the newest step at the moment shown has learnt with."""
        info = self.run.info
        if info is None:
            return None
        return info.segment_learnt(self.workshop.timeline.at)

    def summary(self) -> str:
        """See `Page`."""
        segment, shown = self.segment, self.rows.listing
        if segment is None or self._asked is None:
            return ""
        if self._asked.text:
            if shown is None or shown.asked != self._asked:
                return words.looking(self._asked.text)
            if not len(shown) and shown.is_complete:
                return words.not_found(shown, segment.docs.documents.chars)
            note = said_of_case(self.search_box.text(), self._asked.text)
            return ". ".join(filter(None, (words.of_found(shown), note)))
        assert self.run.info is not None
        at = self.workshop.timeline.at
        done = learnt_count(self.run.info.segments, at)
        return words.of_all(segment, done, at)

    @Slot()
    def refresh(self) -> None:
        """See `Page`."""
        missing, segment = self.missing(), self.segment
        if missing or segment is None:
            self._job.cancel()
            self._asked = None
            self.rows.show_listing(None)
            self.stack.show_words(missing)
            self.read("", is_pointed=False)
            self.changed.emit()
            return
        text = in_alphabet(self.search_box.text(), segment.docs.documents.chars)
        asked = Asked(
            segment.docs, text, self.where.currentData(), self.order.currentData()
        )
        if asked != self._asked:
            self._asked = asked
            before = self.rows.listing
            if before is not None and before.asked.docs is not segment.docs:
                self.rows.show_listing(None)
            self._job.start_telling(partial(_listed, asked))
        if self.rows.listing is None and len(segment.docs) > _MANY:
            self.stack.show_words(words.ordering(len(segment.docs)))
        else:
            self.stack.show_content()
        self._show_moment(segment)
        self._read()
        self.changed.emit()

    def _show_moment(self, segment: Segment) -> None:
        assert self.run.info is not None
        at = self.workshop.timeline.at
        self.rows.show_moment(self.run.info.segments, at)
        shown, row = self.rows.listing, None
        if shown is not None and shown.asked.docs is segment.docs:
            row = shown.row_of(segment.place_of(max(at - 1, 0)))
        is_new = row != self.rows.marked
        self.rows.mark(row)
        if row is not None and is_new and self.follow.isChecked():
            self.rows.show_in_middle(row)

    @Slot(object)
    def _on_job_told(self, news: tuple[Listing]) -> None:
        self._take(*news)

    @Slot(object)
    def _on_job_succeeded(self, found: Listing) -> None:
        self._take(found)

    def _take(self, found: Listing) -> None:
        self.rows.show_listing(found)
        self.refresh()

    # What a person can do

    @Slot(int)
    def _on_row_chosen(self, row: int) -> None:
        if self.rows.listing is not None:
            self.workshop.subject.watch(self.rows.listing.document(row))

    @Slot(int)
    def _on_row_followed(self, row: int) -> None:
        """Go to the step that learnt a document first, if there is one already."""
        if self.rows.listing is None:
            return
        first = self.rows.learning(row).first
        if first is not None and first <= self.run.step:
            self.workshop.subject.watch("")  # the document of that step is this one
            self.workshop.timeline.stop()
            self.workshop.timeline.show(first)
        else:
            self.run.noticed.emit(words.not_learnt(first, self.run.step))

    @Slot(bool)
    def _on_follow_toggled(self, is_on: bool) -> None:
        if is_on and self.rows.marked is not None:
            self.rows.show_in_middle(self.rows.marked)

    @Slot()
    def _read(self) -> None:
        rows = self.rows
        pointed = rows.pointed
        is_there = pointed is not None and pointed < rows.part_count()
        text = rows.part_name(pointed) if pointed is not None and is_there else ""
        self.read(text or words.POINT, is_pointed=bool(text))
        rows.setAccessibleDescription(text or words.POINT)

    def shut_down(self) -> None:
        """See `Panel`."""
        self._job.shut_down()

    def restyle(self) -> None:
        """See `Page`."""
        super().restyle()
        self.search_box.setMinimumWidth(self.appearance.px(_BOX))
        self.rows.rearrange()


def _listed(
    asked: Asked, check: Callable[[], None], tell: Callable[..., None]
) -> Listing:
    """Return what is asked for; tell of what is found meanwhile, but not at any price.

    To put millions in order takes longer than to find them.
    """
    free_s = time.monotonic() + _FIRST_S

    def tell_at_times(made: Callable[[], Listing]) -> None:
        nonlocal free_s
        began_s = time.monotonic()
        if began_s >= free_s:
            tell(made())
            took_s = time.monotonic() - began_s
            free_s = began_s + max(_FIRST_S, _REST * took_s)

    return listing(asked, check, tell_at_times)
