"""What heads do as a table: every measure of every head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microgpt_gui.session.exports.tables import table
from microgpt_gui.session.reading.heads.patterns import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microgpt_gui.session.reading.heads.roles import HeadRoles


def head_roles_csv(roles: HeadRoles, check: Callable[[], None]) -> Iterator[str]:
    """Yield a table of all measures, to the last digit.

    Columns: layer and head, from 1; measure; rows, mean, chance, beyond_chance, see
    `Measure`, empty where there is none; names_head, yes for the measure that names the
    head; documents, how many were measured, and which.

    Args:
        roles: What was measured.
        check: Called now and then; what it raises ends the work.
    """
    header = (
        *("layer", "head", "measure", "rows", "mean", "chance", "beyond_chance"),
        *("names_head", "documents", "which"),
    )

    def rows() -> Iterator[Sequence[object]]:
        for layer, heads in enumerate(roles.roles, 1):
            for head, role in enumerate(heads, 1):
                named = role.clearest
                for m in role.measures:
                    is_even = m.pattern is Pattern.EVEN
                    written = (
                        repr(m.mean) if m.rows else "",
                        repr(m.chance) if m.rows and not is_even else "",
                        repr(m.beyond_chance) if m.rows and not is_even else "",
                    )
                    yield (
                        *(layer, head, m.pattern.value, m.rows),
                        *written,
                        *("yes" if m is named else "no", roles.count),
                        roles.documents.kind.value,
                    )

    return table(header, rows(), check)
