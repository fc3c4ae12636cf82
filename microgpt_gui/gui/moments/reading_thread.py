"""The one thread that reads moments: of the run, of its past, of the run beside it."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal, Slot

from microgpt_gui.engine.base import Cancelled
from microgpt_gui.engine.memory_words import too_large
from microgpt_gui.gui.moments.desk import Desk
from microgpt_gui.gui.threads.worker_thread import WorkerThread
from microgpt_gui.session.reading.question import Asked

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from microgpt_gui.gui.moments.order import Order

#: An order that takes longer lets the others have a turn, between two of its answers;
#: at once if somebody waits for them.
SLICE_S = 0.008

#: Of answers that take the place of one another, no more are told than this.
NEWS_S = 0.1

#: So many runs have a model at hand here: the current one, and the one beside it.
DESKS = 2


class ReadingThread(WorkerThread):
    """Answers orders by turns, those that somebody waits for first.

    Lives on the GUI thread, as its methods do; starts with the first order. Who gave an
    order hears of it, see `Listener`.

    Attributes:
        spent_s: CPU time that all answers have taken so far, in seconds.
    """

    _answered = Signal(object, object)  # Order, answer
    # As an object, not a list: Qt would turn what that holds into values of its own.
    _ended = Signal(object, object)  # Order, answers not told yet
    _refused = Signal(object, str)  # Order, why

    def __init__(self, parent: QObject) -> None:
        super().__init__("reading", parent)
        self.spent_s = 0.0
        self._changed = threading.Condition()  # guards what follows
        self._first: deque[Order] = deque()
        self._by_turns: deque[Order] = deque()
        self._was_first = False  # the order in hand, or the last one
        self._in_hand: Order | None = None
        self._forgets = False
        self._is_shut_down = False
        self._desks: list[Desk] = []  # newest first; the thread's own
        self._answered.connect(self._on_answered)
        self._ended.connect(self._on_ended)
        self._refused.connect(self._on_refused)

    def ask(self, order: Order) -> None:
        """Answer ``order`` when it is its turn. Nothing after `shut_down`."""
        with self._changed:
            if self._is_shut_down:
                return
            (self._first if order.is_asked_for else self._by_turns).append(order)
            self._changed.notify()
        if not self.isRunning():
            self.start()

    def forget(self) -> None:
        """Let the models go."""
        with self._changed:
            self._forgets = True
            self._changed.notify()

    def shut_down(self) -> None:
        """End the thread, in mid-answer if need be, and wait for it; for good."""
        with self._changed:
            self._is_shut_down = True
            for order in (*self._first, *self._by_turns, self._in_hand):
                if order is not None:
                    order.cancel.cancel()
            self._changed.notify()
        self.wait()

    @Slot(object, object)
    def _on_answered(self, order: Order, answer: object) -> None:
        if _is_heard(order):
            order.listener.on_answered(order, answer)

    @Slot(object, object)
    def _on_ended(self, order: Order, untold: list[object]) -> None:
        for answer in untold:
            self._on_answered(order, answer)
        if _is_heard(order):
            order.listener.on_ended(order)

    @Slot(object, str)
    def _on_refused(self, order: Order, message: str) -> None:
        if _is_heard(order):
            order.listener.on_refused(order, message)

    # On the thread itself

    def run(self) -> None:
        """Answer until it is shut down."""
        while (order := self._next()) is not None:
            if self._turn(order):
                with self._changed:
                    self._by_turns.append(order)
        self._desks.clear()

    def _next(self) -> Order | None:
        """Wait for the next order; None at the end."""
        while True:
            with self._changed:
                self._in_hand = None
                if self._is_shut_down:
                    return None
                if not self._forgets:
                    if waiting := self._next_line():
                        self._in_hand = waiting.popleft()
                        return self._in_hand
                    self._changed.wait()
                    continue
                self._forgets = False
            self._desks.clear()  # it may take a while: nobody waits for the lock

    def _next_line(self) -> deque[Order]:
        """Return where the next order stands; those by turns have every other turn."""
        first, by_turns = self._first, self._by_turns
        self._was_first = bool(first) and not (self._was_first and by_turns)
        return first if self._was_first else by_turns

    def _turn(self, order: Order) -> bool:
        """Go on with ``order``; return whether it wants another turn."""
        began_s, began_cpu_s = time.monotonic(), time.thread_time()
        try:
            order.cancel.check()
            goes_on = self._go_on(order)
        except Cancelled:
            return False
        except Exception as error:  # the thread must live on
            message = str(error) or type(error).__name__
            if isinstance(error, MemoryError):
                message = too_large(error, "this moment")
            self._refused.emit(order, message)
            return False
        finally:
            cost_s = time.thread_time() - began_cpu_s
            order.cost_s += cost_s
            order.took_s += time.monotonic() - began_s
            self.spent_s += cost_s
        if not goes_on:
            self._ended.emit(order, order.untold)  # in one: each turn of it costs
        return goes_on

    def _go_on(self, order: Order) -> bool:
        end_s = time.monotonic() + SLICE_S
        if order.answers is None:
            if not order.is_asked_for:
                order.told_s = time.monotonic()  # nobody waits for the first news
            desk = self._desk_of(order)
            moment = desk.moment_at(order.place, order.cancel)
            check = order.cancel.check
            asked = Asked(moment, order.place.info, check, desk.reader)
            order.answers = order.question.answers(asked)
        for answer in order.answers:
            order.untold = [answer]
            now_s = time.monotonic()
            if now_s - order.told_s >= NEWS_S:
                order.told_s, order.untold = now_s, []
                self._answered.emit(order, answer)
            if now_s >= end_s or self._first:
                return True
        return False

    def _desk_of(self, order: Order) -> Desk:
        """Return where the order's run is read, as the one used last."""
        place = order.place
        found = next((d for d in self._desks if d.is_of(place)), None)
        others = [d for d in self._desks if d is not found]
        desk = found or Desk(place)
        self._desks = [desk, *others[: DESKS - 1]]
        return desk


def _is_heard(order: Order) -> bool:
    """Return whether who gave ``order`` is there yet."""
    return shiboken6.isValid(order.listener)
