"""What the next steps of a run learn from: its text as token ids, a block at a time.

Of a quick engine a step takes some microseconds. To look up each step's document, spell
it, and work out the learning rate would take a good part of that, so it is done for a
thousand steps in one go, and of documents once only where training goes round a text of
moderate size.
"""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.data.spelling import Spelling
from microgpt_gui.engine.steps import StepsAhead

if TYPE_CHECKING:
    from microgpt_gui.data.vocabulary import Vocabulary
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.segment import Segment
    from microgpt_gui.session.shuffled import Shuffled

#: Documents in a block, and tokens, at most: what takes a millisecond to spell.
BLOCK_DOCUMENTS, BLOCK_TOKENS = 1024, 2**16

#: All blocks are kept where they are no more than so many tokens, of 8 bytes each.
MOST_KEPT_TOKENS = 2**20


class _Block(NamedTuple):
    tokens: array[int]  # see `StepsAhead`
    starts: array[int]


class TextAhead:
    """Token ids of a text in the order in which it is learnt. Belongs to one thread."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Stand ready; nothing is spelt yet."""
        self._spelling = Spelling(vocabulary)
        self._text: tuple[Shuffled, int, int] | None = None  # that the blocks are of
        self._blocks: dict[int, _Block] = {}  # by number
        self._documents = 1  # in each block but the last
        self._keeps_all = False
        self._rates = array("d")  # of the steps from `_rates_from` on
        self._rates_from = 0
        self._rates_by: RunConfig | None = None  # whose they are

    def steps(self, segment: Segment, start: int, most: int) -> StepsAhead:
        """Return the next steps: at least one, and at most so many.

        A document longer than the block is cut, as no more of it is learnt from.

        Args:
            segment: What they follow.
            start: The first of them, from 0.
            most: 1 or more; there are fewer where a block of documents ends.
        """
        self._take_up(segment)
        number, first = divmod(segment.place_of(start), self._documents)
        block = self._block(number)
        end = min(first + most, len(block.starts) - 1)
        rates = self._learning_rates(segment.config, start, end - first)
        return StepsAhead(block.tokens, block.starts[first : end + 1], rates)

    def _learning_rates(
        self, config: RunConfig, start: int, count: int
    ) -> array[float]:
        """Return those of so many steps; of a block's steps they are made at once."""
        at = start - self._rates_from
        if config is not self._rates_by or not 0 <= at <= len(self._rates) - count:
            stop = max(start + count, min(start + self._documents, config.steps))
            self._rates = config.learning_rates(start, stop)
            self._rates_from, self._rates_by, at = start, config, 0
        return self._rates[at : at + count]

    def _take_up(self, segment: Segment) -> None:
        docs, size = segment.docs, segment.config.block_size
        text = docs, segment.num_trained, size
        if self._text is not None and self._text[0] is docs and self._text == text:
            return
        self._text = text
        self._blocks.clear()
        self._documents = max(1, min(BLOCK_DOCUMENTS, BLOCK_TOKENS // (size + 2)))
        mean_tokens = min(docs.documents.mean_length, size) + 2
        self._keeps_all = segment.num_trained * mean_tokens <= MOST_KEPT_TOKENS

    def _block(self, number: int) -> _Block:
        block = self._blocks.get(number)
        if block is None:
            if not self._keeps_all:
                self._blocks.clear()
            block = self._blocks[number] = self._spelt(number)
        return block

    def _spelt(self, number: int) -> _Block:
        assert self._text is not None
        docs, trained, size = self._text
        start = number * self._documents
        stop = min(start + self._documents, trained)
        cut = [document[:size] for document in docs.between(start, stop)]
        tokens = self._spelling.tokens_of(cut)
        lengths = [len(document) + 2 for document in cut]
        if trained < self._documents:
            # Of a small text, often round in one block: batches end where it does.
            rounds = self._documents // trained
            tokens, lengths = tokens * rounds, lengths * rounds
        return _Block(tokens, array("q", accumulate(lengths, initial=0)))
