"""The kind of parser that all commands have."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING, NoReturn

from microgpt_gui.cli.errors import MISUSED, CommandError

if TYPE_CHECKING:
    from typing import Any


class Parser(ArgumentParser):
    """Says what is wrong in one line; the usage is for those who ask."""

    def __init__(self, *, examples: str = "", **options: Any) -> None:
        super().__init__(
            epilog=examples,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,  # an abbreviation breaks when an option is added
            **options,
        )

    def error(self, message: str) -> NoReturn:
        """Refuse what was written.

        Raises:
            CommandError: Always.
        """
        raise CommandError(f"{message} (see {self.prog} --help)", MISUSED)
