"""What a stage that is opened shows: numbers in rows, what enters, what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from microgpt_gui.gui.theme.coverage import shown
from microgpt_gui.letters import visible
from microgpt_gui.session.reading.inside.arising import (
    Arising,
    arising,
    exponentials,
    product,
)
from microgpt_gui.session.reading.inside.stages import Kind
from microgpt_gui.session.reading.shown_text import BOS_LABEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay

    Numbers = NDArray[np.float64]

#: Each of these is opened head by head.
BY_HEAD = (Kind.SCORES, Kind.SOFTMAX, Kind.MIX)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stage's numbers in rows and columns; of a product, the matrix.

    Attributes:
        stage: Whose.
        part: The head, of a stage that is opened head by head; else 0.
        values: [row][column].
        row_names: One a row; empty for none.
        column_names: One a column; empty for none.
        name: What the values are called.
        entering: What each column is multiplied with; None if nothing is.
        entering_name: What it is called.
        out: What each row makes; None where the last row is what comes out.
        rows_apart: Rows of each group that is parted from the next; 0 for none.
        columns_apart: Columns likewise.
        marked: The row that is taken; None where all are.
        shares: Rows whose numbers go from 0 to 1.
        are_shares_entering: Whether what enters goes from 0 to 1.
    """

    stage: Stage
    part: int
    values: Numbers
    row_names: tuple[str, ...]
    column_names: tuple[str, ...]
    name: str
    entering: Numbers | None = None
    entering_name: str = ""
    out: Numbers | None = None
    rows_apart: int = 0
    columns_apart: int = 0
    marked: int | None = None
    shares: tuple[int, ...] = ()
    are_shares_entering: bool = False

    @property
    def is_product(self) -> bool:
        """Whether each row is multiplied with what enters."""
        return self.entering is not None

    def index_of(self, row: int) -> int:
        """Return which of the stage's numbers, through all heads, a row makes."""
        rows = len(self.values) if self.out is None else len(self.out)
        return self.part * rows + row


def arising_of(way: TokenWay, sheet: Sheet, row: int) -> Arising | None:
    """Return how the number that a row makes came about; None of no product."""
    stage, part, i = sheet.stage, sheet.part, row
    if stage.kind is Kind.PRODUCT and stage.parts > 1:
        part, i = divmod(row, stage.width or 1)
    found = product(way, stage, part) if sheet.is_product else None
    return None if found is None else arising(found, i)


def parts_of(stage: Stage) -> int:
    """Return into how many parts a stage is opened."""
    return stage.parts if stage.kind in BY_HEAD else 1


def sheet_of(way: TokenWay, stage: Stage, part: int = 0) -> Sheet:
    """Return a stage opened.

    Args:
        way: Whose numbers.
        stage: Of it.
        part: The head, of a stage that is opened head by head.
    """
    if stage.kind is Kind.LOOKUP:
        return _lookup(way, stage)
    if stage.kind is Kind.PRODUCT:
        return _matrix_product(way, stage)
    if stage.kind in (Kind.SCORES, Kind.MIX):
        return _head_product(way, stage, part)
    return _row_by_row(way, stage, part)


def _lookup(way: TokenWay, stage: Stage) -> Sheet:
    matrix = way.matrix(stage)
    is_token = stage.id == "tok_emb"
    names = _tokens(way) if is_token else tuple(map(str, range(matrix.rows)))
    return Sheet(
        stage=stage,
        part=0,
        values=np.frombuffer(matrix.numbers).reshape(matrix.rows, matrix.columns),
        row_names=names,
        column_names=(),
        name=stage.matrix,
        marked=way.token if is_token else way.position,
    )


def _matrix_product(way: TokenWay, stage: Stage) -> Sheet:
    matrix = way.matrix(stage)
    source = way.stage(stage.sources[0])
    of_heads = way.moment.model.head_dim if source.kind is Kind.JOIN else 0
    return Sheet(
        stage=stage,
        part=0,
        values=np.frombuffer(matrix.numbers).reshape(matrix.rows, matrix.columns),
        row_names=_tokens(way) if stage.id == "logits" else (),
        column_names=(),
        name=stage.matrix,
        entering=np.array(way.flat(source.id)),
        entering_name=source.symbol,
        out=np.array(way.flat(stage.id)),
        rows_apart=(stage.width or 0) * (stage.parts > 1),
        columns_apart=of_heads,
    )


def _head_product(way: TokenWay, stage: Stage, part: int) -> Sheet:
    source = way.stage(stage.sources[0])
    entering = np.array(way.numbers[source.id][part])
    out = np.array(way.numbers[stage.id][part])
    found = product(way, stage, part)
    values = np.full((len(out), len(entering)), np.nan)
    if found is not None:
        values = np.array(found.rows)
    read = tuple(shown(visible(x)) for x in way.labels[: way.position + 1])
    is_mix = stage.kind is Kind.MIX
    return Sheet(
        stage=stage,
        part=part,
        values=values,
        row_names=() if is_mix else read,
        column_names=read if is_mix else (),
        name="values" if is_mix else "keys",
        entering=entering,
        entering_name=source.symbol,
        out=out,
        are_shares_entering=is_mix,
    )


def _row_by_row(way: TokenWay, stage: Stage, part: int) -> Sheet:
    """Return what enters and, below, what comes out, each a row."""
    is_by_head = parts_of(stage) > 1
    ids = (*stage.sources, stage.id)
    rows = [way.numbers[id][part] if is_by_head else way.flat(id) for id in ids]
    names = [way.stage(id).symbol for id in ids]
    if stage.kind is Kind.SUM:
        names[-1] = " + ".join(names[:-1])
    if stage.kind is Kind.SOFTMAX:  # between them, what it divides by its sum
        rows.insert(1, exponentials(rows[0]))
        names.insert(1, "exp")
    columns: tuple[str, ...] = ()
    if stage.id == "probs":
        columns = _tokens(way)
    elif stage.kind is Kind.SOFTMAX:
        columns = tuple(shown(visible(x)) for x in way.labels[: way.position + 1])
    if stage.kind is Kind.JOIN:
        rows, names = rows[-1:], names[-1:]
    return Sheet(
        stage=stage,
        part=part if is_by_head else 0,
        values=np.array(rows),
        row_names=tuple(names),
        column_names=columns,
        name="",
        columns_apart=way.moment.model.head_dim if stage.kind is Kind.JOIN else 0,
        shares=(1, 2) if stage.kind is Kind.SOFTMAX else (),
    )


def _tokens(way: TokenWay) -> tuple[str, ...]:
    return _signs(way.chars)


@lru_cache(maxsize=4)
def _signs(chars: str) -> tuple[str, ...]:
    return (*(shown(visible(char)) for char in chars), BOS_LABEL)
