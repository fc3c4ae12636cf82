"""Figures, samples and parameters as text that any program reads."""

from __future__ import annotations

import csv
import io
import json
from itertools import accumulate
from typing import TYPE_CHECKING

from microgpt_gui.engine.parameters import unflattened
from microgpt_gui.letters import with_escaped_breaks
from microgpt_gui.session.exports.names import settings_to_share
from microgpt_gui.session.segment import segment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from microgpt_gui.session.reading.embeddings import Embeddings
    from microgpt_gui.session.reading.next_letter import NextLetter
    from microgpt_gui.session.reading.text import TextReading
    from microgpt_gui.session.reading.token_row import TokenRow
    from microgpt_gui.session.record import RunRecord
    from microgpt_gui.session.sample_batch import SampleBatch

#: Rows that are made at a time.
_BLOCK = 2000


def loss_csv(record: RunRecord, check: Callable[[], None]) -> Iterator[str]:
    """Yield a table of every step, counted from 1, with numbers to the last digit.

    Columns: step, document, learning_rate, gradient_norm, loss (nats).

    Args:
        record: The run.
        check: Called now and then; what it raises ends the work.
    """
    figures = record.figures
    header = ("step", "document", "learning_rate", "gradient_norm", "loss")

    def rows() -> Iterator[Sequence[object]]:
        for step in range(len(figures)):
            yield (
                step + 1,
                segment_of(record.segments, step).document_of(step),
                repr(figures.learning_rates[step]),
                repr(figures.gradient_norms[step]),
                repr(figures.losses[step]),
            )

    return table(header, rows(), check)


def attention_csv(
    look: TextReading, head: tuple[int, int] | None, check: Callable[[], None]
) -> Iterator[str]:
    """Yield a table of attention weights, to the last digit.

    Columns: layer and head, from 1; query and key, positions from 0, each followed by
    its token; weight.

    Args:
        look: What was looked at.
        head: (layer, head) from 0; None for all heads.
        check: Called now and then; what it raises ends the work.
    """
    header = ("layer", "head", "query", "query_token", "key", "key_token", "weight")
    labels = look.labels

    def rows() -> Iterator[Sequence[object]]:
        for layer, heads in enumerate(look.attention):
            for number, weights in enumerate(heads):
                if head not in (None, (layer, number)):
                    continue
                for query, row in enumerate(weights):
                    start = layer + 1, number + 1, query, labels[query]
                    for key, weight in enumerate(row):
                        yield *start, key, labels[key], repr(weight)

    return table(header, rows(), check)


def tokens_csv(row: TokenRow, check: Callable[[], None]) -> Iterator[str]:
    """Yield the tokens of a text as a table.

    Columns: position, from 0, and to_predict with its id, empty where no token is read;
    between them, token and its id.

    Args:
        row: The text.
        check: Called now and then; what it raises ends the work.
    """
    header = ("position", "token", "id", "to_predict", "to_predict_id")
    tokens, labels = row.tokens, row.labels

    def rows() -> Iterator[Sequence[object]]:
        for place, (token, label) in enumerate(zip(tokens, labels, strict=True)):
            if place < row.positions:
                yield place, label, token, labels[place + 1], tokens[place + 1]
            else:
                yield "", label, token, "", ""

    return table(header, rows(), check)


def embeddings_csv(shown: Embeddings, check: Callable[[], None]) -> Iterator[str]:
    """Yield the rows of an embedding as a table, with numbers to the last digit.

    Columns: row, from 0, and token or position; pc1 and pc2, its place in the plane;
    most_alike, with cosine and distance; then its numbers, n0 and so on.

    Args:
        shown: The rows; without places, those columns are empty.
        check: Called now and then; what it raises ends the work.
    """
    labels, wide = shown.labels, shown.rows.shape[1]
    what = "token" if shown.table == "wte" else "position"
    places = ("pc1", "pc2", "most_alike", "cosine", "distance")
    header = ("row", what, *places, *(f"n{i}" for i in range(wide)))

    def rows() -> Iterator[Sequence[object]]:
        for row, label in enumerate(labels):
            near = shown.neighbours(row)[:1]
            found = (labels[near[0].row], *near[0][1:]) if near else ("", "", "")
            place = ("", "") if shown.problem else shown.places[row].tolist()
            yield row, label, *place, *found, *shown.rows[row].tolist()

    return table(header, rows(), check)


