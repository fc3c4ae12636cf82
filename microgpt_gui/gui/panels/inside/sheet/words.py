"""What is said of a stage that is open, and of the numbers in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.gui.panels.inside import words
from microgpt_gui.session.reading.inside.stages import Kind

if TYPE_CHECKING:
    from microgpt_gui.gui.panels.inside.sheet.content import Sheet
    from microgpt_gui.session.reading.inside.stages import Stage
    from microgpt_gui.session.reading.inside.way import TokenWay


def shape(way: TokenWay, sheet: Sheet) -> str:
    """Return the shapes of what comes out, of the matrix, and of what enters."""
    stage = sheet.stage
    rows, columns = sheet.values.shape
    if sheet.is_product:
        return f"[{rows}] = [{rows} × {columns}] · [{columns}]"
    if stage.kind is Kind.LOOKUP:
        return f"[{columns}], one row of [{rows} × {columns}]"
    if stage.kind is Kind.JOIN:
        model = way.moment.model
        return f"[{columns}] = {model.n_head} × [{model.head_dim}]"
    return f"[{columns}]"


def formula(way: TokenWay, sheet: Sheet) -> str:
    """Return a stage's formula, with the numbers that it has here."""
    stage = sheet.stage
    said = f"{stage.symbol} = {stage.formula}"
    if stage.kind is Kind.PRODUCT:
        return f"{stage.symbol} = {stage.matrix} · {sheet.entering_name}"
    if stage.kind is Kind.LOOKUP:
        is_token = stage.id == "tok_emb"
        at = way.token if is_token else way.position
        return f"{stage.symbol} = {stage.matrix}[{at}]"
    if stage.id in way.scales:
        return f"{said} = {stage.formula[0]} × {way.scales[stage.id]:.4f}"
    if stage.kind is Kind.SCORES:
        return said.replace("√head_dim", f"√{way.moment.model.head_dim}")
    if stage.kind is Kind.SOFTMAX:
        entering = way.stage(stage.sources[0]).symbol
        total = sum(sheet.values[1].tolist())
        return f"{stage.symbol} = exp({entering} - max {entering}) / {total:.4f}"
    if stage.kind is Kind.RELU:
        zeroed = sum(u <= 0 for u in way.flat(stage.sources[0]))
        return f"{said}: {zeroed} of {stage.width} zeroed"
    return said


def reading(way: TokenWay, sheet: Sheet, row: int | None, column: int | None) -> str:
    """Say what a cell shows, to the last digit.

    Args:
        way: Whose numbers.
        sheet: Where they are.
        row: None for a number that enters.
        column: None for a number that comes out.
    """
    stage = sheet.stage
    if row is None and column is not None and sheet.entering is not None:
        value = float(sheet.entering[column])
        return f"{_entering(sheet, column)}: {words.told(value)}"
    if column is None and row is not None and sheet.out is not None:
        value = float(sheet.out[row])
        name = words.full_name(stage, words.layers_of(way))
        place = words.place_of(way, stage, sheet.index_of(row))
        return f"{name}, {place}: {words.told(value)}"
    if row is None or column is None:
        return ""
    value = float(sheet.values[row, column])
    said = f"{_cell(way, sheet, row, column)}: {words.told(value)}"
    if sheet.entering is not None:
        entering = float(sheet.entering[column])
        said += (
            f" × {_entering(sheet, column)} {entering:+.4f} = {value * entering:+.4f}"
        )
    return said


def _entering(sheet: Sheet, column: int) -> str:
    if sheet.column_names:
        return f"{sheet.entering_name} of position {column}"
    return f"{sheet.entering_name}[{column}]"


def _cell(way: TokenWay, sheet: Sheet, row: int, column: int) -> str:
    stage = sheet.stage
    if stage.kind is Kind.SCORES:
        return f"key of {words.position_named(way, row)}, number {column}"
    if stage.kind is Kind.MIX:
        return f"value of {words.position_named(way, column)}, number {row}"
    if sheet.name:
        return f"{sheet.name}[{row}][{column}]{_token(way, stage, row)}"
    ids = (*stage.sources, stage.id)
    if stage.kind is Kind.SOFTMAX:
        source = way.stage(stage.sources[0])
        index = sheet.part * sheet.values.shape[1] + column
        name = (source.name, f"exp({source.symbol} - max)", stage.name)[row]
        return f"{name}, {words.place_of(way, stage, index)}"
    of_row = stage if stage.kind is Kind.JOIN else way.stage(ids[row])
    index = sheet.part * sheet.values.shape[1] + column
    return f"{of_row.name}, {words.place_of(way, of_row, index)}"


def _token(way: TokenWay, stage: Stage, row: int) -> str:
    is_of_tokens = stage.id in ("tok_emb", "logits")
    return f" ({words.token_named(way, row)})" if is_of_tokens else ""


POINT = (
    "Point at a cell to read it, or go there with Down. Left and Right show other "
    "stages, Escape all."
)

POINT_PRODUCT = (
    "Each number is a row of the matrix times what enters: click a row to see its "
    "products, the largest first. Left and Right show other stages, Escape all."
)


def point(sheet: Sheet) -> str:
    """Say how to point at what is open."""
    return POINT_PRODUCT if sheet.is_product else POINT
