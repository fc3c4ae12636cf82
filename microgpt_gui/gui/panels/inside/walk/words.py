"""What is said of each piece of a step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.letters import beginning, named, quoted
from microgpt_gui.session.reading.inside.stages import stages
from microgpt_gui.session.reading.learning.walk import Phase
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.learning.learning import Learning
    from microgpt_gui.session.reading.learning.matrix_gradients import MatrixGradient
    from microgpt_gui.session.reading.learning.walk import Stop

TIP = (
    "Go through the step of training that made this model, piece by piece: forward, "
    "loss, gradients, Adam"
)
BEGIN, ON, BACK = "Walk through a step", "Walk on", "Walk back"
END, END_TIP = "End the walk", "Show the moment itself again (Escape)"
STAGES_TO_COME = "The gradients of the stages are being computed…"
BRINGING = "The step is being brought back…"
UNTRAINED = (
    "No step has made this model yet: it is untrained. Train, or move the timeline, "
    "then walk through the step that led there."
)

NO_RUN = "There is no step to export: no run stands yet."
EMPTY = "nothing"

POINT = "Point at a number to read it to its last digit. W goes on, Shift W back."

#: So many letters of the document are quoted.
_MOST_LETTERS = 40

LEARNING_NAMES = {"loss": "loss", "gradients": "all gradients", "adam": "Adam's update"}

_ADAM_NAMES = {
    "adam.m": "mean of gradients, m",
    "adam.v": "mean of squares, v",
    "adam.m_hat": "m, corrected",
    "adam.v_hat": "v, corrected",
    "adam.data": "new weights",
}


def number(value: float) -> str:
    """Return a number of a table."""
    return f"{value:.4g}"


def letter(learning: Learning, token: int) -> str:
    """Return a token as it is written."""
    chars = learning.moment.chars
    return chars[token] if token < len(chars) else BOS_LABEL


def _named(learning: Learning, token: int) -> str:
    """Return a token as a sentence speaks of it."""
    chars = learning.moment.chars
    return named(chars[token]) if token < len(chars) else BOS_LABEL


def stage_of(learning: Learning, id: str) -> Stage | None:
    """Return the stage of the model, if ``id`` is one."""
    return next((s for s in stages(learning.model) if s.id == id), None)


def stage_name(learning: Learning, id: str) -> str:
    """Return what a stage, or a piece of learning, is called."""
    stage = stage_of(learning, id)
    if stage is None:
        return (LEARNING_NAMES | _ADAM_NAMES)[id]
    if stage.layer is None or learning.model.n_layer == 1:
        return stage.name
    return f"{stage.name}, layer {stage.layer + 1}"


def begun(learning: Learning) -> str:
    """Say which step it is."""
    return f"Step {learning.step:,}"


def subject(learning: Learning) -> str:
    """Say what is learnt from, and in which step."""
    document = quoted(beginning(learning.learnt.document, _MOST_LETTERS))
    return f"step {learning.step:,} learns from {document}"


def place(learning: Learning, stop: Stop) -> str:
    """Say where the walk is."""
    name = stage_name(learning, stop.stage)
    if stop.position is None:
        return f"{stop.phase.value}: {'mean' if stop.phase is Phase.LOSS else name}"
    read = _named(learning, learning.tokens[stop.position])
    if stop.phase is Phase.LOSS:
        return f"{stop.phase.value}, position {stop.position} ({read})"
    return f"{stop.phase.value}, position {stop.position} ({read}): {name}"


def told(learning: Learning, stop: Stop) -> str:
    """Say what is done in a piece of learning; nothing of the way forward."""
    if stop.phase is Phase.LOSS:
        return _told_of_loss(learning, stop)
    if stop.phase is Phase.GRADIENTS:
        return _told_of_gradients(learning, stop)
    return _told_of_adam(learning, stop) if stop.phase is Phase.ADAM else ""


def _told_of_loss(learning: Learning, stop: Stop) -> str:
    at, count = stop.position, learning.positions
    if at is None:
        size = len(learning.moment.chars) + 1
        of = f"the mean of the {count}" if count > 1 else "that of the one position"
        return (
            f"The loss of the step is {of}: {learning.learnt.loss:.4f} nats. To hold "
            f"all {size} tokens for equally likely costs ln {size} = "
            f"{math.log(size):.4f}."
        )
    target = learning.tokens[at + 1]
    chance = f"{learning.probabilities[at][target]:.6g}"  # as exact as the loss below
    read = _named(learning, learning.tokens[at])
    return (
        f"Position {at}: after {read} comes {_named(learning, target)}. The "
        f"model has given it a probability of {chance}; the loss is "
        f"-ln {chance} = {learning.losses[at]:.4f} nats."
    )


def _told_of_gradients(learning: Learning, stop: Stop) -> str:
    if stop.stage == "gradients":
        count = len(learning.learnt.gradient)
        return (
            f"All {count:,} derivatives of the loss, matrix by matrix. Together they "
            f"are a vector of length {number(learning.learnt.gradient_norm)}."
        )
    if stop.stage == "logits":
        count = learning.positions
        said = (
            "Backward begins with the logits: how much the loss grows with each. It is "
            "its probability, less 1 for the token that came next, over the "
            f"{count} positions."
        )
        problem = f" {learning.problem}." if learning.problem else ""
        return said + _told_of_matrix(learning, "lm_head") + problem
    stage = stage_of(learning, stop.stage)
    assert stage is not None
    if not learning.stage_gradients:
        return STAGES_TO_COME
    numbers = [
        number
        for parts in learning.stage_gradients[stop.stage]
        for part in parts
        for number in part
    ]
    said = (
        f"How much the loss grows with each number of this stage: {stage.name}, "
        f"{stage.symbol} = {stage.formula}. Length of all: "
        f"{number(math.hypot(*numbers))}."
    )
    if stop.stage == "embedded":
        return (
            said
            + _told_of_matrix(learning, "wte")
            + _told_of_matrix(learning, "wpe", again=True)
        )
    return said + (_told_of_matrix(learning, stage.matrix) if stage.matrix else "")


def _told_of_matrix(learning: Learning, name: str, *, again: bool = False) -> str:
    matrix = next(m for m in learning.matrices if m.name == name)
    begin = "and" if again else "From here"
    return (
        f" {begin} {name} gets its gradient, {matrix.rows} × {matrix.columns}, of "
        f"length {number(matrix.norm)}{_largest(matrix)}."
    )


def _largest(matrix: MatrixGradient) -> str:
    if not matrix.norm:
        return ""
    entry = matrix.largest[0]
    return f"; the largest is {number(entry.number)}, at [{entry.row}, {entry.column}]"


def entries(matrix: MatrixGradient, count: int) -> str:
    """Return the largest numbers of a matrix with their places."""
    return "   ".join(
        f"[{entry.row}, {entry.column}] {number(entry.number)}"
        for entry in matrix.largest[:count]
        if entry.number
    )


def _told_of_adam(learning: Learning, stop: Stop) -> str:
    # Not at the top: the first window needs none of it.
    from microgpt_gui.session.reading.learning.adam_moves import corrections

    learnt, adam = learning.learnt, learning.learnt.config.adam()
    of_m, of_v = corrections(learnt)
    if stop.stage == "adam.m":
        return (
            "Adam keeps a mean of each weight's gradients, in which old ones count "
            f"less and less: m = {adam.beta1:g} · m before + {1 - adam.beta1:.4g} · "
            "gradient. Here of the weights that this step moves farthest."
        )
    if stop.stage == "adam.v":
        return (
            "The same of the gradients' squares: "
            f"v = {adam.beta2:g} · v before + {1 - adam.beta2:.4g} · gradient²."
        )
    if stop.stage == "adam.m_hat":
        return (
            "m began at 0 and is too small by what is still missing: m̂ = m / "
            f"(1 - {adam.beta1:g}^{learnt.step:,}) = m / {number(of_m)}."
        )
    if stop.stage == "adam.v_hat":
        return (
            f"So is v: v̂ = v / (1 - {adam.beta2:g}^{learnt.step:,}) = "
            f"v / {number(of_v)}."
        )
    return (
        "Each weight moves against its gradient: after = before - "
        f"{number(learnt.learning_rate)} · m̂ / (√v̂ + 1e-8). The number in front is "
        "the learning rate of this step: a weight whose gradients agree moves about as "
        "far."
    )
