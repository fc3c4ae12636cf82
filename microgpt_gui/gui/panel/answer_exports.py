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
    workshop: Workshop, shown: Answer | None, question: Callable[[], Question[Answer]]
) -> tuple[int, Callable[[Check], Answer]]:
    """Return of which step a file will be, and what returns its answer.

    Args:
        workshop: There is a moment.
        shown: What is seen, which needs no reading.
        question: Returns what is asked where nothing is seen.
    """
    if shown is not None:
        return shown.step, lambda _check: shown
    place = workshop.timeline.place
    assert place is not None
    return place.step, partial(answer_of, place, question())


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
    """

    group: ClassVar[str]
    what: ClassVar[str]
    called: ClassVar[str]
    nothing: ClassVar[str]
    columns: ClassVar[str]

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
        run = self._workshop.run
        step, read = to_be_read(self._workshop, self.shown(), self.question)
        if suffix == ".csv":
            return Export(run.config, step, partial(_table, self.table, read))
        # Not at the top: the first window needs none of it.
        from microgpt_gui.session.exports.names import caption

        words = caption(run.recipe_at(step))
        pieces = partial(_picture, self.picture, read, ink_of(paper), words)
        return Export(run.config, step, pieces)


def _picture(
    draw: Callable[[Answer, Ink, str], str],
    read: Callable[[Check], Answer],
    ink: Ink,
    words: str,
    check: Check,
) -> Iterator[str]:
    yield draw(read(check), ink, words)


def _table(
    write: Callable[[Answer, Check], Iterator[str]],
    read: Callable[[Check], Answer],
    check: Check,
) -> Iterator[str]:
    return write(read(check), check)
