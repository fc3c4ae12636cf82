"""The heads on show, as maps or as lines: all of them, or one enlarged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize

from microgpt_gui.gui import glossary
from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.map_view import MapView
from microgpt_gui.gui.panels.attention import words
from microgpt_gui.gui.panels.attention.arrangement import Place, Pointed
from microgpt_gui.gui.panels.attention.drawing import Drawing, picture_of
from microgpt_gui.gui.panels.attention.heads_picture import HeadsPicture, Wanted
from microgpt_gui.gui.panels.attention.switches import Switches
from microgpt_gui.gui.widgets.cell_cursor import CellGrid
from microgpt_gui.gui.widgets.tooltip import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panels.attention.arrangement import Arrangement
    from microgpt_gui.gui.panels.attention.titles import Roles
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.widgets.cell_cursor import CellPlace
    from microgpt_gui.session.reading.text import TextReading


class ShownHeads(MapView[HeadsPicture]):
    """One square of cells, or band of lines, for each head; scrolls where need be.

    Attributes:
        look: What is drawn; None for nothing.
        drawing: As what.
        roles: What the heads do; see `HeadTitles`.
        enlarged: The head that fills the view, counted through all layers, or None.
        pointed: The cell under the pointer, or None.
        switches: Say which heads count.
        held: The cell of the head enlarged that is looked into, or None; marked where
            nothing is pointed at.
    """

    pointed: Pointed | None

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self.look: TextReading | None = None
        self.drawing = Drawing.MAPS
        self.roles: Roles = ()
        self.held: CellPlace | None = None
        self._told: Sequence[str] = ()
        self._keeps_letters = False
        self._usual_tokens = 1
        self._layers = self._heads = 1
        self.switches = Switches(appearance)
        self._scrolled_to = 0  # by the overview, while a head is enlarged
        self.setAccessibleName("Attention of every head")
        self.setToolTip(
            wrapped(
                "One square for each head. Arrow keys choose one, Enter enlarges it; "
                "there Up and Down go into its cells. X switches it off or on, in a "
                "scratch copy. M draws lines instead, or squares again.",
                glossary.BOS,
            )
        )
        self.restyle()

    @property
    def arrangement(self) -> Arrangement | None:
        """Where the heads are; None while nothing is shown."""
        return self._picture.arrangement if self._picture else None

    @property
    def shape(self) -> tuple[int, int]:
        """Layers, and heads of each, of the model that was drawn last."""
        return self._layers, self._heads

    def show_look(self, look: TextReading | None, usual_tokens: int = 1) -> None:
        """Draw ``look``; nothing if None.

        Args:
            look: What to draw.
            usual_tokens: Tokens of the longest text of late. See `arrange`.
        """
        before, self.look = self.look, look
        if look is None:
            self._picture = None
        else:
            shape = len(look.attention), len(look.attention[0])
            is_same_model = shape == (self._layers, self._heads)
            if not is_same_model:
                self._layers, self._heads = shape
                self._current = 0
            was_usual, self._usual_tokens = self._usual_tokens, usual_tokens
            if not is_same_model and self.enlarged is not None:
                self.enlarge(None)
            elif (
                self._picture is not None
                and before is not None
                and before.labels == look.labels
                and was_usual == usual_tokens
                and is_same_model
            ):
                self._picture.show_look(look)
                self._ask_for_numbers()
                self.viewport().update(self._picture.cells)
                self.find_pointed()
                return
            else:
                self.rearrange()
        self.find_pointed()
        self.viewport().update()

    def enlarge(self, head: int | None, /) -> None:
        """Let a head, counted through all layers, fill the view; None for all heads."""
        is_back = head is None and self.enlarged is not None
        if head is not None and self.enlarged is None:
            self._scrolled_to = self.verticalScrollBar().value()
        super().enlarge(head)
        if is_back:  # only now has the view its size of before again
            self.verticalScrollBar().setValue(self._scrolled_to)

    def set_colour_range(self, colour_range: ColourRange) -> None:
        """Choose how far the colours reach."""
        if colour_range is not self.colour_range:
            self.colour_range = colour_range
            self.rearrange()

    def span(self) -> float | None:
        """Return the share that has the end colour where one looks; None for several.

        In the row that is pointed at, or in all of the head that is enlarged.
        """
        if self._picture is None or self.colour_range is ColourRange.FIXED:
            return 1.0 if self._picture else None
        head, row = self.enlarged, 0
        if self.pointed is not None:
            head = self.pointed.layer * self._heads + self.pointed.head
            row = self.pointed.query
        elif self.colour_range is ColourRange.ROW:
            return None
        return None if head is None else self._picture.span_of(head, row)

    def set_drawing(self, drawing: Drawing) -> None:
        """Draw maps, or lines."""
        if drawing is not self.drawing:
            self.drawing = drawing
            self._anew()

    def set_roles(self, roles: Roles, told: Sequence[str] = ()) -> None:
        """Say over the heads what they do.

        Args:
            roles: See `HeadTitles`.
            told: All that is measured of each head, for who points at its title.
        """
        self._told = told
        if roles != self.roles:
            self.roles = roles
            self._anew()

    def _anew(self) -> None:
        self.rearrange()
        self.find_pointed()
        self.viewport().update()

    def hold(self, place: CellPlace | None) -> None:
        """Mark the cell that is looked into."""
        if place != self.held:
            self.held = place
            self.viewport().update()

    def set_keeps_letters(self, keeps_letters: bool) -> None:
        """Choose whether to scroll a little rather than leave letters out."""
        if keeps_letters != self._keeps_letters:
            self._keeps_letters = keeps_letters
            self.rearrange()

    def restyle(self) -> None:
        """Take up theme and zoom."""
        self.rearrange()

    # The picture

    def rearrange(self) -> None:
        """See `MapView`."""
        self._picture = None
        if self.look is None or self.viewport().size().isEmpty():
            return
        wanted = Wanted(
            view=self.contentsRect().size(),
            enlarged=self.enlarged,
            usual_tokens=self._usual_tokens,
            keeps_letters=self._keeps_letters,
            colour_range=self.colour_range,
            scroll_bar=self.verticalScrollBar().sizeHint().width(),
            roles=self.roles,
        )
        self._picture = picture_of(self.drawing, self._appearance, self.look, wanted)
        a = self._picture.arrangement
        step = QSize(a.pitch_x // 4, a.pitch_y // 4)
        self._fit_bars(QSize(a.width, a.height), self.contentsRect().size(), step)

    # See `EnlargingView`

    def part_count(self) -> int:
        """Return how many heads there are, in all layers."""
        return self._layers * self._heads if self.look else 0

    def grid(self) -> CellGrid:
        """Return the cells of a head."""
        tokens = len(self.look.labels) if self._picture and self.look else 0
        return CellGrid(tokens, tokens)

    def part_box(self, part: int) -> QRect:
        """Return where the cells of a head are, in pixels of the whole."""
        a = self.arrangement
        return QRect(*a.part_box(part)) if a is not None else QRect()

    def cell_box(self, place: CellPlace) -> QRect:
        """Return where a cell of the head enlarged is, likewise."""
        a = self.arrangement
        return QRect(*a.cell_box(Place(0, *place))) if a is not None else QRect()

    def cursor_boxes(self, place: CellPlace) -> list[QRect]:
        """See `EnlargingView`."""
        return self._picture.cursor_boxes(Place(0, *place)) if self._picture else []

    def part_name(self, part: int) -> str:
        """Return what a head is called."""
        return words.spoken_head(*divmod(part, self._heads), self._layers)

    def cell_name(self, place: CellPlace) -> str:
        """Say in short what a cell of the head enlarged shows."""
        assert self.look is not None
        assert self.enlarged is not None
        return words.spoken(self.look, *divmod(self.enlarged, self._heads), *place)
