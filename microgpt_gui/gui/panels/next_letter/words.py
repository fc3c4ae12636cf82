"""What the panel of the next letter says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import in_one_line, named
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.next_letter import NextLetter

WORDS = FrameWords(
    seen=(
        "How likely each token is to come next after the text, as the model is at the "
        "moment shown: a bar for each letter of the alphabet, and one for BOS, which "
        "ends the document. The strip below lays all probabilities end to end, from 0 "
        "to 1; the die is a random number on it, and the token that it falls on is "
        "drawn."
    ),
    computed=(
        "The model reads BOS and the text, and gives each token a score, its logit. "
        "The logits are divided by the temperature; softmax makes probabilities of "
        "them: e to the power of each, divided by the sum of all. The entropy is the "
        "mean of -ln p, in nats; e to its power is the perplexity: as unsure as among "
        "so many equally likely tokens."
    ),
    tried=(
        "Click a bar to write its letter, Draw to let the die decide. Move the "
        "temperature: near 0 one bar is left, far above 1 all come to be alike. Drag "
        "the die to see what another number would have drawn. Tick Guess, and "
        "be the model. Watch the bars while the run trains."
    ),
    parts="letters",
    loading="The run is being prepared. The odds appear as soon as it stands.",
    failed=(
        "There is no model to ask, because the run could not be prepared. Choose "
        "another dataset or other settings, and apply them."
    ),
)

POINT = (
    "Point at a bar to read it; click to write its letter (Enter), Backspace takes the "
    "last one back."
)

BARS = "Odds of every next token"
OTHER_BARS = "Odds of every next token of the other run"

AT_1 = "at temperature 1"
AT_TEMPERATURE, FALLEN = "at this temperature", "the die's"

COVERED = "guess: click the bar of what comes next"

KINDS = (
    "Filled bars are the probabilities at the temperature chosen; a line across marks "
    "what they are at temperature 1, the model's own. The bar in full colour is the "
    "token that the die falls on."
)

#: So many letters of the text are quoted, its last ones.
_QUOTED = 24


def subject(shown: NextLetter) -> str:
    """Say what the next token is looked for after, and after how many steps."""
    return f"step {shown.step:,}, {after(shown)}"


def after(shown: NextLetter) -> str:
    """Say what the next token is looked for after."""
    if not shown.text:
        return f"after {BOS_LABEL} (the beginning)"
    text = in_one_line(shown.text)
    if len(text) > _QUOTED:
        text = "…" + text[-_QUOTED:]
    return f'after "{isolated(text)}"'


def token(shown: NextLetter, number: int) -> str:
    """Return a token as a sentence speaks of it."""
    if number == len(shown.chars):
        return f"{BOS_LABEL} (the end)"
    return named(shown.chars[number])


def reading(shown: NextLetter, number: int) -> str:
    """Say what the odds of a token are, and how many are likelier."""
    odds = shown.odds
    chance = odds.probabilities[number]
    rank = 1 + sum(p > chance for p in odds.probabilities)
    own = f" ({AT_1}: {shown.own[number]:.4g})" if odds.temperature != 1 else ""
    return (
        f"{token(shown, number)}, token {number}: probability {chance:.4g}{own}, "
        f"logit {odds.logits[number]:.5g}, rank {rank:,} of {len(odds.logits):,}"
    )


def longest_reading(shown: NextLetter) -> str:
    """Return a sentence as long as any that is said of ``shown``, as a rule."""
    most = len(shown.chars) + 1
    longest = f'"w", token {most}: probability 0.001234 ({AT_1}: 0.001234), '
    return max(POINT, f"{longest}logit -1.2345, rank {most} of {most}", key=len)


def covered(shown: NextLetter, number: int) -> str:
    """Say which token a bar is of that is to be guessed."""
    return f"{token(shown, number)}: its odds are covered until you have guessed"


def guessed(shown: NextLetter, number: int) -> str:
    """Say how far down the list a guess was."""
    chances = shown.odds.probabilities
    rank = 1 + sum(p > chances[number] for p in chances)
    return (
        f"your guess, {token(shown, number)}: rank {rank:,} of {len(chances):,} "
        f"({chances[number]:.4g})"
    )


def short(shown: NextLetter, number: int) -> str:
    """Say in short what the odds of a token are, for screen readers."""
    return f"{token(shown, number)}: {shown.odds.probabilities[number]:.4g}"


def fallen(shown: NextLetter, number: int, die: float) -> str:
    """Say what the die falls on."""
    chance = shown.odds.probabilities[number]
    return f"the die, {die:.4f}, falls on {token(shown, number)}, whose odds are " + (
        f"{chance:.4g}"
    )


def ended(shown: NextLetter, number: int) -> str:
    """Say that the document is at its end, and what the way back is."""
    if number == len(shown.chars):
        return f"{BOS_LABEL}: the document ends here. Back takes it back"
    return (
        f"{token(shown, number)} fills the context: the document ends here. Back takes "
        "it back"
    )


def die(shown: NextLetter, number: int, *, is_true: bool) -> str:
    """Say what the die falls on, and which random number it is."""
    if not is_true:
        return f"what if: it would fall on {token(shown, number)}"
    whose = "default seed" if shown.seed is None else f"seed {shown.seed}"
    which = f"{whose}, number {shown.drawn + 1}"
    return f"falls on {token(shown, number)} ({which})"
