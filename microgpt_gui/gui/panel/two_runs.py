"""A view of the current run and, beside it, the same view of another run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from microgpt_gui.gui.shelf import run_words
from microgpt_gui.gui.theme import scale as sizes
from microgpt_gui.gui.widgets.caption_bar import CaptionBar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.reading.question import Question


class _Shown(Protocol):
    """An answer on a text."""

    @property
    def step(self) -> int:
        """Steps done."""

    @property
    def problem(self) -> str:
        """What is wrong with the text."""

    @property
    def note(self) -> str:
        """What was made of it."""


class TwoRuns(QWidget):
    """Two views with a caption each; one alone, without, where nothing is compared.

    Subclasses implement `_want`, `_take`, `_empty_other` and `_told`, and call
    `_on_shelf_compared_changed` when they are built.

    Attributes:
        least_width: In pixels at 100 %: in less, the views stand one below the other.
        spacing: Between them, in pixels at 100 %.
    """

    least_width = 0
    spacing = sizes.LARGE

    def __init__(
        self,
        workshop: Workshop,
        appearance: Appearance,
        view: QWidget,
        other: QWidget,
    ) -> None:
        """Lay out both, side by side.

        Args:
            workshop: The current run, and the one beside it.
            appearance: Theme and zoom.
            view: Shows the current run.
            other: Shows the run that is compared.
        """
        super().__init__()
        self._workshop = workshop
        self._run = workshop.run
        self._what_if = workshop.what_if
        self._appearance = appearance
        self._caption = CaptionBar(appearance)
        self._other_caption = CaptionBar(appearance, "End side by side")
        self._other_caption.close_requested.connect(self._on_close_requested)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._columns: list[QVBoxLayout] = []  # the current run's, and the other's
        self._add_side(self._caption, view)
        self._other_side = self._add_side(self._other_caption, other)
        self._wish = workshop.wish_beside(self)
        self._wish.answered.connect(self._on_wish_answered)
        workshop.shelf.compared_changed.connect(self._on_shelf_compared_changed)
        workshop.shelf.changed.connect(self._read)
        workshop.what_if.changed.connect(self._read)
        workshop.shelf.current_changed.connect(self._read)

    @property
    def captions(self) -> tuple[str, str]:
        """What is said over the two; empty while there is only one."""
        if self._other_side.isHidden():
            return "", ""
        return self._caption.text, self._other_caption.text

    def _add_side(self, caption: CaptionBar, view: QWidget) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(caption)
        column.addWidget(view, 1)
        self._columns.append(column)
        self._box.addWidget(side, 1)
        return side

    def _want(self) -> None:
        """Ask the other run for what the current one shows, by `_want_at`."""
        raise NotImplementedError

    def _want_at(
        self, step: int, question: Question[Any], *, is_asked_for: bool
    ) -> None:
        """Ask the other run at ``step``, or at its end if that is before."""
        place = self._workshop.comparison.place_at(step)
        if place is not None:
            self._wish.want(place, question, is_asked_for=is_asked_for)
            self._read()

    def _take(self, answer: Any) -> None:
        """Show what it has answered."""
        raise NotImplementedError

    def _empty_other(self) -> None:
        """Show nothing of the other run."""
        raise NotImplementedError

    def _told(self, name: str, *, is_other: bool) -> str:
        """Return what is said over a run's view.

        Args:
            name: Of the run, as it is shown.
            is_other: It is the run that is compared.
        """
        raise NotImplementedError

    def _told_moment(
        self, name: str, shown: _Shown, ours: _Shown | None, *, is_other: bool
    ) -> str:
        """Say of which run and step a view is, and what has to be said of its text.

        Args:
            name: Of the run.
            shown: What the view shows.
            ours: What the current run's view shows.
            is_other: It is the run that is compared, which may have ended before.
        """
        text = f"step {shown.step:,}: {name}"
        if is_other and ours is not None and shown.step < ours.step:
            text = f"its last {text}"
        said = shown.problem or shown.note
        return f"{text} ({said})" if said else text

    @Slot()
    def _read(self) -> None:
        """Say in the captions what is shown."""
        shelf = self._workshop.shelf
        if shelf.compared is None:
            return
        altered = f" · what if {self._what_if.told}", " · not altered"
        for caption, name, is_other in (
            (self._caption, shelf.current_name, False),
            (self._other_caption, shelf.compared.name, True),
        ):
            told = self._told(run_words.shown(name), is_other=is_other)
            caption.say(told + (altered[is_other] if self._what_if.alteration else ""))

    def restyle(self) -> None:
        """Take up theme and zoom; subclasses restyle the views, too."""
        self._share()
        self._caption.restyle()
        self._other_caption.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Want again what was wanted while nobody saw it."""
        super().showEvent(event)
        self._want()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Put the two side by side where there is room, both exactly as wide."""
        space = self._appearance.px(self.spacing)
        spacing = space + (self.width() - space) % 2
        if spacing != self._box.spacing():  # each time, Qt lays all out anew
            self._box.setSpacing(spacing)
        is_wide = self.width() >= self._appearance.px(self.least_width)
        direction = QBoxLayout.Direction
        self._box.setDirection(
            direction.LeftToRight if is_wide else direction.TopToBottom
        )

    @Slot()
    def _on_shelf_compared_changed(self) -> None:
        is_two = self._workshop.shelf.compared is not None
        self._caption.setVisible(is_two)
        self._other_side.setVisible(is_two)
        self._empty_other()
        self._want()
        self._read()

    @Slot()
    def _on_wish_answered(self) -> None:
        self._take(self._wish.answer)
        self._read()

    @Slot()
    def _on_close_requested(self) -> None:
        self._workshop.shelf.compare(None)
