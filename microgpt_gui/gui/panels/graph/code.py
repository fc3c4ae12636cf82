"""The lines of the engine that compute a number."""

from __future__ import annotations

from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microgpt_gui.session.reading.graph.step_graph import StepGraph

#: What the stages of the graph are called there, where that is something else.
_NAMES = {"loss": "loss.each", "mean": "loss.mean"}


def code_of(graph: StepGraph, number: int) -> str:
    """Return the statements that compute a number's stage; none of a weight."""
    return code_of_group(graph, graph.groups.leaf_of(number))


def code_of_group(graph: StepGraph, group: int) -> str:
    """Return those of the stage that a group is, or is in; none of several stages."""
    groups = graph.groups
    if groups.starts[group] < graph.weights:
        return ""
    kinds = (groups.kinds[g] for g in groups.around(group)[1:])
    stage = next((kind for kind in kinds if kind not in ("position", "layer")), "")
    return _statements(_NAMES.get(stage, stage)) if stage else ""


@cache
def _statements(stage: str) -> str:
    # Not at the top: the source is read and parsed once somebody looks at a number.
    from microgpt_gui.session.reading.source.excerpts import excerpts
    from microgpt_gui.session.reading.source.links import lines_of

    wanted, found = lines_of(stage).own, []
    for excerpt in excerpts():
        lines = enumerate(excerpt.text.splitlines(), excerpt.first_line)
        own = [text for at, text in lines if (excerpt.file, at) in wanted]
        if own:
            found.append(dedent("\n".join(own)))
    return "\n".join(found)
