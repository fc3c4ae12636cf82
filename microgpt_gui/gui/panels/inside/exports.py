"""What the inside panel can leave in files: the way, as a picture and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.answer_exports import AnswerExports
from microgpt_gui.session.reading.inside.way import TokenWay
from microgpt_gui.session.reading.questions import WayQuestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microgpt_gui.gui.panels.inside.figure import InsideFigure
    from microgpt_gui.gui.workshop import Workshop
    from microgpt_gui.session.exports.ink import Ink


class InsideExports(AnswerExports[TokenWay]):
    """Offers the token's way.

    Attributes:
        position: Which token goes the way; None for the last one.
    """

    group = "Inside"
    what = "inside"
    called = "the token's way"
    nothing = "There is no token's way to export: no run stands yet."
    columns = "every number of each stage, lengths, and the logit lens"

    def __init__(self, figure: InsideFigure, workshop: Workshop) -> None:
        super().__init__(workshop, figure)
        self._figure = figure
        self.position: int | None = None

    def shown(self) -> TokenWay | None:
        """See `AnswerExports`."""
        return self._figure.way if self._figure.isVisible() else None

    def question(self) -> WayQuestion:
        """See `AnswerExports`."""
        return WayQuestion(self._workshop.subject.text, self.position)

    @staticmethod
    def picture(answer: TokenWay, ink: Ink, caption: str) -> str:
        """See `AnswerExports`."""
        # Not at the top, here and below: the first window needs none of it.
        from microgpt_gui.session.exports.way_svg import way_svg

        return way_svg(answer, ink, caption)

    @staticmethod
    def table(answer: TokenWay, check: Callable[[], None]) -> Iterator[str]:
        """See `AnswerExports`."""
        from microgpt_gui.session.exports.way_csv import way_csv

        return way_csv(answer, check)
