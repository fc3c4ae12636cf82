"""What runs are called, and how they differ, in words."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from microgpt_gui.isolation import isolated
from microgpt_gui.letters import in_one_line
from microgpt_gui.session import recipe
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import file_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from microgpt_gui.session.recipe import Recipe, Values

#: A suggested name tells of so many settings at most.
_MOST_SETTINGS = 3

#: More letters of a name have no room anywhere.
_MOST_LETTERS = 200

#: All settings; those that tell most of what a run is like come first.
_TELLING = (
    "documents",
    "leave_out_mark",
    "held_out",
    "train_documents",
    "learning_rate",
    "n_layer",
    "n_embd",
    "n_head",
    "block_size",
    "beta1",
    "beta2",
    "steps",
    "decay_steps",
    "seed",
)


_WORDS = {
    "learning_rate": "learning rate",
    "decay_steps": "learning rate reaches 0 at",
    "decay_start": "decay start",
    "leave_out_mark": "mark left out",
    "held_out": "held out",
    "train_documents": "documents trained on",
}


def setting(name: str) -> str:
    """Return what people call a setting of `RunConfig`."""
    return _WORDS.get(name, name)


def value(of: Any) -> str:  # as RunConfig.differences has it
    """Return a setting's value; of a file, its name."""
    if isinstance(of, bool):
        return "yes" if of else "no"
    if isinstance(of, float):
        return f"{of:g}"
    return in_one_line(file_name(of)) if isinstance(of, str) else str(of)


#: What `fork_name` returns, in parts: the first parent's name, and the steps.
_FORK = re.compile(r"Fork of (.+) at steps? ([\d,]+(?: and [\d,]+)*)", re.DOTALL)


def fork_name(parent: str, step: int) -> str:
    """Return the name of a run that parts from another one.

    A fork of a fork names the first parent, and the steps at which the way turned.

    Args:
        parent: The other run's name.
        step: Steps that both have in common.
    """
    turns = [f"{step:,}"]
    if fork := _FORK.fullmatch(parent):
        parent = fork[1]
        before = [t for t in fork[2].split(" and ") if _number(t) < step]
        turns = before + turns
    else:
        parent = isolated(parent)
    return f"Fork of {parent} at step{'s' * (len(turns) > 1)} {' and '.join(turns)}"


def _number(told: str) -> int:
    return int(told.replace(",", "") or 0)


def told(values: Values, name: str = "") -> str:
    """Return what the setting ``name`` was in a run's course; see `recipe.told`."""
    write = {"decay_steps": _end, "train_documents": _number_of_documents}
    return recipe.told(values, write.get(name, value))


def _number_of_documents(count: int) -> str:
    return f"{count:,}" if count else "all"


def _end(step: int) -> str:
    return f"step {step:,}" if step else "the last step"


def changes(before: Recipe, after: Recipe) -> str:
    """Return what was changed between two runs; empty for nothing."""
    return ", ".join(
        f"{setting(name)} {_turn(name, *values)}"
        for name, values in differences(before, after).items()
    )


def differences(one: Recipe, other: Recipe) -> dict[str, tuple[Values, Values]]:
    """Return what people are told apart two runs by; see `Recipe.differences`."""
    found = one.differences(other)
    if "learning_rate" in found:  # from which step on it falls is said there
        found.pop("decay_start", None)
    return found


def _turn(name: str, ours: Values, theirs: Values) -> str:
    """Return "this to that"; of what is the same up to a step, its end alone."""
    if theirs[: len(ours)] == ours:
        ours, theirs = ours[-1:], theirs[len(ours) :]
        last = told(((0, ours[0][1]),), name)
        return f"{isolated(last)} to {isolated(told(theirs, name))}"
    before = told(ours, name)
    before = before if len(ours) == 1 else f"({before})"
    return f"{isolated(before)} to {isolated(told(theirs, name))}"


def suggested_name(of: Recipe) -> str:
    """Return a name: the dataset, and what is not as it is by default."""
    usual = RunConfig()
    dataset = recipe.told(of.values("dataset"), _stem)
    others = [
        f"{setting(name)} {told(values, name)}"
        for name in _TELLING
        if (values := of.values(name)) != ((0, getattr(usual, name)),)
    ]
    if len(others) > _MOST_SETTINGS:
        others[_MOST_SETTINGS:] = ["…"]
    return ", ".join((dataset, *others))


def _stem(dataset: str) -> str:
    return isolated(in_one_line(PurePath(file_name(dataset)).stem))


def unused(name: str, names: Collection[str]) -> str:
    """Return ``name``, with a number where it is among ``names``."""
    number, result = 1, name
    while result in names:
        number += 1
        result = f"{name} ({number})"
    return result


def loss(nats: float) -> str:
    """Return a loss with four decimals; beyond all reason, in as many signs."""
    return f"{nats:.4f}" if abs(nats) < 1e6 else f"{nats:.3e}"


def one_line(name: str) -> str:
    """Return ``name`` on one line, and not endlessly long."""
    return " ".join(name[:_MOST_LETTERS].split())


def shown(name: str) -> str:
    """Return ``name`` likewise, for lists and captions, whichever way it is written."""
    return isolated(one_line(name))
