"""What the page of documents says, in words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.letters import beginning, quoted

if TYPE_CHECKING:
    from microgpt_gui.session.corpus.listing import Listing
    from microgpt_gui.session.corpus.search import Where
    from microgpt_gui.session.learning import Learning
    from microgpt_gui.session.segment import Segment

WORDS = FrameWords(
    seen=(
        "All documents of the run's text, in the order in which training meets them or "
        "as in the file; one step learns one document. The tinted row is the document "
        "of the moment shown. A tick means that the steps up to there have learnt it."
    ),
    computed=(
        "The documents are shuffled once, by the run's seed. Step 1 learns the first, "
        "step 2 the second, and so on; when all that are trained on have been, it "
        "begins again from the first. Searching compares letter by letter."
    ),
    tried=(
        "Look for a letter group that the samples have too. Click a document: every "
        "view that reads a text then reads it. Click its step to see the model as that "
        "step left it."
    ),
    parts="documents",
    loading="The run is being prepared. Its documents appear as soon as it stands.",
    failed=(
        "There are no documents to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
)

POINT = (
    "Click a document to look at it in every view; click its step to go there. "
    "By keyboard: Enter, and Shift+Enter."
)

#: How the places are called where a text can be looked for.
WHERE: dict[Where, str] = {
    "contains": "Contains",
    "begins": "Begins with",
    "ends": "Ends with",
    "is": "Is exactly",
}
_VERBS: dict[Where, tuple[str, str]] = {
    "contains": ("contains", "contain"),
    "begins": ("begins with", "begin with"),
    "ends": ("ends with", "end with"),
    "is": ("is", "are"),
}

#: Letters of a document that a sentence has room for.
_QUOTED = 40


class Part(Enum):
    """Which part of the documents one is of."""

    TRAINED = "trained"  # steps come to it, over and over
    LEFT_OUT = "left out"  # behind the first ones, which alone are trained on
    HELD_OUT = "held out"  # kept to measure the model with


def learnt(learning: Learning, part: Part) -> str:
    """Return the cell that says when a document is learnt."""
    if learning.first is None:
        return "not in this run" if part is Part.TRAINED else part.value
    step = f"step {learning.first:,}"
    if learning.times > 1:
        return f"✓ {step}, {learning.times:,} ×"
    return f"✓ {step}" if learning.times else step


def reading(
    document: str, number: int, place: int, learning: Learning, part: Part
) -> str:
    """Return the sentence on a document."""
    count = len(document)
    letters = f"{count:,} {'letter' if count == 1 else 'letters'}"
    where = f"number {place + 1:,} in training's order, {number + 1:,} in the file"
    return f"{quoted(_cut(document))}: {letters}, {where}; {_when(learning, part)}."


def _when(learning: Learning, part: Part) -> str:
    if learning.first is None:
        if part is Part.HELD_OUT:
            return "held out: no step learns it (held_out)"
        if part is Part.LEFT_OUT:
            return "left out: no step learns it (train_documents)"
        return "no step of this run comes to it"
    if not learning.times:
        return f"step {learning.first:,} is the first to learn it"
    if learning.times == 1:
        return f"learnt in step {learning.first:,}"
    return f"learnt {learning.times:,} times so far, first in step {learning.first:,}"


def not_learnt(first: int | None, done: int) -> str:
    """Say why there is no step to go to."""
    if first is None:
        return "No step of this run learns that document."
    return f"Step {first:,} will learn that document; {done:,} are done so far."


def _cut(document: str) -> str:
    some = beginning(document, _QUOTED)
    return some if len(some) == len(document) else f"{some}…"


def of_all(segment: Segment, done: int, at: int) -> str:
    """Say how many documents there are, and how many of them are learnt.

    Args:
        segment: In force.
        done: How many documents are learnt.
        at: Steps done.
    """
    count, held_out = len(segment.docs), segment.num_held_out
    documents = f"{count:,} {'document' if count == 1 else 'documents'}"
    learnt_ = f"{'all' if done == count else f'{done:,}'} learnt by step {at:,}"
    parts = [f"{documents} of {segment.dataset.title}"]
    parts.append(learnt_ if at else "none learnt yet")
    if held_out:
        parts.append(f"{held_out:,} held out")
    if left_out := count - held_out - segment.num_trained:
        parts.append(f"{left_out:,} left out")
    return ", ".join(parts)


def of_found(listing: Listing) -> str:
    """Say how many documents a text was found in."""
    asked, count, of = listing.asked, len(listing), len(listing.asked.docs)
    verb = _VERBS[asked.where][count != 1]
    said = f"{count:,} of {of:,} documents {verb} {quoted(_cut(asked.text))}"
    return said if listing.is_complete else f"{said} so far …"


def ordering(count: int) -> str:
    """Say that documents are being put in training's order."""
    return f"{count:,} documents are being put in training's order …"


def looking(text: str) -> str:
    """Say that a text is being looked for."""
    return f"Looking for {quoted(_cut(text))} …"


def not_found(listing: Listing, chars: str) -> str:
    """Say that a text is in no document, and why it cannot be."""
    text = listing.asked.text
    strange = [c for c in dict.fromkeys(text) if c not in chars]
    if strange:
        named = ", ".join(quoted(letter) for letter in strange[:3])
        verb = "is" if len(strange) == 1 else "are"
        return f"{named} {verb} in no document: not a letter of this text."
    verb = _VERBS[listing.asked.where][0]
    return f"No document {verb} {quoted(_cut(text))}."
