"""What the graph panel says, in words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from microgpt_gui.gui.panel.frame_words import FrameWords
from microgpt_gui.gui.theme import coverage
from microgpt_gui.letters import quoted
from microgpt_gui.session.reading.graph.names import (
    WITHIN,
    group_path,
    number_name,
    whole_name,
)
from microgpt_gui.session.reading.graph.open_groups import gradient_size
from microgpt_gui.session.reading.graph.operation import Operation as Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.session.reading.graph.open_groups import Box
    from microgpt_gui.session.reading.graph.question import GraphReading
    from microgpt_gui.session.reading.graph.step_graph import Link, StepGraph

WORDS = FrameWords(
    seen=(
        "All numbers of one step's loss, and how each was computed from others: one "
        "group for each position of the document, in it its stages, their rows, and "
        "at last single sums and products. An edge says that numbers of one box went "
        "into another: of the box looked at, blue ones lead in, orange ones out. The "
        "stronger a box's colour, the larger its gradient."
    ),
    computed=(
        "The autograd engine computes the loss with objects that remember what they "
        "were made of; then it walks back from the loss. By the chain rule a number's "
        "gradient is the sum, over all that was made of it, of the local derivative "
        "times the gradient there. The weights are those before the step."
    ),
    tried=(
        "Press B again and again: each step back goes to what contributes most; from a "
        "weight, on with what it was multiplied by, down to the embeddings. Choose a "
        "weight of wq: one contribution for each position adds up to its gradient. "
        "Open a ReLU and find a unit that passes no gradient."
    ),
    parts="positions",
    loading="The run is being prepared. The graph appears as soon as it stands.",
    failed=(
        "There is no graph to look at, because the run could not be prepared. "
        "Choose another dataset or other settings, and apply them."
    ),
    meaning="size of gradient",
)

POINT = (
    "Click a group to open it, a number to see what it is made of. B walks back from "
    "the loss, Escape closes what is open."
)

#: As long as the sentence for the pointer gets, as a rule.
LONGEST_READING = (
    "position 3: m, logits, 26: BOS, product 15 = 0.12345678901234567, "
    "gradient -0.01234567890123456"
)

IN_CODE = "One of the numbers made by"
THEIR_CODE = "Its numbers are made by"

NOTHING_CHOSEN = "Choose a number, or walk back from the loss."


def subject(shown: GraphReading) -> str:
    """Say of which step the graph is, and of how many numbers."""
    count = "" if shown.graph is None else f", {len(shown.graph):,} numbers"
    if not shown.is_learnt:
        return f"before step 1{count}, {quoted(shown.document)}"
    return f"step {shown.step:,}{count}, {quoted(shown.document)}"


def notes(shown: GraphReading, *, is_training: bool) -> str:
    """Return what is to be told of a graph beside how to read it.

    Args:
        shown: The graph.
        is_training: Its run goes on meanwhile.
    """
    lacking = coverage.sentence(coverage.without_font(shown.document))
    held = "It stays while the run trains: Newest step shows another" * is_training
    early = "" if shown.is_learnt or shown.graph is None else _EARLY
    return ". ".join(filter(None, (early, held, shown.note, lacking)))


_EARLY = "This is the loss that the first step learns from"


def told(value: float) -> str:
    """Return a number, short."""
    return f"{value:.3g}" if isfinite(value) else "no number"


def name_of(graph: StepGraph, box: Box) -> str:
    """Return what a box is called, with what it is in."""
    if box.is_number:
        return whole_name(graph, box.start)
    return group_path(graph, box.key)


def reading(graph: StepGraph, box: Box) -> str:
    """Say what a box is, with all digits."""
    if box.is_number:
        value, grad = graph.data[box.start], graph.grad[box.start]
        return f"{name_of(graph, box)} = {value!r}, gradient {grad!r}"
    does = "closes" if box.is_open else "opens"
    return f"{group(graph, box)}. Enter {does} it."


def group(graph: StepGraph, box: Box) -> str:
    """Say what a group is."""
    size = told(gradient_size(graph, box))
    count = _numbers(box.stop - box.start)
    return f"{name_of(graph, box)}: {count}, size of gradient {size}"


def spoken(graph: StepGraph, box: Box) -> str:
    """Say in short to a screen reader what a box is."""
    if box.is_number:
        name, value = number_name(graph, box.start), told(graph.data[box.start])
        return f"{name}: {value}, gradient {told(graph.grad[box.start])}"
    state = "open" if box.is_open else "closed"
    return f"{group_path(graph, box.key)}, {_numbers(box.stop - box.start)}, {state}"


def contribution(graph: StepGraph, link: Link, chosen: int, other: int) -> str:
    """Say in two lines what a link adds to its source's gradient.

    Args:
        graph: The graph.
        link: The link.
        chosen: Which end of it is looked at.
        other: Which is to be named.
    """
    grad = graph.grad[link.target]
    return (
        f"{_name_beside(graph, chosen, other)}\n"
        f"{told(link.slope)} × {told(grad)} = {told(link.contribution)}"
    )


def number(graph: StepGraph, chosen: int) -> str:
    """Say what the chosen number is, short."""
    value, grad = told(graph.data[chosen]), told(graph.grad[chosen])
    return f"{whole_name(graph, chosen)} = {value}, gradient {grad}"


def used_by(graph: StepGraph, chosen: int, links: Sequence[Link]) -> str:
    """Say where a number's gradient comes from, before the list of it."""
    if chosen == graph.loss:
        return "This is the loss: its gradient is 1"
    if not links:
        return "Nothing in this step was made of it: its gradient is 0"
    return f"Its gradient adds up from\n({_paths(graph.paths[chosen])} from the loss)"


