"""How a document came to be where it is: what was given, what was drawn."""

from __future__ import annotations


class Walk:
    """Counts the random numbers that are used up. On the GUI thread.

    A text that somebody typed or chose is given, as a prompt is; what the die decides
    after that is drawn.

    Attributes:
        text: Where it is.
        drawn: How many letters at its end were drawn, one number each.
        before: How many numbers other documents had used up before the first of them.
        end: The token that ended the document; None while it goes on.
    """

    def __init__(self) -> None:
        self.text = ""
        self.drawn = self.before = 0
        self.end: int | None = None

    def follow(self, text: str) -> None:
        """Be at ``text``; if it is another one, it is given."""
        if text != self.text:
            self.go_to(text)

    def go_to(self, text: str, drawn: int = 0, before: int = 0) -> None:
        """Be at ``text``."""
        self.text, self.drawn, self.before, self.end = text, drawn, before, None

    @property
    def used(self) -> int:
        """How many numbers are used up."""
        return self.before + self.drawn

    def write(self, text: str, *, is_drawn: bool) -> None:
        """Go on to ``text``, which has one letter more."""
        if is_drawn:
            self.go_to(text, self.drawn + 1, self.before)
        else:
            self.go_to(text)

    def take_back(self) -> None:
        """Go back by one token."""
        if self.end is not None:
            self.end = None
        elif self.drawn:
            self.go_to(self.text[:-1], self.drawn - 1, self.before)
        else:
            self.go_to(self.text[:-1])

    def begin_anew(self) -> None:
        """Go back to what was given."""
        self.go_to(self.text[: len(self.text) - self.drawn], 0, self.before)
