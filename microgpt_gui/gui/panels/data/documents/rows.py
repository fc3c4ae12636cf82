"""The list of documents: what stands in each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor

from microgpt_gui.gui.panels.data.documents import words
from microgpt_gui.gui.panels.data.documents.words import Part
from microgpt_gui.gui.widgets.row_view import RowColumn, RowView
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.letters import in_one_line
from microgpt_gui.session.learning import Learning, learning_of
from microgpt_gui.session.segment import segment_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.session.corpus.listing import Listing
    from microgpt_gui.session.segment import Segment

#: Opacity of the ground of what was looked for.
_FOUND = 0.3

PLACE, NUMBER, DOCUMENT, LENGTH, LEARNT = range(5)

_COLUMNS = (
    RowColumn("training", "0,000,000", is_right=True),
    RowColumn("file", "0,000,000", is_right=True, gives_way=3),
    RowColumn("document"),
    RowColumn("letters", "00,000", is_right=True, gives_way=2),
    RowColumn("learnt in", "✓ step 000,000, 00 ×", gives_way=1, is_link=True),
)


class DocumentRows(RowView):
    """Documents, and when each is learnt.

    Attributes:
        listing: Which documents, in which order; None for none.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__(appearance, _COLUMNS, "Documents")
        self.listing: Listing | None = None
        self._segments: tuple[Segment, ...] = ()
        self._at = 0
        self._learnt: dict[int, Learning] = {}  # of the rows in view
        self.setToolTip(wrapped(words.POINT))

    def show_listing(self, listing: Listing | None) -> None:
        """Show other documents, or others of them; none if None."""
        before, self.listing = self.listing, listing
        self._learnt.clear()
        longest = max(listing.asked.docs.documents.lengths, default=0) if listing else 0
        self.letters = 2 * longest
        if before is None or listing is None or before.asked != listing.asked:
            self._current = 0
            self.verticalScrollBar().setValue(0)
        self.rearrange()

    def show_moment(self, segments: tuple[Segment, ...], at: int) -> None:
        """Say what is learnt.

        Args:
            segments: Of the run.
            at: Steps done.
        """
        self._segments, self._at = segments, at
        before, self._learnt = self._learnt, {}
        if self.listing is not None:
            rows = self.rows_in_view()
            if any(before.get(row) != self.learning(row) for row in rows):
                self.viewport().update()

    def learning(self, row: int) -> Learning:
        """Return when the document in a row is learnt."""
        if row not in self._learnt:
            assert self.listing is not None
            if len(self._learnt) > 1_000:
                self._learnt.clear()
            place = self.listing.place(row)
            self._learnt[row] = learning_of(self._segments, self._at, place)
        return self._learnt[row]

    def part(self, row: int) -> Part:
        """Return which part of the documents the one in a row is of."""
        assert self.listing is not None
        segment = segment_of(self._segments, max(self._at - 1, 0))
        place = self.listing.place(row)
        if place < segment.num_trained:
            return Part.TRAINED
        is_held_out = place >= len(segment.docs) - segment.num_held_out
        return Part.HELD_OUT if is_held_out else Part.LEFT_OUT

    # See `RowView`

    def part_count(self) -> int:
        """Return how many rows there are."""
        return len(self.listing) if self.listing is not None else 0

    def part_name(self, part: int) -> str:
        """Return the sentence on a document."""
        listing = self.listing
        if listing is None:
            return ""
        return words.reading(
            listing.document(part),
            listing.number(part),
            listing.place(part),
            self.learning(part),
            self.part(part),
        )

    def text_of(self, row: int, column: int) -> str:
        """Return what stands in a cell."""
        listing = self.listing
        assert listing is not None
        if column == PLACE:
            return f"{listing.place(row) + 1:,}"
        if column == NUMBER:
            return f"{listing.number(row) + 1:,}"
        if column == LENGTH:
            return f"{len(listing.document(row)):,}"
        if column == LEARNT:
            return words.learnt(self.learning(row), self.part(row))
        return listing.document(row)

    def colour_of(self, row: int, column: int) -> str:
        """Return the colour of that text."""
        theme = self._appearance.theme
        if column == DOCUMENT or (column == LEARNT and self.learning(row).times):
            return theme.text
        return theme.muted

    def paint_cell(self, painter: QPainter, row: int, column: int, box: QRect) -> None:
        """Paint a cell; what was looked for stands out."""
        listing = self.listing
        if column == DOCUMENT and listing is not None and listing.asked.text:
            self._paint_found(painter, listing, row, box)
        super().paint_cell(painter, row, column, box)

    def _paint_found(
        self, painter: QPainter, listing: Listing, row: int, box: QRect
    ) -> None:
        """Paint the ground of what was looked for, where it stands in a row."""
        wanted, where = listing.asked.text, listing.asked.where
        text = listing.document(row)[: 2 * box.width()]
        if not text.isascii():  # others are shaped, and may stand elsewhere
            return
        metrics = painter.fontMetrics()
        ground = QColor(self._appearance.theme.reference)
        ground.setAlphaF(_FOUND)
        at = text.rfind(wanted) if where == "ends" else text.find(wanted)
        drawn = in_one_line(text)
        while at >= 0:
            left = metrics.horizontalAdvance(drawn[:at])
            right = metrics.horizontalAdvance(drawn[: at + len(wanted)])
            part = QRect(
                box.left() + left, box.top() + 2, right - left, box.height() - 4
            )
            painter.fillRect(part & box, ground)
            at = text.find(wanted, at + len(wanted)) if where == "contains" else -1
