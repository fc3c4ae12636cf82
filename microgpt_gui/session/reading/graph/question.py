"""The graph of the step that made a moment, as a question to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from microgpt_gui.data.vocabulary import Vocabulary
from microgpt_gui.engine import ENGINES
from microgpt_gui.engine.graph_size import graph_nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.engine.config import ModelConfig
    from microgpt_gui.session.moments.learnt_step import LearntStep
    from microgpt_gui.session.moments.moment import Moment
    from microgpt_gui.session.reading.graph.step_graph import StepGraph
    from microgpt_gui.session.reading.question import Asked

#: A graph of more numbers than this is not made: while it is, it takes some 200 bytes
#: for each of them.
MOST_NUMBERS = 620_000


@dataclass(frozen=True, slots=True, eq=False)
class GraphReading:
    """A step's graph, or why there is none.

    Attributes:
        step: Steps done: those of the moment.
        chars: The alphabet; BOS follows it.
        document: What the step learnt from.
        is_learnt: Whether the step has been done; before the first one, the graph is
            that of the loss that it will learn from.
        graph: The graph; None where it is too large.
        problem: Why it is not all of the step's; for people.
        note: What else is to be told of it; for people.
    """

    step: int
    chars: str
    document: str
    is_learnt: bool
    graph: StepGraph | None
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GraphQuestion:
    """The graph of the loss whose gradient made the moment's last step."""

    def answers(self, asked: Asked) -> Iterator[GraphReading]:
        """See `Question`."""
        moment, learnt = asked.moment, None
        if moment.document and moment.step > 0:
            learnt = asked.reader.step_of(moment, asked.info, asked.check)
        yield graph_of(moment, learnt, asked.check)


def graph_of(
    moment: Moment, learnt: LearntStep | None, check: Callable[[], None]
) -> GraphReading:
    """Return the graph of a step.

    Args:
        moment: What the step has made.
        learnt: The step; None for the one that is to come.
        check: Called often; what it raises ends the work.
    """
    if not moment.document:
        return GraphReading(moment.step, moment.chars, "", False, None, _NO_TEXT)
    config = moment.config if learnt is None else learnt.config
    model = config.model(len(moment.chars) + 1)
    if learnt is None:
        tokens: Sequence[int] = Vocabulary(moment.chars).tokens_of(moment.document)
        weights = moment.weights
    else:
        tokens, weights = learnt.tokens, learnt.before.parameters
    wanted = min(len(tokens) - 1, model.block_size)
    count = _fitting(model, wanted)
    problem = _too_large(model, wanted, count) if count < wanted else ""
    note = "" if ENGINES[config.engine].identical else _LAST_DIGITS
    graph = None
    if count:
        # Not at the top: a window that stands needs no engine of objects yet.
        from microgpt_gui.session.reading.graph.build import build_graph

        try:
            graph = build_graph(
                model, weights, tokens[: count + 1], moment.chars, check
            )
        except (ArithmeticError, ValueError):
            problem = _OUT_OF_RANGE
    return GraphReading(
        step=moment.step,
        chars=moment.chars,
        document=moment.document,
        is_learnt=learnt is not None,
        graph=graph,
        problem=problem,
        note=note,
    )


def _fitting(model: ModelConfig, wanted: int) -> int:
    """Return how many predictions have a graph that is small enough."""
    counts = range(wanted, 0, -1)
    return next((n for n in counts if _numbers(model, n) <= MOST_NUMBERS), 0)


def _numbers(model: ModelConfig, predictions: int) -> int:
    return model.num_params + graph_nodes(model, predictions)


def _too_large(model: ModelConfig, wanted: int, count: int) -> str:
    whole = f"The graph of this step has {_numbers(model, wanted):,} numbers"
    most = f"{MOST_NUMBERS:,} is the most that is shown"
    if not count:
        return f"{whole}, and {most}. A smaller model has a smaller graph"
    which = "the first prediction" if count == 1 else f"the first {count} predictions"
    return f"{whole}, and {most}: this is the graph of {which} alone"


_NO_TEXT = (
    "The text that this run learns from is not at hand, so it has no loss to compute"
)

_OUT_OF_RANGE = "A number of this step is out of range: its graph cannot be computed"

_LAST_DIGITS = (
    "Computed by the autograd engine: the run's own may differ in the last digits"
)
