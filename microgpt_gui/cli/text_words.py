"""What is said on standard error of a text that a run learns from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.cli.streams import say
from microgpt_gui.data import DATASETS
from microgpt_gui.data.text_file import printable_path
from microgpt_gui.session.text_facts import TextFacts

if TYPE_CHECKING:
    from microgpt_gui.session.run import Run


def tell_of_text(run: Run) -> None:
    """Say what was read of a text of the person's, and what may be wrong with it.

    Of any text, say which of its documents are trained on, if not all.
    """
    segment = run.segments[-1]
    dataset, count = segment.dataset, len(segment.docs)
    if segment.num_trained < count:
        held_out = f", {segment.num_held_out:,} held out" * bool(segment.num_held_out)
        say(
            f"{printable_path(dataset.title)}: trains on {segment.num_trained:,} of "
            f"{count:,} documents{held_out}"
        )
    if dataset.source in DATASETS:
        return
    facts = TextFacts.of(dataset)
    sentences = [facts.summary()]
    if cut := facts.said_of_cut(run.config.block_size):
        sentences.append(f"{cut}; {_remedy(facts, run.config.block_size)}")
    if facts.has_mark:
        sentences.append(
            "it begins with a byte order mark (U+FEFF), which is learnt as a letter, "
            "as the script does; --leave-out-mark leaves it out"
        )
    if facts.doubt:
        sentences.append(facts.doubt)
    for sentence in sentences:
        say(f"{printable_path(dataset.title)}: {sentence}")


def _remedy(facts: TextFacts, block_size: int) -> str:
    """Return which context length would cut less."""
    room = facts.context_for_all
    if room <= block_size:
        return "that is the longest context there is"
    return f"--block-size {room} {facts.gain(block_size)}"
