"""What exported files are called, and what is said of a run under its pictures."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from microgpt_gui.data.text_file import printable_path
from microgpt_gui.engine import ENGINES
from microgpt_gui.letters import beginning, clings
from microgpt_gui.session.datasets import dataset_title, file_name
from microgpt_gui.session.recipe import told

if TYPE_CHECKING:
    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.recipe import Recipe

_LONGEST = 40


def file_stem(config: RunConfig, step: int, what: str) -> str:
    """Return a name that every file system takes, such as ``names-step1000-loss``.

    Args:
        config: Of the run; its dataset gives the first word.
        step: Steps done.
        what: The last word.
    """
    dataset = PurePath(file_name(config.dataset)).stem
    word = beginning(_word(dataset).strip("-_"), _LONGEST).rstrip("-_")
    return f"{word or 'run'}-step{step}-{what}"


def _word(text: str) -> str:
    """Return ``text`` with a dash for all between its letters and digits."""
    word = ""
    for letter in text:
        is_after_one = bool(word) and word[-1] != "-"
        if letter.isalnum() or letter == "_" or (is_after_one and clings(letter)):
            word += letter
        elif is_after_one:
            word += "-"
    return word


def settings_to_share(config: RunConfig) -> dict[str, object]:
    """Return all settings by their names; of a file, its name and no folder."""
    return asdict(config) | {"dataset": printable_path(file_name(config.dataset))}


def caption(recipe: Recipe) -> str:
    """Return in a few words which run it is, and what it has learnt with."""
    config = recipe.config
    layers = f"{config.n_layer} layer{'' if config.n_layer == 1 else 's'}"
    heads = f"{config.n_head} head{'' if config.n_head == 1 else 's'}"
    parts = [
        told(recipe.values("dataset"), dataset_title),
        f"seed {config.seed}",
        layers,
        f"embedding size {config.n_embd}",
        heads,
        f"context length {config.block_size}",
        f"learning rate {told(recipe.values('learning_rate'), _number)}",
    ]
    engines = recipe.values("engine")
    if not all(ENGINES[engine].identical for _, engine in engines):
        parts.append(f"engine {told(engines, str)}")
    return " · ".join(parts)


def _number(value: float) -> str:
    return f"{value:g}"
