"""What runs are called, and how they differ, in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from microgpt_gui.isolation import isolated
from microgpt_gui.session.config import RunConfig
from microgpt_gui.session.datasets import file_name

if TYPE_CHECKING:
    from collections.abc import Collection

#: A suggested name tells of so many settings at most.
_MOST_SETTINGS = 3

#: All settings; those that tell most of what a run is like come first.
_TELLING = (
    "documents",
    "leave_out_mark",
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
    "decay_steps": "decay steps",
    "leave_out_mark": "mark left out",
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
    return file_name(of) if isinstance(of, str) else str(of)


def changes(before: RunConfig, after: RunConfig) -> str:
    """Return what was changed between two runs; empty for nothing."""
    return ", ".join(
        f"{setting(name)} {isolated(value(ours))} to {isolated(value(theirs))}"
        for name, (ours, theirs) in before.differences(after).items()
    )


def suggested_name(config: RunConfig) -> str:
    """Return a name: the dataset, and what is not as it is by default."""
    usual = replace(RunConfig(), dataset=config.dataset, engine=config.engine)
    differences = usual.differences(config)
    others = [
        f"{setting(name)} {value(differences[name][1])}"
        for name in sorted(differences, key=_TELLING.index)
    ]
    if len(others) > _MOST_SETTINGS:
        others[_MOST_SETTINGS:] = ["…"]
    return ", ".join((PurePath(file_name(config.dataset)).stem, *others))


def unused(name: str, names: Collection[str]) -> str:
    """Return ``name``, with a number where it is among ``names``."""
    number, result = 1, name
    while result in names:
        number += 1
        result = f"{name} ({number})"
    return result


def duration(seconds: float) -> str:
    """Return a training time for people."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
