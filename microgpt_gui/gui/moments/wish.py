"""What one view wants to know: one question at a time, and the newest wish wins."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot

from microgpt_gui.gui.moments.order import Order
from microgpt_gui.gui.run.allowance import Rest
from microgpt_gui.session.reading.questions import MomentQuestion

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from microgpt_gui.gui.moments.place import Place
    from microgpt_gui.gui.moments.reading_thread import ReadingThread
    from microgpt_gui.gui.run.controller import RunController
    from microgpt_gui.session.reading.question import Question

#: While the hand moves, an answer may be worked at for so long before a newer wish cuts
#: it short: cutting every one at once would show nothing until the hand rests. Each
#: that is cut short leaves the next one twice the time.
PATIENCE_S = 0.1

#: While it trains, the answers to a wish that nobody has just made may take this share
#: of the time; but the wait for the next one is no longer than this, unless that makes
#: it the larger share.
SHARE, WAIT_S, MOST_SHARE = 0.008, 1.5, 0.2

#: Nor is such a wish asked more often than this: a person sees no more.
APART_S = 0.12


class Wish(QObject):
    """A kind of question, of one view and one side. On the GUI thread.

    What is under way gives way to what is wanted next. While the run trains, what
    nobody has just asked for waits until there is time for it.

    Attributes:
        answer: The newest that has arrived; None where there is none yet.
        answered_to: The question that it answers.
        is_awaited: Whether somebody has just asked for that answer: show it at once.
        cost_s: CPU time that the newest whole answer took, in seconds; 0 before one.
        apart_s: While the run trains, what nobody has just asked for is asked no closer
            than this, in seconds.

    Signals:
        answered: ``answer`` changed.
        ended: That is the whole of it: no better answer follows.
        refused: There is no answer (why, for people: str).
    """

    answered = Signal()
    ended = Signal()
    refused = Signal(str)

    def __init__(
        self,
        thread: ReadingThread,
        run: RunController,
        parent: QObject,
        apart_s: float = APART_S,
        rest: Rest | None = None,
    ) -> None:
        """Want nothing yet.

        Args:
            thread: Answers.
            run: Of the window; while it trains, its time is saved.
            parent: Ends this.
            apart_s: See the class.
            rest: What lies between its answers while the run trains; the usual, if
                nothing is said.
        """
        super().__init__(parent)
        self.answer: Any = None
        self.answered_to: Question[Any] | None = None
        self.is_awaited = False
        self.cost_s = 0.0
        self._thread = thread
        self._run = run
        self.apart_s = apart_s
        self._wanted: tuple[Place, Question[Any]] | None = None
        self._is_asked = True  # what is wanted has been asked
        self._is_wished = False  # somebody waits for it
        self._order: Order | None = None  # under way
        self._is_answered = False  # that has an answer, but may have a better one
        self._asked_s = float("-inf")
        self._patience_s = PATIENCE_S
        self._refusal = ""
        self._rest = rest or Rest(SHARE, WAIT_S, MOST_SHARE)
        self._late = QTimer(self, singleShot=True)
        self._late.timeout.connect(self._on_late_timeout)
        self._late_at_s: float | None = None  # when it comes; each call of Qt's costs
        run.state_changed.connect(self._go_on)

    def set_longest_wait(self, seconds: float = WAIT_S) -> None:
        """Let what nobody has just asked for wait so long to keep to its share."""
        self._rest.most_s = seconds

    @property
    def is_under_way(self) -> bool:
        """Whether an answer is still to come."""
        return self._order is not None or not self._is_asked

    def want(
        self, place: Place, question: Question[Any], *, is_asked_for: bool = True
    ) -> None:
        """Ask ``question`` of ``place``, unless that is what was wanted last.

        Args:
            place: The moment.
            question: What to ask of it.
            is_asked_for: Whether somebody has just asked for that, and waits.
        """
        if self._wanted is not None:
            before, asked = self._wanted
            if question == asked and place.is_same(before):
                return
        self._wanted = place, question
        # What was asked for and is not on its way yet stays so for newer moments.
        self._is_wished = is_asked_for or (self._is_wished and not self._is_asked)
        self._is_asked = False
        self._go_on()

    def rest_while_hidden(self, view: QWidget) -> None:
        """Want nothing while nobody sees ``view``; say anew what it wants then."""
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See `rest_while_hidden`."""
        if event.type() is QEvent.Type.Hide:
            self.rest()
        return False

    def rest(self) -> None:
        """Want nothing until the next wish; the answer there is stays."""
        self._withdraw()
        self._wanted, self._is_asked, self._is_wished = None, True, False

    def drop(self) -> None:
        """Want nothing, and forget the answer."""
        self.rest()
        self._rest.forget()
        self.answer = self.answered_to = None

    @Slot()
    def _go_on(self) -> None:
        """Ask for what is wanted now, but not so often that nothing ever arrives."""
        if self._is_asked:
            return
        now_s = time.monotonic()
        wait_s = self._wait_s(now_s)
        if wait_s > 0:
            self._wait_until(now_s + wait_s)
            return
        if self._order is not None:
            if not self._is_answered:
                self._patience_s *= 2
            self._withdraw()
        self._ask(now_s)

    def _wait_until(self, at_s: float) -> None:
        """Go on then, or sooner."""
        if self._late_at_s is None or at_s < self._late_at_s - 0.001:
            self._late_at_s = at_s
            wait_s = max(0.0, at_s - time.monotonic())  # Qt starts none below 0
            self._late.start(round(wait_s * 1000) + 1)

    @Slot()
    def _on_late_timeout(self) -> None:
        self._late_at_s = None
        self._go_on()

    def _wait_s(self, now_s: float) -> float:
        """Return how long what is wanted has to wait, at least; 0 if it need not."""
        order, since_s = self._order, now_s - self._asked_s
        is_saving = self._run.is_training and not self._is_wished
        if order is not None:
            if is_saving:
                return WAIT_S  # or until that is answered
            is_less = self._is_answered or not order.is_asked_for
            return 0.0 if self._is_wished and is_less else self._patience_s - since_s
        if is_saving:
            return max(self.apart_s - since_s, self._rest.left_s(now_s))
        return 0.0

    def _ask(self, now_s: float) -> None:
        assert self._wanted is not None
        place, question = self._wanted
        self._is_asked, self._asked_s, self._is_answered = True, now_s, False
        if isinstance(question, MomentQuestion) and place.moment is not None:
            self.is_awaited = self._is_wished
            self._take(place.moment, question)
            return
        self._order = Order(self, place, question, is_asked_for=self._is_wished)
        self._thread.ask(self._order)

    def _withdraw(self) -> None:
        if self._order is not None:
            self._order.cancel.cancel()
            self._order = None

    def _take(self, answer: object, question: Question[Any]) -> None:
        self.answer, self.answered_to = answer, question
        self.answered.emit()

    def on_answered(self, order: Order, answer: object) -> None:
        """See `Listener`."""
        if order is self._order:
            self._patience_s, self._refusal = PATIENCE_S, ""
            self.is_awaited, self._is_answered = order.is_asked_for, True
            self._take(answer, order.question)
            self._go_on()

    def on_ended(self, order: Order) -> None:
        """See `Listener`."""
        if order is self._order:
            now_s, self.cost_s = time.monotonic(), order.cost_s
            self._rest.begin(now_s - order.took_s, now_s)
            self._order = None
            self.ended.emit()
            self._go_on()

    def on_refused(self, order: Order, message: str) -> None:
        """See `Listener`."""
        if order is self._order:
            self._order = None
            if order.is_asked_for or message != self._refusal:
                self.refused.emit(message)
            self._refusal = message  # while it trains, it would be told again and again
            self._go_on()
