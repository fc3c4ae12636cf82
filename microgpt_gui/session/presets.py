"""Settings worth showing. To add one: one entry in PRESETS."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from microgpt_gui.session.config import RunConfig

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a preset leaves alone: what is learnt, by which code, and the draw of chance.
_NOT_PRESET = frozenset(
    {
        "dataset",
        "documents",
        "leave_out_mark",
        "engine",
        "seed",
        "decay_start",
        "held_out",
        "train_documents",
    }
)

#: microgpt's value of every setting that presets decide.
DEFAULTS: Mapping[str, int | float] = MappingProxyType(
    {k: v for k, v in asdict(RunConfig()).items() if k not in _NOT_PRESET}
)


@dataclass(frozen=True, slots=True)
class Preset:
    """A choice of sizes and rates.

    Attributes:
        key: Its name in ``PRESETS``.
        title: What people see.
        description: One sentence that says what there is to see.
        differences: The settings that are not microgpt's.
    """

    key: str
    title: str
    description: str
    differences: Mapping[str, int | float]

    def settings(self) -> dict[str, int | float]:
        """Return the value of every setting that presets decide."""
        return {**DEFAULTS, **self.differences}


_ENTRIES = (
    Preset(
        "microgpt",
        "microgpt",
        "The settings of microgpt.py itself.",
        {},
    ),
    Preset(
        "tiny",
        "Tiny",
        "A third of the parameters, and nearly as good: how small can it get?",
        {"n_embd": 8, "n_head": 2},
    ),
    Preset(
        "one_head",
        "One head",
        "A single head has to attend to everything at once.",
        {"n_head": 1},
    ),
    Preset(
        "two_layers",
        "Two layers",
        "The second layer attends to what the first has made of the letters.",
        {"n_layer": 2},
    ),
    Preset(
        "wide",
        "Wide",
        "Twice the embedding size: over three times the parameters, in as many steps.",
        {"n_embd": 32},
    ),
    Preset(
        "short_memory",
        "Short memory",
        "A context length of 4: it sees at most four tokens, and writes at most four.",
        {"block_size": 4},
    ),
    Preset(
        "deep",
        "Deep",
        "Four layers of 64 and 10,000 steps: 2.16 nats on names that it has not seen, "
        "where microgpt has 2.37.",
        {"n_layer": 4, "n_embd": 64, "steps": 10_000, "learning_rate": 0.001},
    ),
    Preset(
        "patient",
        "Patient",
        "100,000 steps at a third of the learning rate: 2.18 nats on names that it has "
        "not seen, where 1,000 steps have 2.37.",
        {"steps": 100_000, "learning_rate": 0.003},
    ),
    Preset(
        "hasty",
        "Hasty",
        "Ten times the learning rate: at first the loss leaps above that of guessing.",
        {"learning_rate": 0.1},
    ),
)

#: Every preset by its key, in the order in which people see them.
PRESETS = {entry.key: entry for entry in _ENTRIES}


def matching_preset(settings: Mapping[str, object]) -> Preset | None:
    """Return the preset whose settings these are; others among them do not count."""
    for preset in PRESETS.values():
        wanted = preset.settings()
        if all(settings[name] == value for name, value in wanted.items()):
            return preset
    return None
