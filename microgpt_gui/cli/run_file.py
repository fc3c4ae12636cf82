"""`microgpt-gui sample` and `microgpt-gui info`: what is in a run file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.cli.errors import MISUSED, CommandError, in_a_message
from microgpt_gui.cli.outputs import check_outputs
from microgpt_gui.cli.streams import say
from microgpt_gui.data.text_file import printable_path
from microgpt_gui.isolation import without_isolates
from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.duration import duration
from microgpt_gui.session.other_case import in_alphabet, said_of_case
from microgpt_gui.session.run import Run
from microgpt_gui.session.run_files.problems import RunFileError
from microgpt_gui.session.run_files.reading import describe, read_run
from microgpt_gui.session.sample_batch import SampleRequest

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from microgpt_gui.cli.streams import Output
    from microgpt_gui.session.run_files.saved_run import FileInfo


def sample(options: Namespace, output: Output) -> None:
    """Print samples of a saved run, one a line, as soon as they are drawn.

    Raises:
        CommandError: The file cannot be read, it is what the output goes to, or the
            model does not know the prompt.
    """
    check_outputs(options)
    try:
        saved = read_run(options.file, needs_texts=False)
    except RunFileError as error:
        raise CommandError(str(error)) from None
    prompt = options.prompt
    if "\n" in saved.record.chars:
        prompt = prompt.replace("\\n", "\n")  # as it is printed
    request = SampleRequest(options.temperature, options.seed, options.count, prompt)
    taken = in_alphabet(request.prompt, saved.record.chars)
    if note := said_of_case(request.prompt, taken):
        say(f"argument --prompt: {note}")
    for batch in Run(saved.record).samples(request):
        if batch.problem:
            problem = batch.problem.removeprefix("Prompt: ")
            if problem == batch.problem:
                raise CommandError(in_a_message(problem))
            raise CommandError(f"argument --prompt: {problem}", MISUSED)
        output.write(f"{with_escaped_breaks(batch.samples[-1].text)}\n")


def info(options: Namespace, output: Output) -> None:
    """Print what the head of a run file says.

    Raises:
        CommandError: The file cannot be read, or it is what the output goes to.
    """
    check_outputs(options)
    try:
        facts = [*_facts(describe(options.file))]
    except RunFileError as error:
        raise CommandError(str(error)) from None
    width = max(len(name) for name, _ in facts)
    for name, fact in facts:
        output.write(f"{name:{width}}  {fact}\n")


def _facts(info: FileInfo) -> Iterator[tuple[str, str]]:
    """Yield what there is to say: what it is of, and it."""
    config = info.config
    if info.name:
        yield "name", printable_path(without_isolates(info.name))
    loss = "" if info.last_loss is None else f", last loss {info.last_loss:.4f} nats"
    yield "steps", f"{info.steps_done:,} of {config.steps:,}{loss}"
    if info.trained_s is not None:
        yield "trained for", duration(info.trained_s, tenths=True)
    yield (
        "model",
        f"{info.num_params:,} parameters: n_layer {config.n_layer}, "
        f"n_embd {config.n_embd}, n_head {config.n_head}, "
        f"block_size {config.block_size}, {info.vocab_size:,} tokens",
    )
    for text in info.texts:
        place = "inside" if text.is_inside else printable_path(text.source)
        yield "text", f"{printable_path(text.title)} ({place})"
    if config.documents != "lines":
        yield "documents", config.documents
    if config.leave_out_mark:
        yield "byte order mark", "left out"
    if config.held_out:
        yield "held out", f"{config.held_out:g} of the documents, the last in order"
    if config.train_documents:
        yield "trained on", f"the first {config.train_documents:,} documents"
    yield "seed", str(config.seed)
    yield "engine", config.engine
    begun = f" at step {config.decay_start:,}" if config.decay_start else ""
    yield (
        "optimizer",
        f"learning_rate {config.learning_rate:g}{begun}, falls to 0 at step "
        f"{config.decay_end:,}; beta1 {config.beta1:g}, beta2 {config.beta2:g}",
    )
    before = info.configs[0][1]
    for start, now in info.configs[1:]:
        changes = before.differences(now)
        words = ", ".join(f"{k} {a} to {b}" for k, (a, b) in changes.items())
        yield f"from step {start:,}", words or "another text"
        before = now
    for mark in info.marks:
        label = f": {printable_path(mark.label)}" if mark.label else ""
        yield "mark", f"{mark.kind} at step {mark.step:,}{label}"
    yield "keyframes", f"{info.keyframes:,} earlier states"
    yield "file", f"{info.size_bytes:,} bytes"
    yield "written by", f"microgpt-gui {printable_path(info.version)}"
