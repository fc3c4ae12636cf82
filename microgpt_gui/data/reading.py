"""How the bytes of a text become documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

#: What one document is: a line, or lines up to a blank one.
Parting = Literal["lines", "paragraphs"]

PARTINGS: tuple[Parting, ...] = get_args(Parting)

#: What some programs write in front of a text, and the script takes for a letter.
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is read. The defaults are the script's.

    Attributes:
        documents: What one document is.
        leave_out_mark: Whether a byte order mark at the start is no letter.
    """

    documents: Parting = "lines"
    leave_out_mark: bool = False

    @property
    def separator(self) -> str:
        """What stands behind a document where many are kept in one text."""
        return "\n" if self.documents == "lines" else "\n\n"


AS_THE_SCRIPT = Reading()
