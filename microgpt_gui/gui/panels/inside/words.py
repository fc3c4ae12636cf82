"""What the inside panel says, in words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.colour_range import ColourRange
from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.letters import named
from microgpt_gui.session.reading.inside.stages import Kind
from microgpt_gui.session.reading.inside.way import ranked
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay

POINT = (
    "The way of one token, chosen among the letters above, to what comes next. Point "
    "at a cell to read its number, click a stage to open it."
)

WORDS = FrameWords(
    seen=(
        "One token of the text on its way through the model: every number that is "
        "computed for it, stage by stage, blue below zero and orange above. Each strip "
        "is one vector; q, k, v and what comes of them are parted by head, and "
        "attention weights are shares, as in Attention. The line below leads the "
        "residual stream around attention and MLP, to where each is added to it."
    ),
    computed=(
        "These are the model's own numbers, at the moment shown, by the run's own "
        "arithmetic. Open a stage to see its formula, its matrix and the products that "
        "each number is the sum of. The logit lens puts the residual stream through "
        "lm_head and softmax after each addition. The model itself does that after "
        "its last layer alone: it shows where a guess comes up, not what the model "
        "says there."
    ),
    tried=(
        "Click W_O, then one of its numbers: its largest products come first. Follow "
        "the letters of the lens along the stream while the run trains. Count the "
        "units that ReLU zeroes. Choose another letter of the text, and drag the "
        "timeline to step 0. C shows the code that computes a stage; W walks through "
        "the step of training that made this model, piece by piece."
    ),
    parts="stages",
    loading="The run is being prepared. Its stages appear as soon as it stands.",
    failed=(
        "There is no model to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
    meaning="number",
    ranges={
        ColourRange.FIXED: ("all alike", "Alike: as far as 99 in 100 of all numbers"),
        ColourRange.PART: ("by stage", "By stage: as far as 99 in 100 of its own"),
    },
    widest_tick="-0.005",
)

#: What stages are parts of, from which to which.
GROUPS = (
    ("embedding", "tok_emb", "norm0"),
    ("attention", "norm1", "middle"),
    ("MLP", "norm2", "after"),
    ("prediction", "logits", "probs"),
)

#: As long as the sentence for the pointer gets, as a rule.
LONGEST_READING = (
    "layer 1, attention weights, head 4, on position 15 (“w”): "
    "0.0123 · 0.012345678901234567 · attn_wq[15][15] × n[15]"
)


def ticks(end: float | None) -> tuple[str, str, str]:
    """Return the numbers of the colours; None where there are several scales."""
    return ("-most", "0", "+most") if end is None else (f"-{end:g}", "0", f"+{end:g}")


def full_name(stage: Stage, layers: int) -> str:
    """Return what a stage is called, with its layer where there are several."""
    if stage.layer is None or layers == 1:
        return stage.name
    return f"layer {stage.layer + 1}, {stage.name}"


def layer(number: int) -> str:
    """Return what a layer is called, counted from 0."""
    return f"layer {number + 1}"


def on_to(number: int, *, has_lens: bool) -> str:
    """Say that the stream goes on to a layer, and that a lens is drawn below."""
    return f"to {layer(number)} · logit lens:" if has_lens else f"on to {layer(number)}"


def layers_of(way: TokenWay) -> int:
    """Return how many layers the model has."""
    return way.moment.config.n_layer


def told(value: float) -> str:
    """Return a number in short, and to its last digit."""
    if not isfinite(value):
        return f"no number ({value})"
    short = f"{value:+.4f}" if abs(value) < 1e6 else f"{value:+.3e}"
    return f"{short} · {value!r}"


def token_named(way: TokenWay, token: int) -> str:
    """Return a token of the alphabet as a sentence speaks of it."""
    chars = way.chars
    return named(chars[token]) if token < len(chars) else BOS_LABEL


def position_named(way: TokenWay, position: int) -> str:
    """Return a position of the text and its letter."""
    return f"position {position} ({token_named(way, way.shown.tokens[position])})"


def place_of(way: TokenWay, stage: Stage, index: int) -> str:
    """Say which of a stage's numbers it is.

    Args:
        way: What is shown.
        stage: Of it.
        index: Of the number, counted through all heads.
    """
    if stage.layer is None and stage.kind in (Kind.SOFTMAX, Kind.PRODUCT):
        return f"of {token_named(way, index)}"
    width = stage.width or way.position + 1
    part, number = divmod(index, width)
    if stage.width is None:
        return f"head {part + 1}, on {position_named(way, number)}"
    if stage.parts > 1:
        return f"head {part + 1}, number {number}"
    return f"unit {index}" if stage.kind is Kind.RELU else f"number {index}"


def reading(way: TokenWay, stage: Stage, index: int | None) -> str:
    """Say what a cell of a stage shows; of the whole stage, for None."""
    name = full_name(stage, layers_of(way))
    if index is None:
        return f"{name}: {stage.symbol} = {stage.formula}. {about(way, stage)}"
    value = way.flat(stage.id)[index]
    said = f"{name}, {place_of(way, stage, index)}: {told(value)}"
    if stage.kind is Kind.RELU:
        before = way.flat(stage.sources[0])[index]
        if before < 0:
            said += f" · zeroed, it was {before:.4f}"
    return said


def about(way: TokenWay, stage: Stage) -> str:
    """Say of a stage what a number of it does not tell."""
    if stage.kind is Kind.RELU:
        units = way.flat(stage.sources[0])
        return f"{sum(u <= 0 for u in units)} of {len(units)} units are zeroed."
    if stage.id in way.scales:
        return f"Scaled by {told(way.scales[stage.id])}."
    if stage.is_stream:
        lens = lens_of(way, stage.id)
        return f"Length {way.length(stage.id):.4f}. {lens}."
    if stage.id == "probs":
        return f"Most likely: {likeliest(way, stage.id)}."
    return f"Length {way.length(stage.id):.4f}."


def lens_of(way: TokenWay, id: str) -> str:
    """Say what the stream after a stage says of the next letter."""
    is_last = id == way.last_stream
    said = likeliest(way, id)
    return f"The model's prediction: {said}" if is_last else f"{_LENS_SAYS} {said}"


_LENS_SAYS = "The logit lens (lm_head here, where the model has none):"


def likeliest(way: TokenWay, id: str, count: int = 3) -> str:
    """Name the tokens that a readout finds likeliest, and their probabilities."""
    readout = way.numbers[id][0] if id == "probs" else way.readouts[id]
    return ", ".join(
        f"{token_named(way, token)} {share(readout[token])}"
        for token in ranked(readout)[:count]
    )


def share(probability: float) -> str:
    """Return a probability in percent."""
    if not isfinite(probability):
        return "?"
    percent = 100 * probability
    return f"{percent:.0f} %" if percent >= 9.95 else f"{percent:.1f} %"


def stream_texts(way: TokenWay, id: str, label: str) -> tuple[str, ...]:
    """Return what can stand below a stage of the stream, the longest first.

    Args:
        way: What is shown.
        id: Of the stage.
        label: The sign of the likeliest token.
    """
    readout, length = way.readouts[id], f"{way.length(id):.2f}"
    alone = f"length {length}"
    if id == way.last_stream:
        return alone, length
    lens = f"lens {label} {share(readout[ranked(readout)[0]])}"
    return f"{alone} · {lens}", f"{length} · {lens}", alone, length


def subject(way: TokenWay, said: str) -> str:
    """Add to what is said of the text which token goes the way."""
    return f"{said}, {position_named(way, way.position)}"


# A stage that is open


def opened_name(stage: Stage, part: int, parts: int) -> str:
    """Return what a stage is called, with the head that is shown of several."""
    return f"{stage.name}, head {part + 1}" if parts > 1 else stage.name
