"""Many steps of training in one call: what they learn from, and what they found.

A step of a quick engine takes less time than a few objects of Python; so what many
steps are made of goes in and comes out as arrays.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class StepsAhead:
    """What the next steps learn from, one document each. Nobody writes to it.

    Attributes:
        tokens: BOS, ids, BOS of each document, one after another; type code "q". Some
            of no concern here may stand before the first and behind the last. Of a
            document longer than the model's block, as many ids as that may be enough.
        starts: Where each of them begins in ``tokens``, and the end of the last; "q".
        learning_rates: Adam's, already decayed for each step, [step]; "d".
    """

    tokens: array[int]
    starts: array[int]
    learning_rates: array[float]

    @classmethod
    def of(
        cls, documents: Sequence[Sequence[int]], learning_rates: Sequence[float]
    ) -> StepsAhead:
        """Return steps that learn from these, each BOS, its ids, BOS.

        Raises:
            ValueError: There are not as many learning rates.
        """
        if len(documents) != len(learning_rates):
            raise ValueError(
                f"{len(documents)} documents need as many learning rates, "
                f"not {len(learning_rates)}"
            )
        tokens = array("q")
        for document in documents:
            tokens.extend(document)
        starts = array("q", accumulate(map(len, documents), initial=0))
        return cls(tokens, starts, array("d", learning_rates))

    def __len__(self) -> int:
        return len(self.learning_rates)

    def document(self, place: int) -> list[int]:
        """Return the tokens of the step at ``place``, from 0."""
        return self.tokens[self.starts[place] : self.starts[place + 1]].tolist()


@dataclass(frozen=True, slots=True)
class StepsDone:
    """What steps have found; equally long arrays, [step], type code "d".

    Attributes:
        losses: Mean cross-entropy over the positions, in nats, before each update.
        gradient_norms: Euclidean length of each step's whole gradient.
    """

    losses: array[float]
    gradient_norms: array[float]

    def __len__(self) -> int:
        return len(self.losses)
