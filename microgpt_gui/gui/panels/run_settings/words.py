"""Changes and sizes in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.run_settings.fields import FIELDS
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import ended
from microgpt_gui.session.config import LIVE_SETTINGS
from microgpt_gui.session.datasets import DatasetReport, dataset_title
from microgpt_gui.session.engines import engine_choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from microgpt_gui.session.config import RunConfig
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.split import Split

    Changes = Mapping[str, tuple[object, object]]

#: Changes that the bar spells out before it only counts them.
MAX_SPELT = 3

WHAT_NEEDS_A_MODEL = (
    "Learning rate and steps apply at once; all else needs a new model."
)


#: Of the settings that are no numbers.
_TERMS = {"leave_out_mark": "byte order mark"}


def term(name: str) -> str:
    """Return the field's term for a setting, with the script's name beside it."""
    if name not in FIELDS:
        return _TERMS.get(name, name)
    label = FIELDS[name].label
    if name.replace("_", " ") in label.lower():
        return label if label.startswith("Adam") else label.lower()
    return f"{label.lower()} ({name})"


def value_in_words(name: str, value: object) -> str:
    """Return a setting's value as people know it."""
    if name == "dataset":
        return dataset_title(str(value))
    if name == "engine":
        titles = {choice.key: choice.title for choice in engine_choices()}
        return titles.get(str(value), str(value))
    if name == "leave_out_mark":
        return "left out" if value else "a letter"
    return FIELDS[name].write(value) if name in FIELDS else str(value)


def rate_in_words(
    config: RunConfig, step: int, *, is_at_rest: bool, is_typed: bool
) -> str:
    """Return what the number in the learning rate's box is the rate of.

    Args:
        config: The settings with that number.
        step: Steps done.
        is_at_rest: Whether no step is being done: then the next one's rate stands.
        is_typed: Whether the number is not in force yet.
    """
    told = f"learning_rate of step {config.decay_start:,}"
    rate = config.learning_rate_at(step)
    if not is_at_rest or step >= config.steps or rate == config.learning_rate:
        return told
    return f"{told}, {'then' if is_typed else 'now'} {rate:.4g}"


def learnt_in_words(parts: Split, count: int) -> str:
    """Return which of ``count`` documents are learnt from, in few words."""
    held_out = f"{parts.held_out:,} held out" if parts.held_out else "none held out"
    if parts.trained == count:
        return "Learns from all, none held out"
    return f"Learns from {parts.trained:,}, {held_out}"


def documents_in_words(config: RunConfig, parts: Split, count: int) -> dict[str, str]:
    """Return what the settings of documents come to, with their names, by setting.

    Args:
        config: The settings.
        parts: What they make of the text.
        count: Its documents.
    """
    said: dict[str, str] = {}
    if config.held_out:
        said["held_out"] = f"held_out, {parts.held_out:,} of {count:,}"
    if config.train_documents:
        rest = count - parts.held_out
        said["train_documents"] = f"train_documents, of {rest:,}"
        if (times := config.steps / parts.trained) >= 2:
            said["train_documents"] += f"; each {times:,.0f} times"
    return said


def change_in_words(name: str, change: tuple[object, object]) -> str:
    """Return "16 → 32"; between numbers no line breaks."""
    before, after = (value_in_words(name, value) for value in change)
    text = f"{isolated(before)} → {isolated(after or 'nothing')}"
    return text.replace(" ", "\N{NO-BREAK SPACE}") if name in FIELDS else text


def opened_in_words(report: DatasetReport, *, is_begun: bool) -> str:
    """Return what came of a text that was opened.

    Args:
        report: Of the text.
        is_begun: Whether a run with it has begun; else it waits.
    """
    title = isolated(report.title)
    if not is_begun:
        return (
            f"{title} waits in the Run panel: “Apply and reset” begins a run with it."
        )
    facts = report.facts
    said = [f"The run learns from {title}: {facts.summary() if facts else ''}."]
    if facts and facts.has_mark:
        said.append("It begins with a byte order mark: see the Run panel.")
    if facts and facts.doubt:
        said.append(facts.doubt)
    return " ".join(said)


def changes_in_words(changes: Changes) -> tuple[str, str]:
    """Return what waits for a new model: in short, and in full."""
    waiting: list[str] = []
    along: list[str] = []
    for name, change in changes.items():
        told = f"{term(name)} {change_in_words(name, change)}"
        (along if name in LIVE_SETTINGS else waiting).append(told)
    if not waiting:
        return WHAT_NEEDS_A_MODEL, WHAT_NEEDS_A_MODEL
    short = waiting
    if len(waiting) > MAX_SPELT:
        rest = len(waiting) - MAX_SPELT + 1
        short = [*waiting[: MAX_SPELT - 1], f"and {rest} more"]
    return _needs(short, along), _needs(waiting, along)


def parameters_in_words(wanted: int | None, info: RunInfo | None) -> str:
    """Return the size of a model.

    Args:
        wanted: Of the model that the settings make; None where they make none.
        info: Of the run in force.
    """
    if wanted is None:
        return "Parameters: counted as soon as every setting is right"
    if info is None or info.num_params == wanted:
        return f"{wanted:,} parameters"
    return f"{info.num_params:,} → {wanted:,} parameters"


def _needs(waiting: Sequence[str], along: Sequence[str]) -> str:
    text = ended(f"Needs a new model: {', '.join(waiting)}")
    return f"{text} Comes with it: {', '.join(along)}." if along else text
