"""A run as a Python program that needs nothing else, and trains to the same numbers."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from pprint import pformat
from textwrap import fill
from typing import TYPE_CHECKING

from microgpt_gui.engine import ENGINES
from microgpt_gui.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.data.dataset import LoadedCorpus
    from microgpt_gui.session.record import RunRecord

#: Texts of more bytes are not written into the script, but into a file beside it.
MAX_EMBEDDED_BYTES = 256 * 1024

_COMMENTS = {
    "CHARS": "The alphabet. A character's place in it is its token.",
    "SEED": "Of the one random stream that orders the documents, draws the weights and "
    "the samples.",
    "STEPS": "Documents to learn from, one a step.",
    "N_LAYER": "The model: layers, width, heads of each layer, longest context.",
    "STRETCHES": "What holds from which step on: the learning rate, the steps that it "
    "falls from and comes\nto 0 at, Adam's decay rates, and which text is read in the "
    "order of which seed,\nhow many of the first are trained on, over and over, and "
    "whether its lines or its\nparagraphs are the documents.",
    "STREAM": "Where the random stream stands when the samples are drawn; None: where "
    "the weights\nleft it.",
    "SAMPLES": "New documents to draw at the end, and how boldly.",
}


@dataclass(frozen=True, slots=True)
class ScriptFiles:
    """What the program consists of.

    Attributes:
        script: Its text.
        texts: What must lie beside it: file name to content; mostly nothing.
    """

    script: str
    texts: dict[str, bytes]


def script_files(
    record: RunRecord,
    name: str,
    *,
    samples: int = 20,
    temperature: float = 0.5,
    check: Callable[[], None] = lambda: None,
) -> ScriptFiles:
    """Return the program that does the steps of ``record``, to the end of the run.

    Under CPython from 3.11 on it prints what `microgpt-gui train` prints. Its losses
    are those of the engines that claim identity, bit for bit.

    Args:
        record: The run; it need not be finished.
        name: Of the program's file, without ending; names the files beside it.
        samples: Drawn at its end.
        temperature: Of these.
        check: Called now and then; what it raises ends the work.
    """
    corpora = _distinct([segment.dataset for segment in record.segments])
    texts, files = [], {}
    for number, corpus in enumerate(corpora, start=1):
        check()
        data = corpus.corpus.docs.encoded(corpus.reading.separator)
        if len(data) <= MAX_EMBEDDED_BYTES:
            texts.append(f"    {_literal(data.decode())},\n")
            continue
        file = f"{name}-text{number if len(corpora) > 1 else ''}.txt"
        files[file] = data
        entry = {"file": file, "sha256": hashlib.sha256(data).hexdigest()}
        texts.append(f"    {json.dumps(entry)},\n")
    check()
    settings = _settings(record, corpora)
    settings |= {"SAMPLES": samples, "TEMPERATURE": temperature}
    _, program = _template().split('"""\n', maxsplit=1)  # without its own docstring
    program = _with_block(program, "settings", _assignments(settings))
    program = _with_block(program, "texts", f"TEXTS = [\n{''.join(texts)}]\n")
    return ScriptFiles(_docstring(record, files) + program, files)


def _template() -> str:
    return resource("export/run.py").read_text(encoding="utf-8")


def _with_block(program: str, name: str, block: str) -> str:
    """Put ``block`` in place of what stands between the marks of this name."""
    before, rest = program.split(f"# The {name}: begin\n")
    _, after = rest.split(f"# The {name}: end\n")
    return before + block + after


def _distinct(datasets: Sequence[LoadedCorpus]) -> list[LoadedCorpus]:
    """Return the datasets in the order of their coming, each once."""
    return list({_key(dataset): dataset for dataset in datasets}.values())


def _key(dataset: LoadedCorpus) -> tuple[object, ...]:
    return dataset.sha256, dataset.reading


