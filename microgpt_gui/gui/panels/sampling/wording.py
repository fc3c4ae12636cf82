"""What the panel says of samples, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from microgpt_gui.gui.run.run_state import RunState
from microgpt_gui.gui.widgets.tooltip import wrapped
from microgpt_gui.isolation import isolated
from microgpt_gui.letters import in_one_line, quoted, visible
from microgpt_gui.session.other_case import in_alphabet, said_of_case

if TYPE_CHECKING:
    from microgpt_gui.session.run_info import RunInfo
    from microgpt_gui.session.sample_batch import Sample, SampleBatch

EMPTY = "(empty)"


def moment(step: int) -> str:
    """Return when a batch was drawn."""
    return f"after step {step:,}" if step else "before any training"


def empty(state: RunState, *, is_asked: bool) -> str:
    """Return what stands where no samples do.

    Args:
        state: Of the run.
        is_asked: Whether samples are on their way.
    """
    if state is RunState.FAILED:
        return (
            "There is no model to sample from. Choose another dataset or other "
            "settings in the Run panel and apply them."
        )
    if state is RunState.LOADING:
        return (
            "As soon as a run is ready, its first samples appear here: gibberish, "
            "since nothing is learnt yet. To begin one, choose a dataset in the "
            "Run panel."
        )
    return (
        "The first samples are being drawn …"
        if is_asked
        else "No samples yet. Press Sample."
    )


def heading(batch: SampleBatch) -> str:
    """Return how many samples there are, of which moment, and of what if any."""
    drawn, count = len(batch.samples), batch.request.count
    noun = "sample" if count == 1 else "samples"
    number = f"{drawn}" if drawn == count else f"{drawn} of {count}"
    what_if = f", what if {batch.alteration.told()}" if batch.alteration else ""
    return f"{number} {noun} {moment(batch.step)}{what_if}"


def detail(batch: SampleBatch) -> str:
    """Return with what a batch was drawn, and what came of it."""
    request, samples = batch.request, batch.samples
    known = sum(sample.is_known for sample in samples)
    parts = [f"temperature {request.temperature:g}"]
    if request.seed is not None:
        parts.append(f"seed {request.seed}")
    if request.prompt:
        parts.append(f"prompt {quoted(request.prompt)}")
    where = "training set" if batch.trains_on_all else "text, trained on or not"
    parts.append(f"{len(samples) - known} new, {known} in the {where}")
    if batch.is_cut_short:
        parts.append("cut short")
    verdicts = [s.is_valid for s in samples if s.is_valid is not None]
    if verdicts:
        parts.append(f"valid: {sum(verdicts)} of {len(verdicts)}")
    return " · ".join(parts)


def origin(sample: Sample) -> str:
    """Return the mark that tells new from known."""
    return "in data" if sample.is_known else "new"


def validity(sample: Sample) -> str:
    """Return whether the dataset's rule holds; empty where it has none."""
    if sample.is_valid is None:
        return ""
    return "valid" if sample.is_valid else "not valid"


def log_probability(sample: Sample) -> str:
    """Return the log-probability with one decimal and a true minus sign."""
    return f"{sample.log_probability:.1f}".replace("-", "\N{MINUS SIGN}")


def explanation(
    sample: Sample, batch: SampleBatch, pointed: range | None = None
) -> str:
    """Return all that is known of a sample, as a tool tip.

    Args:
        sample: What is explained.
        batch: That it belongs to.
        pointed: The places of the letters under the pointer, which are drawn as one.
    """
    where = "training set" if batch.trains_on_all else "text"
    known = f"New: it is not in the {where}."
    if sample.is_known:
        known = f"It stands in the {where}, letter by letter."
        if not batch.trains_on_all:
            known += " Not all of that is trained on."
    rule = {
        None: "",
        True: " It keeps the dataset's rule.",
        False: " It breaks the dataset's rule.",
    }[sample.is_valid]
    exact = f"{sample.log_probability:.2f}".replace("-", "\N{MINUS SIGN}")
    whole = f"“{isolated(in_one_line(sample.text))}”"
    paragraphs = [
        whole if sample.text else "Empty: the model ended it at once.",
        known + rule,
        f"Log-probability (log p) {exact} nats, a probability of "
        f"{math.exp(sample.log_probability):.2g}: of all its draws together, the end "
        "included" + (", the prompt not." if batch.request.prompt else "."),
    ]
    if pointed is not None:
        paragraphs.insert(0, _pointed(sample, pointed))
    if sample.text:
        paragraphs.append(
            f"Each letter's probability at temperature {batch.request.temperature:g}: "
            f"{_chances(sample, range(len(sample.text)))}."
        )
    return wrapped(*paragraphs)


def _pointed(sample: Sample, places: range) -> str:
    """Say how probable the letters at ``places`` were."""
    said = f"Here: {_chances(sample, places)}"
    if len(places) > 1:
        together = math.prod(sample.probabilities[place] for place in places)
        sign = "".join(sample.text[place] for place in places)
        said += f"; together, as “{isolated(in_one_line(sign))}”, {_percent(together)}"
    return f"{said}."


def _chances(sample: Sample, places: range) -> str:
    """Return the letters at ``places`` with their probabilities."""
    return ", ".join(
        f"{_letter(sample.text[place])} {_percent(sample.probabilities[place])}"
        for place in places
    )


def _letter(letter: str) -> str:
    """Return a letter as it stands alone among words."""
    return "space" if letter == " " else isolated(visible(letter))


def _percent(chance: float) -> str:
    if 0 < chance < 0.01:
        return "under 1\N{NO-BREAK SPACE}%"
    return f"{chance * 100:.0f}\N{NO-BREAK SPACE}%"


def prompt_problem(prompt: str, info: RunInfo | None) -> str:
    """Return why samples of the run cannot begin with ``prompt``; empty if they can."""
    if info is None or not prompt:
        return ""
    taken = in_alphabet(prompt, info.chars)
    strange = [letter for letter in dict.fromkeys(taken) if letter not in info.chars]
    if strange:
        named = ", ".join(f"“{isolated(visible(letter))}”" for letter in strange)
        verb = "is" if len(strange) == 1 else "are"
        return (
            f"{named} {verb} not in this dataset's alphabet. "
            f"A prompt can use: {isolated(_alphabet(info.chars))}"
        )
    room = info.config.block_size - 1
    if len(taken) > room:
        return (
            f"A prompt can have at most {room} letters (the context length, block_size "
            f"{info.config.block_size}, less BOS); this one has {len(taken)}."
        )
    return ""


def prompt_note(prompt: str, info: RunInfo | None) -> str:
    """Return what of ``prompt`` is taken in its other case; empty if nothing is."""
    if info is None:
        return ""
    return said_of_case(prompt, in_alphabet(prompt, info.chars))


def _alphabet(chars: str) -> str:
    """Return the letters, runs of neighbours as "a–z", a space by its name."""
    runs: list[list[str]] = []
    for letter in chars:
        if runs and letter.isalnum() and ord(letter) == ord(runs[-1][-1]) + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    parts = []
    for run in runs[:_ALPHABET_PARTS]:
        if len(run) > 2:
            parts.append(f"{run[0]}–{run[-1]}")
        else:
            parts.extend(
                "space" if letter == " " else visible(letter) for letter in run
            )
    return " ".join(parts) + (" …" if len(runs) > _ALPHABET_PARTS else "")


_ALPHABET_PARTS = 24
