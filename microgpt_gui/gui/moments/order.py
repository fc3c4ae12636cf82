"""One question to one moment, on its way to the reading thread and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from microgpt_gui.engine.base import CancelToken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.session.reading.question import Question


class Listener(Protocol):
    """Who gave an order, a QObject; hears of it on the GUI thread."""

    def on_answered(self, order: Order, answer: Any) -> None:
        """Take an answer; a better one may follow."""

    def on_ended(self, order: Order) -> None:
        """Expect no better answer."""

    def on_refused(self, order: Order, message: str) -> None:
        """Expect no answer at all; ``message`` says why, for people."""


class Order:
    """Made on the GUI thread; from then on the reading thread's.

    Attributes:
        listener: Who hears of it.
        place: Whom it asks.
        question: What it asks.
        is_asked_for: Whether somebody waits for it: then it comes before what
            nobody has asked for.
        cancel: Ends it, from any thread; nobody hears of it any more.
        cost_s: CPU time that it has taken so far, in seconds.
        took_s: Time by the clock that it has been worked at so far: more than that,
            where other threads wanted the processor or the interpreter, too.
    """

    def __init__(
        self,
        listener: Listener,
        place: Place,
        question: Question[Any],
        *,
        is_asked_for: bool,
    ) -> None:
        self.listener = listener
        self.place = place
        self.question = question
        self.is_asked_for = is_asked_for
        self.cancel = CancelToken()
        self.cost_s = self.took_s = 0.0
        # The reading thread's own:
        self.answers: Iterator[Any] | None = None  # None until it is begun
        self.untold: list[Any] = []  # the newest answer, where it was not told yet
        self.told_s = float("-inf")
