"""The batches of a run, to page back from trained names to gibberish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.sample_batch import SampleBatch

#: Batches kept; the oldest make room.
CAPACITY = 200


def is_same_draw(one: SampleBatch, other: SampleBatch) -> bool:
    """Whether two batches answer one request to one state of the model, or one copy.

    Such batches hold the same samples, as far as each has come.
    """
    return _drawn_from(one) == _drawn_from(other)


def _drawn_from(batch: SampleBatch) -> tuple[object, ...]:
    return batch.run_id, batch.step, batch.request, batch.alteration


class BatchHistory:
    """Batches in the order of their coming, one of them shown.

    Who looks at the newest goes on to the next one that comes; who has gone back stays.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._batches: list[SampleBatch] = []
        self._index = -1
        self._is_newest_passing = False

    def __len__(self) -> int:
        return len(self._batches)

    @property
    def shown(self) -> SampleBatch | None:
        """The batch to show; None where there is none."""
        return self._batches[self._index] if self._batches else None

    @property
    def position(self) -> int:
        """The place of `shown`, from 1; 0 where there is none."""
        return self._index + 1

    @property
    def is_at_newest(self) -> bool:
        """Whether nothing is newer than what is shown."""
        return self._index == len(self._batches) - 1

    def clear(self) -> None:
        """Forget all."""
        self._batches.clear()
        self._index = -1
        self._is_newest_passing = False

    def holds(self, batch: SampleBatch) -> bool:
        """Whether this draw is here, as far as it may have come."""
        return any(is_same_draw(known, batch) for known in self._batches)

    def add(self, batch: SampleBatch, *, is_passing: bool = False) -> None:
        """Take a batch that has come, or has grown.

        One that ``is_passing``, drawn while a slider moves, makes room for the next one
        of the same step, unless one of them is a scratch copy's.

        One that has grown takes its own place, however late it comes, and never that of
        a newer one. The newest draw, drawn again, is not taken twice.
        """
        for index in range(len(self._batches) - 1, -1, -1):
            known = self._batches[index]
            is_newest = index == len(self._batches) - 1
            if is_same_draw(known, batch) and (is_newest or not known.is_complete):
                if len(batch.samples) >= len(known.samples):
                    self._batches[index] = batch
                return
        follows = self.is_at_newest
        if is_passing and self._is_newest_passing:
            newest = self._batches[-1]
            is_of_same = bool(newest.alteration) is bool(batch.alteration)
            if newest.step == batch.step and is_of_same:
                self._batches.pop()
        self._is_newest_passing = is_passing
        self._batches.append(batch)
        if len(self._batches) > self._capacity:
            del self._batches[0]
            self._index = max(0, self._index - 1)
        if follows:
            self.go_to_newest()

    def go(self, by: int) -> None:
        """Show the batch ``by`` places later (negative: earlier); stop at the ends."""
        if self._batches:
            self._index = min(max(self._index + by, 0), len(self._batches) - 1)

    def go_to_newest(self) -> None:
        """Show the newest batch, and those to come."""
        self._index = len(self._batches) - 1