def next_letter_csv(letter: NextLetter, check: Callable[[], None]) -> Iterator[str]:
    """Yield the odds of every next token as a table, to the last digit.

    Columns: token and its id; logit; probability, at the temperature chosen, and
    cumulative, the sum of the probabilities up to this token; probability_at_1.

    Args:
        letter: The odds; a table without rows where there are none.
        check: Called now and then; what it raises ends the work.
    """
    header = (
        "token",
        "id",
        "logit",
        "probability",
        "cumulative",
        "probability_at_1",
    )
    odds = letter.odds

    def rows() -> Iterator[Sequence[object]]:
        sums = accumulate(odds.probabilities)
        numbers = zip(odds.logits, odds.probabilities, sums, letter.own, strict=True)
        for token, row in enumerate(numbers):
            yield letter.label_of(token), token, *map(repr, row)

    return table(header, rows(), check)


def samples_csv(batch: SampleBatch, check: Callable[[], None]) -> Iterator[str]:
    r"""Yield the samples of ``batch`` as a table.

    Columns: number, from 1; sample; known, whether it is a document; valid, whether
    the dataset's rule holds, empty where it has none; log_probability, in nats, to the
    last digit; of a scratch copy, what_if. A line break in a sample is the two
    characters \n.

    Args:
        batch: What was drawn.
        check: Called now and then; what it raises ends the work.
    """
    header = ("number", "sample", "known", "valid", "log_probability")

    def rows() -> Iterator[Sequence[object]]:
        for number, sample in enumerate(batch.samples, start=1):
            yield (
                number,
                with_escaped_breaks(sample.text),
                _answer(sample.is_known),
                _answer(sample.is_valid),
                repr(sample.log_probability),
            )

    told = batch.alteration.told()
    return with_column("what_if", told, table(header, rows(), check))


def _answer(is_so: bool | None) -> str:
    return "" if is_so is None else "yes" if is_so else "no"


def samples_text(batch: SampleBatch, title: str) -> Iterator[str]:
    r"""Yield the samples of ``batch``, one a line, after where they come from.

    A line break in a sample is the two characters \n, as where samples are printed.

    Args:
        batch: What was drawn.
        title: What people call the dataset.
    """
    request, count = batch.request, len(batch.samples)
    moment = f"after step {batch.step:,}" if batch.step else "before any training"
    seed = "the run's own stream" if request.seed is None else f"seed {request.seed}"
    prompt = f", prompt {request.prompt!r}" if request.prompt else ""
    if batch.alteration:
        moment += f", what if {batch.alteration.told()} (a scratch copy of the model)"
    yield f"{count} {'sample' if count == 1 else 'samples'} of {title}, {moment}\n"
    yield f"temperature {request.temperature:g}, {seed}{prompt}\n\n"
    for number, sample in enumerate(batch.samples, start=1):
        yield f"sample {number:2d}: {with_escaped_breaks(sample.text)}\n"


def parameters_json(record: RunRecord, check: Callable[[], None]) -> Iterator[str]:
    """Yield the weights under the script's names, with the settings, as JSON.

    Reading the numbers gives the same ones, to the last bit: [row][column], a row for
    each output.

    Args:
        record: The run.
        check: Called now and then; what it raises ends the work.
    """
    config = record.config
    model = config.model(len(record.chars) + 1)
    about = {
        "steps_done": record.steps_done,
        "chars": record.chars,
        "settings": settings_to_share(config),
    }
    yield "{\n"
    for name, value in about.items():
        yield f' "{name}": {json.dumps(value, ensure_ascii=False)},\n'
    yield ' "parameters": {'
    matrices = unflattened(model, record.state.parameters)
    for number, (name, matrix) in enumerate(matrices.items()):
        yield f"{',' if number else ''}\n  {json.dumps(name)}: ["
        for row, numbers in enumerate(matrix):
            check()
            yield f"{',' if row else ''}\n   {json.dumps(numbers, allow_nan=False)}"
        yield "\n  ]"
    yield "\n }\n}\n"


def table(
    header: Sequence[str], rows: Iterable[Sequence[object]], check: Callable[[], None]
) -> Iterator[str]:
    """Yield a table as comma-separated values, some thousand rows at a time.

    Args:
        header: What the columns are called.
        rows: A cell for each column.
        check: Called now and then; what it raises ends the work.
    """
    buffer = io.StringIO()
    write = csv.writer(buffer, lineterminator="\n").writerow
    write(header)
    for number, row in enumerate(rows):
        if number % _BLOCK == 0:
            check()
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
        write(row)
    yield buffer.getvalue()


def with_column(name: str, value: str, pieces: Iterable[str]) -> Iterator[str]:
    """Yield a table with one more column, that says the same in each row.

    Args:
        name: Of the column.
        value: What it says; empty for no column.
        pieces: The table, cut between two rows.
    """
    is_header = True
    for piece in pieces:
        if not value or not piece:
            yield piece
            continue
        buffer = io.StringIO()
        write = csv.writer(buffer, lineterminator="\n").writerow
        for row in csv.reader(io.StringIO(piece, newline="")):
            write([*row, name if is_header else value])
            is_header = False
        yield buffer.getvalue()
