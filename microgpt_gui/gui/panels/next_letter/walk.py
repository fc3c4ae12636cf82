"""How a document came to be where it is: what was given, what was drawn."""

from __future__ import annotations


class Walk:
    """Counts the random numbers that are used up. On the GUI thread.

    A text that somebody typed or chose is given, as a prompt is; what the die decides
    after that is drawn.

    Attributes:
        text: Where it is.
        drawn: How many letters at its end were drawn, one number each.
        end: The token that ended the document; None while it goes on.
    """

    def __init__(self) -> None:
        self.text = ""
        self.drawn = 0
        self.end: int | None = None

    def follow(self, text: str) -> None:
        """Be at ``text``; if it is another one, it is given."""
        if text != self.text:
            self.text, self.drawn, self.end = text, 0, None

    def write(self, text: str, *, is_drawn: bool) -> None:
        """Go on to ``text``, which has one letter more."""
        self.drawn = self.drawn + 1 if is_drawn else 0
        self.text, self.end = text, None

    def take_back(self) -> None:
        """Go back by one token."""
        if self.end is not None:
            self.end = None
        elif self.text:
            self.text, self.drawn = self.text[:-1], max(0, self.drawn - 1)
