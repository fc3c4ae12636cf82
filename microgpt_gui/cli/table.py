"""Figures in columns, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from microgpt_gui.bench.delays import Delays

    #: How rows become a table: `table` or `markdown_table`.
    Table = Callable[[Sequence[Sequence[str]]], str]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of equal length as lines: the first column to the left, others right.

    The first row holds the headings.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(widths[0])]
        cells += [
            cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Return the same rows as a table in Markdown."""
    heading, *others = [f"| {' | '.join(row)} |\n" for row in rows]
    rule = "|---" + "|---:" * (len(rows[0]) - 1) + "|\n"
    return "".join([heading, rule, *others])


def figure(value: float) -> str:
    """Return a number with three significant digits, or all those before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def delay(found: Delays | None, name: str) -> str:
    """Return one figure of a distribution, in milliseconds, by its name."""
    return figure(getattr(found, name)) if found else "-"


def delays(found: Delays | None, first: str = "p50", second: str = "p99") -> str:
    """Return two of them."""
    return f"{delay(found, first)} / {delay(found, second)}" if found else "-"


def megabytes(size_bytes: float | None) -> str:
    """Return so many bytes in MB, without the unit."""
    return "-" if size_bytes is None else f"{size_bytes / 2**20:.0f}"
