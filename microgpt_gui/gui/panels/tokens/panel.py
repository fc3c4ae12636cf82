"""The tokens panel: a text as the model gets it, and a sentence for the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from microgpt_gui.gui.panel.text_panel import TextPanel
from microgpt_gui.gui.panels.tokens import words
from microgpt_gui.gui.panels.tokens.exports import TokensExports
from microgpt_gui.gui.panels.tokens.figure import TokensFigure
from microgpt_gui.gui.panels.tokens.legend import TokensLegend
from microgpt_gui.session.reading.questions import TokensQuestion
from microgpt_gui.session.reading.token_row import TokenRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.panel.copy_offer import CopyOffer
    from microgpt_gui.gui.panel.export_offer import ExportOffer
    from microgpt_gui.gui.theme.appearance import Appearance
    from microgpt_gui.gui.workshop import Workshop


class TokensPanel(TextPanel[TokenRow]):
    """Shows a text as numbers: what a position sees, and what it is to predict.

    Attributes:
        strip: The text, token by token.
        vocabulary: All tokens there are.
    """

    title = "Tokens"
    hint = (
        "The text as the model gets it: a number for each letter, what each position "
        "is asked to predict, and the alphabet that the numbers stand for."
    )
    words = words.WORDS
    is_unaltered = True

    def __init__(
        self, workshop: Workshop, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(workshop, appearance, parent)
        self._figure = TokensFigure(appearance)
        self.strip, self.vocabulary = self._figure.strip, self._figure.vocabulary
        self.put_figure(self.strip, self._figure, TokensLegend(appearance))
        self.frame.set_tight(True)
        self._exports = TokensExports(self.strip, workshop)
        self.vocabulary.pointed_changed.connect(self._on_vocabulary_changed)
        self.vocabulary.enlarged_changed.connect(self._on_vocabulary_changed)
        self.restyle()

    @property
    def counts(self) -> str:
        """What is said of the vocabulary."""
        return self._figure.counts

    def question(self) -> TokensQuestion:
        """See `FigurePanel`."""
        return TokensQuestion(self.workshop.subject.text)

    def draw_text(self, shown: TokenRow | None, usual_tokens: int) -> None:
        """See `TextPanel`."""
        if shown is not None:
            self.frame.make_room_to_read(words.longest_reading(shown))
        self._figure.show_row(shown, usual_tokens)

    def notes_of(self, shown: TokenRow) -> str:
        """See `TextPanel`."""
        return words.notes(shown)

    def is_pointed(self) -> bool:
        """See `FigurePanel`."""
        views = self.strip, self.vocabulary
        return any(view.spoken is not None for view in views)

    def reading_of(self, shown: TokenRow) -> str:
        """See `FigurePanel`."""
        strip, vocabulary = self.strip, self.vocabulary
        token = vocabulary.pointed
        if strip.pointed is None and token is None:
            token = vocabulary.enlarged if strip.enlarged is None else None
        if strip.pointed is None and token is not None:
            return words.reading_of_token(shown, token)
        if strip.spoken is not None:
            return words.reading(shown, strip.spoken)
        return words.POINT

    def restyle(self) -> None:
        """Take up theme and zoom."""
        super().restyle()
        self._figure.restyle()
        self.frame.require(self._figure.least_height())

    def export_offers(self) -> list[ExportOffer]:
        """See `Panel`."""
        return self._exports.offers()

    def copy_offers(self) -> list[CopyOffer]:
        """See `Panel`."""
        return self._exports.copies()

    @Slot()
    def _on_vocabulary_changed(self) -> None:
        self.read()
        self.vocabulary.setAccessibleDescription(self.reading)
