"""Texts that can be learnt from, but that are probably not meant so."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from microgpt_gui.data.reading import BYTE_ORDER_MARK
from microgpt_gui.letters import beginning, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microgpt_gui.data.reading import Reading

#: Documents at the start that are looked at.
_LOOKED_AT = 50

#: One document is no cause for doubt if it is as short as this.
_SHORT = 30

#: Columns of a table that is one even if no header says so.
_MANY = 3

_SEPARATORS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}

#: What files of markup begin with, in small letters.
_MARKUP = {
    "<?xml": "XML",
    "<!doctype html": "HTML",
    "<html": "HTML",
    "{\\rtf": "rich text (RTF)",
}

#: Words that columns are often called by, and that few lists begin with.
_COLUMNS = frozenset(
    "name names first_name firstname last_name lastname surname word words title "
    "titles text texts sentence label city country year count sex gender id index "
    "number date category type value frequency rank description email".split()
)


def doubt(docs: Sequence[str], reading: Reading) -> str:
    """Say why a text is probably not meant as it is read; empty as a rule.

    Args:
        docs: Its documents, at least one; only some at both ends are looked at.
        reading: How they were made of it.
    """
    if _is_json(docs):
        return (
            "This looks like JSON: its quotes, brackets and keys are learnt as they "
            "stand, which is probably not meant."
        )
    if markup := _markup(docs[0]):
        return (
            f"This looks like {markup}: its markup is learnt as it stands, which is "
            "probably not meant; save it as plain text."
        )
    if len(docs) == 1 and len(docs[0]) > _SHORT:
        is_line = reading.documents == "lines"
        what = "line" if is_line else "paragraph"
        parted = "" if is_line else ", with a blank line before the next"
        return (
            f"The whole text is one {what}, so there is one document of "
            f"{len(docs[0]):,} characters to learn from, which is probably not meant: "
            f"every document needs a {what} of its own{parted}."
        )
    return _doubt_of_table(docs) if reading.documents == "lines" else ""


def _markup(first: str) -> str:
    start = first.removeprefix(BYTE_ORDER_MARK)[:20].lower()
    return next((name for sign, name in _MARKUP.items() if start.startswith(sign)), "")


def _is_json(docs: Sequence[str]) -> bool:
    first = docs[0].removeprefix(BYTE_ORDER_MARK)
    if len(docs) >= _MANY and all(map(_is_json_text, [first, *docs[1:_LOOKED_AT]])):
        return True
    if first[:1] not in ("{", "["):
        return False
    if first in ("{", "[", "[{") or first.startswith(('{"', '["', "[[", '[{"')):
        return docs[-1][-1] in "]},"
    try:
        return bool(json.loads(first))
    except (ValueError, RecursionError):
        return False


def _is_json_text(line: str) -> bool:
    try:
        return line[:1] == '"' and isinstance(json.loads(line.rstrip(",")), str)
    except (ValueError, RecursionError):
        return False


def _doubt_of_table(docs: Sequence[str]) -> str:
    lines = [line.removeprefix(BYTE_ORDER_MARK) for line in docs[:_LOOKED_AT]]
    if len(lines) < _MANY:
        return ""
    for separator, called in _SEPARATORS.items():
        rows = _rows(lines, separator)
        columns = {len(row) for row in rows}
        if separator == "\t" and len(columns) > 1 and min(columns) > 1:
            return _without_header("a table", separator)
        if len(columns) != 1 or columns == {1}:
            continue
        (count,) = columns
        if _has_header(rows):
            header = quoted(beginning(lines[0], 40))
            return (
                f"This looks like a table of {count} columns with a header: the header "
                f"({header}) is learnt as a document, and so is every "
                f"line with its {called}, which is probably not meant."
            )
        if count >= _MANY or separator == "\t" or _has_figures(rows):
            return _without_header(f"a table of {count} columns", separator)
    if lines[0].strip('"').lower() in _COLUMNS and lines[0] not in lines[1:]:
        return (
            f"The first line, {quoted(lines[0])}, looks like a header: it is learnt as "
            "a document, which is probably not meant."
        )
    return ""


def _without_header(table: str, separator: str) -> str:
    return (
        f"This looks like {table}: every line is learnt with its "
        f"{_SEPARATORS[separator]}, which is probably not meant."
    )


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return []


def _has_header(rows: list[list[str]]) -> bool:
    header, *others = rows
    if any(map(_is_number, header)) or not all(header):
        return False
    if any(cell.strip().lower() in _COLUMNS for cell in header):
        return True
    return any(_are_figures(others))


def _has_figures(rows: list[list[str]]) -> bool:
    """Say whether some columns are numbers; all may be one with decimal commas."""
    are_figures = _are_figures(rows)
    return any(are_figures) and not all(are_figures)


def _are_figures(rows: list[list[str]]) -> list[bool]:
    return [all(map(_is_number, column)) for column in zip(*rows, strict=True)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