def _settings(record: RunRecord, corpora: Sequence[LoadedCorpus]) -> dict[str, object]:
    config = record.config
    numbers = {_key(corpus): number for number, corpus in enumerate(corpora)}
    stretches = [
        {
            "start": segment.start,
            "learning_rate": segment.config.learning_rate,
            "decay_start": segment.config.decay_start,
            "decay_end": segment.config.decay_end,
            "beta1": segment.config.beta1,
            "beta2": segment.config.beta2,
            "text": numbers[_key(segment.dataset)],
            "documents": segment.dataset.reading.documents,
            "order": segment.config.seed,
            "trained": segment.num_trained,
        }
        for segment in record.segments
    ]
    return {
        "CHARS": record.chars,
        "SEED": record.segments[0].config.seed,
        "STEPS": max(config.steps, record.steps_done),
        "N_LAYER": config.n_layer,
        "N_EMBD": config.n_embd,
        "N_HEAD": config.n_head,
        "BLOCK_SIZE": config.block_size,
        "STRETCHES": stretches,
        "STREAM": None if _is_stream_new(record) else record.stream,
    }


def _is_stream_new(record: RunRecord) -> bool:
    """Say whether nothing has been drawn from the run's stream since its weights."""
    first = record.segments[0]
    stream = random.Random()
    stream.setstate(first.docs.stream)
    for _ in range(first.config.model(len(record.chars) + 1).num_params):
        stream.gauss(0, 1)
    return bool(stream.getstate() == record.stream)


def _assignments(settings: dict[str, object]) -> str:
    lines = []
    for name, value in settings.items():
        lines += [f"# {line}" for line in _COMMENTS.get(name, "").split("\n") if line]
        if isinstance(value, str):
            shown = _literal(value)
        elif isinstance(value, list):
            rows = "".join(f"    {json.dumps(row)},\n" for row in value)
            shown = f"[\n{rows}]"
        elif isinstance(value, tuple):
            shown = pformat(value, width=88, compact=True)
        else:
            shown = repr(value)
        lines.append(f"{name} = {shown}")
    return "\n".join(lines) + "\n"


def _literal(text: str) -> str:
    r"""Return Python source of ``text`` that shows it as it is, where it can be seen.

    What cannot be seen is escaped: a control character could change what an editor
    shows, and some editors end a line where Python does not.
    """
    if not text.endswith("\n"):
        return '"' + _escaped(text).replace('"', '\\"') + '"'
    lines = (_escaped(line).replace('""', '\\"\\"') for line in text.split("\n"))
    return '"""\\\n' + "\n".join(lines) + '"""'


def _escaped(text: str) -> str:
    return "".join(_escape(c) if c == "\\" or not c.isprintable() else c for c in text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _docstring(record: RunRecord, files: dict[str, bytes]) -> str:
    titles = dict.fromkeys(segment.dataset.title for segment in record.segments)
    learnt = " ".join(", then ".join(titles).split())
    engine = record.config.engine
    if all(ENGINES[segment.config.engine].identical for segment in record.segments):
        claim = (
            "Under CPython every loss and every sample is that run's own, to the last "
            "bit, on any computer whose C library rounds exp, log, pow, sin and cos as "
            "that run's did; elsewhere the last digits of losses are others, as those "
            "of microgpt.py are."
        )
    else:
        claim = (
            f"That run's engine, {engine}, adds up in another order than this: the "
            "numbers differ in their last digits."
        )
    where = "below" if not files else f"beside it, in {' and '.join(files)}"
    paragraphs = [
        f"A GPT that learns to write like this: {learnt}.",
        "A run of the microgpt playground as a program of its own: it needs Python "
        f"3.11 or later, and nothing else. {claim}",
        _USAGE,
        "It is written to be read: the numbers that know their slopes, the model, the "
        f"training, the samples. The text it learns from is {where}. A step of a small "
        "model takes some hundredths of a second. The algorithm is that of "
        "microgpt.py, by Andrej Karpathy.",
    ]
    filled = [p if p is _USAGE else fill(p, 88) for p in paragraphs]
    lines = "\n\n".join(filled).split("\n")
    body = "\n".join(map(_escaped, lines)).replace('""', '\\"\\"')
    return f'"""{body}\n"""\n'


_USAGE = (
    "    python3 THIS_FILE            train, and print samples\n"
    "    python3 THIS_FILE --exact    print every digit of every loss"
)
