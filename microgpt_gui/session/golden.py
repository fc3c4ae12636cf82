"""Whole runs recorded from microgpt.py itself, which every engine must repeat."""

from __future__ import annotations

import json
from dataclasses import dataclass

from microgpt_gui.resources import resource
from microgpt_gui.session.config import RunConfig

#: The recordings that come with the program; the dataset's key comes first.
GOLDENS = (
    "names-default",
    "dinosaurs-two-layers",
    "colours-wide",
    "elements-short-block",
)


@dataclass(frozen=True, slots=True)
class Golden:
    """One recorded run.

    Attributes:
        name: One of GOLDENS.
        config: Its settings.
        temperature: Of its samples.
        data_sha256: Of the text's bytes.
        size: Number of documents, of token ids and of parameters.
        losses: Of every step, in nats.
        samples: Drawn after the last step, from the run's own stream.
        parameters_sha256: Of the final ones; see `engine.fingerprint`.
    """

    name: str
    config: RunConfig
    temperature: float
    data_sha256: str
    size: tuple[int, int, int]
    losses: tuple[float, ...]
    samples: tuple[str, ...]
    parameters_sha256: str


def read_golden(name: str) -> Golden:
    """Return one of GOLDENS."""
    text = resource(f"golden/{name}.json").read_text(encoding="utf-8")
    recorded = json.loads(text)
    settings = recorded["settings"]
    sizes = ("seed", "steps", "n_layer", "n_embd", "n_head", "block_size")
    config = RunConfig(
        dataset=name.split("-")[0],
        learning_rate=float(settings["lr"]),
        **{size: settings[size] for size in sizes},
    )
    return Golden(
        name=name,
        config=config,
        temperature=float(settings["temperature"]),
        data_sha256=recorded["data_sha256"],
        size=(recorded["num_docs"], recorded["vocab_size"], recorded["num_params"]),
        losses=tuple(recorded["losses"]),
        samples=tuple(recorded["samples"]),
        parameters_sha256=recorded["final_params_sha256"],
    )
