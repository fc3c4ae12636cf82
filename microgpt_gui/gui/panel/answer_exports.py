"""What a view can leave in files where all of it is one answer: picture and table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from microgpt_gui.gui.moments.desk import answer_of
from microgpt_gui.gui.panel.copy_offer import copies_of
from microgpt_gui.gui.panel.export_offer import Export, ExportOffer, ink_of
from microgpt_gui.gui.theme import coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.theme.roles import Theme
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink
    from microgpt_gui.session.reading.question import Question

    Check = Callable[[], None]


class Stepped(Protocol):
    """An answer that says of which step it is."""

    @property
    def step(self) -> int:
        """Steps done."""


Answer = TypeVar("Answer", bound=Stepped)


def to_be_read(
    workshop: Workshop,
    shown: Answer | None,
    question: Callable[[], Question[Answer]],
    *,
    is_unaltered: bool = False,
) -> tuple[int, Callable[[Check], Answer]]:
    """Return of which step a file will be, and what returns its answer.

    Args:
        workshop: There is a moment.
        shown: What is seen, which needs no reading.
        question: Returns what is asked where nothing is seen.
        is_unaltered: Ask the run's own moment, whatever is altered in the views.
    """
    if shown is not None:
        return shown.step, lambda _check: shown
    place = workshop.timeline.place
    assert place is not None
    asked = question()
    if not is_unaltered:
        asked = workshop.what_if.asked(asked)
    return place.step, partial(answer_of, place, asked)


def what_if(workshop: Workshop, shown: object | None) -> str:
    """Return what is altered in what `to_be_read` returns; empty for nothing.

    Args:
        workshop: What it is of.
        shown: What is seen; None where nothing is.
    """
    ours = workshop.what_if
    altered = ours.alteration if shown is None else ours.alteration_of(shown)
    return altered.told()


def caption_of(workshop: Workshop, step: int, told: str) -> str:
    """Return what is said of the run under a picture.

    Args:
        workshop: Its run.
        step: Of the picture.
        told: What is altered; see `what_if`.
    """
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.names import caption

    words = caption(workshop.run.recipe_at(step))
    if not told:
        return words
    return f"What if {told} (a scratch copy, not the run itself) · {words}"


def table_of(
    write: Callable[[Answer, Check], Iterator[str]],
    read: Callable[[Check], Answer],
    told: str,
    check: Check,
) -> Iterator[str]:
    """Yield a table of what ``read`` returns; a column says what is altered in it."""
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.exports.tables import with_column

    return with_column("what_if", told, write(read(check), check))


class AnswerExports(QObject, Generic[Answer]):
    """Offers the answer that is shown, as it is when the person asks.

    An answer that nobody sees is not kept up to date: then the file's maker reads.
    Subclasses set the words, and implement `shown`, `question`, `picture` and `table`.

    Attributes:
        group: The submenu of Export.
        what: The last word of a file's name.
        called: What is copied, as a sentence says it.
        nothing: Why there is nothing to export, where no run stands.
        columns: What the table holds.
        is_unaltered: See `FigurePanel`.
    """

    group: ClassVar[str]
    what: ClassVar[str]
    called: ClassVar[str]
    nothing: ClassVar[str]
    columns: ClassVar[str]
    is_unaltered: ClassVar[bool] = False

    def __init__(self, workshop: Workshop, parent: QObject) -> None:
        super().__init__(parent)
        self._workshop = workshop

    def shown(self) -> Answer | None:
        """Return what is seen, if it is."""
        raise NotImplementedError

    def question(self) -> Question[Answer]:
        """Return what is asked where it is not."""
        raise NotImplementedError

    def problem_of(self, answer: Answer) -> str:
        """Return why nothing can be made of ``answer``; empty if it can."""
        return ""

    @staticmethod
    def picture(answer: Answer, ink: Ink, caption: str) -> str:
        """Return it as an SVG; on a thread of its own."""
        raise NotImplementedError

    @staticmethod
    def table(answer: Answer, check: Check) -> Iterator[str]:
        """Yield it as a CSV; on a thread of its own."""
        raise NotImplementedError

    def offers(self) -> list[ExportOffer]:
        """Return what the menu lists."""
        files = (
            ("SVG…", ".svg", "As a picture that stays sharp at every size"),
            ("PNG…", ".png", "As a picture in pixels, for slides and chats"),
            ("CSV…", ".csv", f"As a table: {self.columns}"),
        )
        return [
            ExportOffer(
                group=self.group,
                text=text,
                tip=tip,
                what=self.what,
                suffix=suffix,
                problem=self._problem_of_pixels if suffix == ".png" else self._problem,
                begin=partial(self._begin, suffix),
            )
            for text, suffix, tip in files
        ]

    def copies(self) -> list[CopyOffer]:
        """Return what of that can be copied."""
        return copies_of(self.called, self.offers())

    def _problem(self) -> str:
        if (answer := self.shown()) is not None:
            return self.problem_of(answer)
        return "" if self._workshop.timeline.place is not None else self.nothing

    def _problem_of_pixels(self) -> str:
        return self._problem() or coverage.problem_of_pixels(self._letters())

    def _letters(self) -> Sequence[str]:
        """Return the letters that would be in the picture."""
        place = self._workshop.timeline.place
        return place.info.chars if place is not None else ""

    def _begin(self, suffix: str, paper: Theme) -> Export:
        workshop, shown = self._workshop, self.shown()
        is_unaltered = self.is_unaltered
        told = "" if is_unaltered else what_if(workshop, shown)
        config = workshop.run.config
        step, read = to_be_read(
            workshop, shown, self.question, is_unaltered=is_unaltered
        )
        if suffix == ".csv":
            return Export(config, step, partial(table_of, self.table, read, told))
        words = caption_of(workshop, step, told)
        pieces = partial(_picture, self.picture, read, ink_of(paper), words)
        return Export(config, step, pieces)


def _picture(
    draw: Callable[[Answer, Ink, str], str],
    read: Callable[[Check], Answer],
    ink: Ink,
    words: str,
    check: Check,
) -> Iterator[str]:
    yield draw(read(check), ink, words)
