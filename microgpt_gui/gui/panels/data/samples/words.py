"""What the page of samples says, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.letters import beginning, quoted
from microgpt_gui.session.reading.sample_tally import Kind

if TYPE_CHECKING:
    from microgpt_gui.session.reading.sample_tally import Tally
    from microgpt_gui.session.sample_batch import Sample

WORDS = FrameWords(
    seen=(
        "Many samples of the model at the moment shown, counted: how many stand in the "
        "data word for word, how many of these the model has learnt from, how many are "
        "new; for Roman numerals and sums, how many are valid by their rule; how many "
        "the model ended itself, and how many the context length cut."
    ),
    computed=(
        "They are drawn with the temperature and the seed of Sampling, without a "
        "prompt, each after the other from one stream of random numbers: the first "
        "ones are those that Sampling shows. The same step, temperature, seed and "
        "count give the same samples again. A sample as long as the context length is "
        "known if a document begins with it, since training sees no more. Of samples "
        "that are equal, all but the first are repeats."
    ),
    tried=(
        "Lower the temperature, and see the known ones and the repeats grow. Train for "
        "long on few documents (Elements): the model knows them by heart. With Roman "
        "numerals, see what becomes valid first."
    ),
    parts="samples",
    loading="The run is being prepared. Samples are counted as soon as it stands.",
    failed=(
        "There is no model to draw from, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
)

DRAWING = "Samples are being drawn …"
POINT = (
    "Click a kind to list its samples alone; click a sample to look at it in every "
    "view. By keyboard: Enter."
)

_TITLES = {
    Kind.NEW: "new",
    Kind.KNOWN: "in the data",
    Kind.LEARNT: "in the data, learnt",
    Kind.NOT_LEARNT: "in the data, not learnt",
    Kind.VALID: "valid",
    Kind.FOUND: "valid, not learnt",
    Kind.INVALID: "not valid",
    Kind.ENDED: "ended by the model",
    Kind.REPEATED: "drawn before",
}
_MEANINGS = {
    Kind.NEW: "they stand in no document",
    Kind.KNOWN: "they stand in the data word for word",
    Kind.LEARNT: "a step up to this moment has learnt them",
    Kind.NOT_LEARNT: "the model has never been shown them",
    Kind.VALID: "the rule of the dataset holds for them",
    Kind.FOUND: "the rule holds, and the model has never been shown them",
    Kind.INVALID: "the rule of the dataset does not hold for them",
    Kind.ENDED: "the model chose BOS",
    Kind.CUT: "they are as long as the context, and nothing ended them",
    Kind.REPEATED: "another sample before them has the same letters",
}

EMPTY = "(empty)"

#: Letters of a sample that a sentence has room for.
_QUOTED = 40


def kind_title(kind: Kind, tally: Tally) -> str:
    """Return what a kind is called."""
    if kind is Kind.CUT:
        return f"cut at {tally.block_size:,}"
    return _TITLES[kind]


def kind_reading(kind: Kind, tally: Tally) -> str:
    """Return the sentence on a kind."""
    count, of = len(tally.of_kind(kind)), len(tally.samples)
    title, meaning = kind_title(kind, tally), _MEANINGS[kind]
    return f"{count:,} of {of:,} samples are {title} ({percent(count, of)}): {meaning}."


def sample_reading(number: int, sample: Sample, tally: Tally) -> str:
    """Return the sentence on a sample."""
    some = beginning(sample.text, _QUOTED)
    text = quoted(some if len(some) == len(sample.text) else f"{some}…")
    parts = ["in the data" if sample.is_known else "new"]
    if sample.is_valid is not None:
        parts.append("valid" if sample.is_valid else "not valid")
    is_cut = len(sample.text) >= tally.block_size
    parts.append("cut" if is_cut else "ended by the model")
    logp = f"log p {sample.log_probability:.2f}".replace("-", "\N{MINUS SIGN}")
    return f"Sample {number + 1:,}, {text}: {', '.join(parts)}; {logp} nats."


def percent(count: int, of: int) -> str:
    """Return a share."""
    share = 100 * count / of if of else 0.0
    return f"{share:.1f}\N{NO-BREAK SPACE}%"


def marks(sample: Sample) -> str:
    """Return what stands beside a sample."""
    said = "in data" if sample.is_known else "new"
    if sample.is_valid is None:
        return said
    return f"{said} {'✓' if sample.is_valid else '✗'}"


def chance(temperature: float, seed: int | None) -> str:
    """Say what is drawn with."""
    named = "default seed" if seed is None else f"seed {seed}"
    return f"temperature {temperature:g}, {named}, as in Sampling"


def summary(tally: Tally) -> str:
    """Say what is counted, and of when."""
    count = len(tally.samples)
    when = f"after step {tally.step:,}" if tally.step else "before any training"
    if not tally.is_complete:
        return f"{count:,} of {tally.wanted:,} samples {when} so far …"
    samples = "sample" if count == 1 else "samples"
    seed = "default seed" if tally.seed is None else f"seed {tally.seed}"
    said = f"{count:,} {samples} {when}, temperature {tally.temperature:g}, {seed}"
    return f"{said}. {tally.problem}" if tally.problem else said
