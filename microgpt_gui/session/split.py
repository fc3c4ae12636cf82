"""Which documents of a shuffled text are trained on, and which are held out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from microgpt_gui.engine.config import ConfigError

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig


class Split(NamedTuple):
    """Documents in the run's shuffled order: the first are trained on.

    Attributes:
        trained: So many of the first; training goes round them.
        held_out: So many of the last, that no step learns from. Any between the two
            are learnt from no more, but are not held out either.
    """

    trained: int
    held_out: int


def held_out_of(share: float, count: int) -> int:
    """Return how many of ``count`` documents a share holds out.

    The nearest whole number, of two as near the larger one; of any share above 0 at
    least one.
    """
    return max(1, int(share * count + 0.5)) if share else 0


def split(config: RunConfig, count: int) -> Split:
    """Return which of ``count`` documents are trained on.

    The held-out ones are set apart first; ``train_documents`` counts among the rest.

    Args:
        config: Of the run.
        count: Documents of its text, at least one.

    Raises:
        ConfigError: None would be left to train on, or there are not so many.
    """
    share, wanted = config.held_out, config.train_documents
    held_out = held_out_of(share, count)
    rest = count - held_out
    if rest < 1:
        allowed = f"below {_below(count)}" if count > 1 else "0"
        raise ConfigError(
            "held_out",
            f"held_out must be {allowed} for a text of {_documents(count)}, to leave "
            f"one to train on, not {share:g}",
        )
    if wanted > rest:
        of_which = f", {held_out:,} of them held out" if held_out else ""
        raise ConfigError(
            "train_documents",
            f"train_documents must be 0 (all) to {rest} for a text of "
            f"{_documents(count)}{of_which}, not {wanted}",
        )
    return Split(wanted or rest, held_out)


def _below(count: int) -> str:
    """Return from which share on all of ``count`` documents would be held out."""
    return f"{(count - 0.5) / count:.9g}"


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"