def made_of(graph: StepGraph, chosen: int) -> str:
    """Say what a number was made of, before the list of it."""
    if chosen < graph.weights:
        return "A weight: made of nothing"
    return f"{_HOW[graph.operation(chosen)]}\nPasses its gradient on to"


def total_of(links: Sequence[Link]) -> str:
    """Say what the contributions add up to."""
    total = _sum(links)
    return f"{len(links)} together: {told(total)}, its gradient"


def rest_of(links: Sequence[Link]) -> str:
    """Say what the contributions are that are not listed."""
    return f"and {len(links):,} more: {told(_sum(links))}"


def trail(graph: StepGraph, stops: Sequence[int], derivative: float) -> str:
    """Say what the way here contributes, before the list of its stops."""
    count = len(stops) - 1
    way = "1 step" if count == 1 else f"{count} steps"
    told_of = f"The way here, {way}: the local derivatives multiply to"
    if stops[0] != graph.loss:
        return f"{told_of} {told(derivative)}"
    share = _paths(graph.paths[stops[-1]], "the share of 1 of")
    return f"{told_of} {told(derivative)}, {share}"


def stepped_on(graph: StepGraph, stop: int, derivative: float) -> str:
    """Say what a number on the way is, and what the way there multiplies to."""
    return f"{whole_name(graph, stop)}\nso far {told(derivative)}"


def _name_beside(graph: StepGraph, chosen: int, other: int) -> str:
    """Return what a number is called; its position goes without saying if shared."""
    name, groups = whole_name(graph, other), graph.groups
    position, same = (groups.around(groups.leaf_of(n))[1] for n in (chosen, other))
    is_weight = groups.kinds[position] == "weights"
    if position != same or is_weight:
        return name
    return name.removeprefix(f"{group_path(graph, position)}{WITHIN}")


def _sum(links: Sequence[Link]) -> float:
    total = 0.0
    for link in links:
        total += link.contribution
    return total


def _paths(count: float, word: str = "on") -> str:
    """Say on how many paths the loss is reached."""
    if count == 1:
        return "the only path" if word != "on" else "on 1 path"
    shown = f"{count:,.0f}" if count < 1e7 else f"about {count:.1e}"
    return f"{word} {shown} paths"


#: How a number was made.
_HOW = {
    Op.SUM: "A sum",
    Op.PRODUCT: "A product",
    Op.TIMES: "A number times a constant",
    Op.LESS_LARGEST: "A logit less the largest one",
    Op.PLUS_EPSILON: "A number plus 1e-5",
    Op.INVERSE: "To the power of -1",
    Op.INVERSE_ROOT: "To the power of -0.5",
    Op.EXP: "e to the power of a number",
    Op.LOG: "A natural logarithm",
    Op.RELU: "A number if above 0, else 0",
    Op.NEGATIVE: "A number times -1",
}


def _numbers(count: int) -> str:
    return "1 number" if count == 1 else f"{count:,} numbers"
